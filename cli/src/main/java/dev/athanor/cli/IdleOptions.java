package dev.athanor.cli;

import dev.athanor.data.Findings;
import dev.athanor.data.Kind;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ParseResult;

/// Refuses options of an import that say nothing of what it reads: whoever gave them expects something of them.
record IdleOptions(ParseResult given) {
    private static final List<String> OF_PICTURES = List.of("--size", "--fit", "--color", "--background");
    private static final List<String> OF_SOUNDS = List.of("--rate", "--loudness", "--trim");
    private static final List<String> OF_RECORDS = List.of("--unit", "--table", "--sheet", "--attributes-from");
    private static final List<String> OF_FILES = List.of(
            "--as",
            "--encoding",
            "--unit",
            "--sheet",
            "--size",
            "--rate",
            "--allow-private",
            "--web-limit",
            "--web-minutes");

    /// Where a database answers.
    void refuseThoseOfFiles() {
        first(OF_FILES).ifPresent(option -> {
            throw new IllegalArgumentException(
                    "%s says how files are read, and --jdbc reads none: leave it out".formatted(option));
        });
    }

    void refuse(Findings found) {
        List<String> idle = switch (found.kind()) {
            case TEXT -> both(OF_PICTURES, OF_SOUNDS);
            case TABLE -> both(both(OF_PICTURES, OF_SOUNDS), List.of("--unit"));
            case IMAGE -> both(OF_SOUNDS, OF_RECORDS);
            case SOUND -> both(OF_PICTURES, OF_RECORDS);
        };
        first(idle).ifPresent(option -> {
            throw new IllegalArgumentException("%s says nothing of %s, and that is what was found: leave it out"
                    .formatted(option, found.kind().plural()));
        });
        if (found.kind() == Kind.TEXT || found.kind() == Kind.TABLE) {
            refuseThoseOfSomeFiles(found);
        }
    }

    private void refuseThoseOfSomeFiles(Findings found) {
        String unit = value("--unit");
        if (isSaid(unit)
                && found.files().stream().noneMatch(file -> file.columns().isEmpty())) {
            throw new IllegalArgumentException(
                    "--unit %s: none of the files is a text or document without columns (txt, html, md, docx, pdf): leave it out"
                            .formatted(unit));
        }
        String encoding = value("--encoding");
        if (isSaid(encoding) && found.files().stream().noneMatch(file -> isRead(file, encoding))) {
            throw new IllegalArgumentException(
                    "--encoding %s: none of the files is read by it, since what they are says how they are written: leave it out"
                            .formatted(encoding));
        }
    }

    private static boolean isSaid(String value) {
        return !value.isEmpty() && !value.equalsIgnoreCase("auto");
    }

    private static boolean isRead(Findings.Source file, String encoding) {
        try {
            return file.traits().contains(Charset.forName(encoding).name());
        } catch (IllegalArgumentException _) {
            return false; // a file that needs a charset is refused before, with those that are known
        }
    }

    private Optional<String> first(List<String> options) {
        return options.stream().filter(given::hasMatchedOption).findFirst();
    }

    /// As it was typed; empty where it was not.
    private String value(String option) {
        return given.hasMatchedOption(option)
                ? given.matchedOption(option).originalStringValues().getLast()
                : "";
    }

    private static List<String> both(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }
}
