package dev.athanor.data;

import dev.athanor.data.document.Html;
import dev.athanor.data.document.Pdf;
import dev.athanor.data.document.Word;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The formats that are known, by the ends of files' names.
final class RecordFormats {
    private static final int LOOK = 1 << 15;

    private static final Map<String, RecordFormat> BY_END = byEnd();

    private RecordFormats() {}

    private static Map<String, RecordFormat> byEnd() {
        Map<String, RecordFormat> formats = new LinkedHashMap<>();
        formats.put("txt", new TextFormat());
        formats.put("csv", new DelimitedFormat(DelimitedFormat.Dialect.DETECTED));
        formats.put("tsv", new DelimitedFormat(DelimitedFormat.Dialect.TABS));
        formats.put("jsonl", new JsonLinesFormat());
        formats.put("ndjson", new JsonLinesFormat());
        formats.put("json", new JsonFormat());
        formats.put("parquet", new ParquetFormat());
        List.of("conll", "bio", "iob").forEach(end -> formats.put(end, new ConllFormat()));
        List.of("inter", "user", "item").forEach(end -> formats.put(end, new RecBoleFormat()));
        formats.put("xlsx", new SpreadsheetFormat());
        List.of("md", "markdown").forEach(end -> formats.put(end, new MarkdownFormat()));
        List.of("html", "htm").forEach(end -> formats.put(end, new DocumentFormat(new Html())));
        formats.put("docx", new DocumentFormat(new Word()));
        formats.put("pdf", new DocumentFormat(new Pdf()));
        return formats;
    }

    /// The ends of names that are known.
    static List<String> ends() {
        return List.copyOf(BY_END.keySet());
    }

    static boolean isKnown(String end) {
        return BY_END.containsKey(end);
    }

    /// The format of a kind.
    ///
    /// @throws IllegalArgumentException for one that is not known, with those that are
    static RecordFormat named(String kind) {
        return Optional.ofNullable(BY_END.get(kind)).orElseThrow(() -> unknown(kind));
    }

    private static IllegalArgumentException unknown(String kind) {
        String all = String.join(", ", BY_END.keySet());
        return new IllegalArgumentException(
                List.of("zip", "gz").contains(kind)
                        ? "--as %s: what is packed is unpacked by itself where its name ends in .%s: say of what kind the files in it are, one of %s"
                                .formatted(kind, kind, all)
                        : "--as %s: there is no such kind of file%s; there are %s"
                                .formatted(kind, Nearest.hint(kind, BY_END.keySet()), all));
    }

    /// The format of a file.
    ///
    /// @param as the kind that it is said to be; empty: found out
    static RecordFormat of(String name, String as, BufferedInputStream in) throws IOException {
        String kind = as.isEmpty() ? SourceFiles.kind(name) : as;
        if (kind.equals("txt") && as.isEmpty()) {
            kind = ConllFormat.isLike(head(in)) ? "conll" : kind;
        } else if (kind.equals("json") && as.isEmpty()) {
            kind = JsonLinesFormat.isLike(head(in)) ? "jsonl" : kind;
        }
        return named(kind);
    }

    private static String head(BufferedInputStream in) throws IOException {
        in.mark(LOOK + 1);
        String head = new String(in.readNBytes(LOOK), StandardCharsets.UTF_8);
        in.reset();
        return head.indexOf('\n') < 0 ? head.replace('\r', '\n') : head;
    }
}
