package dev.athanor.cli;

import dev.athanor.data.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says of a command that was typed wrongly what is wrong with it, and where its help is: the help itself is longer
/// than a screen and would hide that.
final class WrongUse implements IParameterExceptionHandler {

    /// Of a command that stands for several and was typed alone.
    private static final class Alone extends ParameterException {
        private static final long serialVersionUID = 1;

        Alone(CommandSpec spec) {
            super(
                    spec.commandLine(),
                    "%s needs one of: %s"
                            .formatted(
                                    called(spec),
                                    String.join(", ", spec.subcommands().keySet())));
        }
    }

    /// The refusal of a command that does nothing without another behind it.
    static ParameterException alone(CommandSpec spec) {
        return new Alone(spec);
    }

    /// The refusal of a word that is none of a command's own commands.
    static ParameterException unknown(CommandSpec spec, String word) {
        List<String> known = List.copyOf(spec.subcommands().keySet());
        return new ParameterException(
                spec.commandLine(),
                "%s has no command \"%s\"%s; it has %s"
                        .formatted(
                                called(spec),
                                word,
                                Nearest.hint(word, known),
                                known.isEmpty() ? "none" : String.join(", ", known)));
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        Terminal terminal = Terminal.ofProcess();
        terminal.note("athanor: " + words(wrong));
        if (wrong instanceof Alone) {
            command.getHelp().commandList().lines().forEach(terminal::note);
        }
        terminal.note("%s --help shows all its %s"
                .formatted(
                        command.getCommandSpec().qualifiedName(),
                        command.getSubcommands().isEmpty() ? "options" : "commands"));
        return Main.WRONG_USAGE;
    }

    /// `data import`: what is refused has `athanor:` in front.
    private static String called(CommandSpec spec) {
        return spec.qualifiedName().substring(spec.qualifiedName().indexOf(' ') + 1);
    }

    private static String words(ParameterException wrong) {
        return switch (wrong) {
            case UnmatchedArgumentException unmatched ->
                unmatched(unmatched.getCommandLine().getCommandSpec(), unmatched.getUnmatched());
            case MissingParameterException missing -> missing(missing);
            case OverwrittenOptionException twice -> name(twice.getOverwritten()) + " is given twice: give it once";
            default -> wrong.getArgSpec() == null ? wrong.getMessage() : refused(wrong);
        };
    }

    /// @param words the first of them is told
    private static String unmatched(CommandSpec spec, List<String> words) {
        String word = words.getFirst();
        if (word.startsWith("-")) {
            String option = word.split("=", 2)[0];
            List<String> known =
                    spec.options().stream().map(OptionSpec::longestName).toList();
            return "%s has no option %s%s".formatted(called(spec), option, Nearest.hint(option, known));
        }
        if (!spec.subcommands().isEmpty()) {
            return unknown(spec, word).getMessage();
        }
        String expected =
                spec.positionalParameters().stream().map(ArgSpec::paramLabel).collect(Collectors.joining(" and "));
        return "%s does not know what \"%s\" is for: beside options it takes %s; give what holds blanks in quotation marks"
                .formatted(called(spec), word, expected.isEmpty() ? "nothing" : expected);
    }

    /// What is missing is often what was misspelt.
    private static String missing(MissingParameterException missing) {
        CommandLine command = missing.getCommandLine();
        List<String> strange = command.getUnmatchedArguments().stream()
                .filter(word -> word.startsWith("-"))
                .toList();
        if (!strange.isEmpty()) {
            return unmatched(command.getCommandSpec(), strange);
        }
        boolean withoutValue = missing.getMissing().stream()
                .anyMatch(option -> command.getParseResult().originalArgs().contains(name(option)));
        String lacking = missing.getMissing().stream().map(WrongUse::labelled).collect(Collectors.joining(" and "));
        return withoutValue
                ? "%s has no value behind it: expected %s"
                        .formatted(name(missing.getMissing().getFirst()), lacking)
                : "%s needs %s".formatted(called(command.getCommandSpec()), lacking);
    }

    /// A value that cannot be what it is for, as `--count q: expected a whole number`.
    private static String refused(ParameterException wrong) {
        ArgSpec arg = wrong.getArgSpec();
        String expected = arg.typeInfo().isMap()
                ? arg.paramLabel()
                : expected(arg.auxiliaryTypes()[0], String.valueOf(wrong.getValue()));
        return "%s %s: expected %s".formatted(name(arg), wrong.getValue(), expected);
    }

    private static String expected(Class<?> type, String given) {
        if (type.isEnum()) {
            List<String> words = Arrays.stream(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                    .toList();
            int last = words.size() - 1;
            return "%s or %s".formatted(String.join(", ", words.subList(0, last)), words.get(last));
        }
        return switch (type.getSimpleName()) {
            case "int", "Integer" -> "a whole number" + (isWhole(given) ? " up to " + Integer.MAX_VALUE : "");
            case "long", "Long" -> "a whole number" + (isWhole(given) ? " up to " + Long.MAX_VALUE : "");
            case "double", "Double" -> "a number";
            case "boolean", "Boolean" -> "no value";
            default -> "a " + type.getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    private static boolean isWhole(String given) {
        return given.matches("\\d+");
    }

    /// `--name`, or `NAME` where words stand for themselves.
    private static String name(ArgSpec given) {
        return given instanceof OptionSpec option ? option.longestName() : given.paramLabel();
    }

    /// `--name NAME`.
    private static String labelled(ArgSpec needed) {
        return needed instanceof OptionSpec option
                ? option.longestName() + " " + option.paramLabel()
                : needed.paramLabel();
    }
}
