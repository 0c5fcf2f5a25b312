package dev.athanor.cli;

import dev.athanor.data.DataException;
import dev.athanor.generate.AiMark;
import dev.athanor.generate.Ledger;
import dev.athanor.generate.Tracer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(
        name = "trace",
        description = "Lead from generated content back to model, run, dataset version and source files.")
final class TraceCommand implements Callable<Integer> {
    /// What nobody means as a text.
    private static final Pattern FILE_NAME =
            Pattern.compile("\\S+\\.(txt|md|jsonl|png|gif|jpe?g|bmp|webp|wav|flac|mp3|ogg)");

    @Mixin
    private Setting setting;

    @Parameters(
            paramLabel = "FILE",
            description =
                    "A generated text, picture or sound file, an id such as c-0123456789abcdef, or the text itself.")
    private String what;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Tracer tracer = new Tracer(Ledger.in(setting.workspace().outputs()));
        List<Tracer.Trace> traces;
        if (AiMark.isId(what)) {
            traces = List.of(tracer.id(what));
        } else if (Files.isRegularFile(Path.of(what))) {
            traces = tracer.file(Path.of(what));
        } else if (FILE_NAME.matcher(what).matches()) {
            throw new DataException(
                    "%s is not there: expected a file that was generated, an id such as c-0123456789abcdef, or the text itself"
                            .formatted(what));
        } else {
            traces = List.of(tracer.text(what));
        }
        Terminal terminal = setting.terminal();
        if (json) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            traces.forEach(trace -> array.add(trace.toJson()));
            terminal.result(array.toPrettyString());
        } else {
            traces.forEach(trace -> terminal.result(trace.explain()));
        }
        return 0;
    }
}
