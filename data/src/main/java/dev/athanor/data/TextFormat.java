package dev.athanor.data;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// Plain text: lines, paragraphs, or one whole text.
final class TextFormat implements RecordFormat {
    private static final int SHORT_LINE = 200;

    @Override
    public boolean isText() {
        return true;
    }

    @Override
    public void glance(File file) throws IOException {
        file.records().trait(file.name(), "text");
        file.decoded();
    }

    @Override
    public void read(File file, Records.Sink sink) throws IOException {
        read(
                file,
                file.records().lines(file.name(), file.decoded()),
                file.records().options().unit(),
                sink);
    }

    /// Reads what was taken out of a document, which is one text if nothing else is asked for.
    void read(File file, Reader text, Records.Sink sink) throws IOException {
        Encodings.Decoded decoded = new Encodings.Decoded(text, StandardCharsets.UTF_16, Encodings.Origin.DETECTED);
        ImportOptions.Unit unit = file.records().options().unit();
        read(
                file,
                file.records().lines(file.name(), decoded),
                unit == ImportOptions.Unit.AUTO ? ImportOptions.Unit.FILE : unit,
                sink);
    }

    private static void read(File file, Lines lines, ImportOptions.Unit unit, Records.Sink sink) throws IOException {
        if (unit == ImportOptions.Unit.LINE) {
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                give(sink, file, line.get().strip(), lines.number());
            }
        } else {
            new Whole(file, lines, unit, sink).read();
        }
    }

    private static void give(Records.Sink sink, File file, String text, long line) throws IOException {
        if (!text.isBlank()) {
            SequencedMap<String, String> values = new LinkedHashMap<>();
            values.put(Tables.TEXT, text);
            sink.take(values, file.name() + ":" + line);
        }
    }

    /// Texts of several lines.
    private static final class Whole {
        private final File file;
        private final Lines lines;
        private final Records.Sink sink;
        private final ImportOptions.Unit unit;
        private final StringBuilder text = new StringBuilder();
        private int begun = 1;
        private boolean shortLines = true;

        Whole(File file, Lines lines, ImportOptions.Unit unit, Records.Sink sink) {
            this.file = file;
            this.lines = lines;
            this.sink = sink;
            this.unit = unit;
        }

        void read() throws IOException {
            for (Optional<String> line = lines.nextWithEnd(); line.isPresent(); line = lines.nextWithEnd()) {
                add(line.get());
            }
            if (unit == ImportOptions.Unit.AUTO && shortLines && lines.number() > 1) {
                int number = 1;
                for (String line : text.toString().split("\n")) {
                    give(sink, file, line.strip(), number++);
                }
            } else {
                String whole = text.toString();
                give(sink, file, unit == ImportOptions.Unit.PARAGRAPH ? whole.strip() : whole, begun);
            }
        }

        private void add(String line) throws IOException {
            if (unit == ImportOptions.Unit.PARAGRAPH && line.isBlank()) {
                give(sink, file, text.toString().strip(), begun);
                text.setLength(0);
                begun = lines.number() + 1;
                return;
            }
            shortLines &= !line.isBlank() && line.length() <= SHORT_LINE;
            text.append(line);
            if (text.length() > Lines.LONGEST) {
                throw new DataException(
                        "%s line %d: the text is longer than %d characters. Import it by --unit line or paragraph, or split the file%s"
                                .formatted(file.name(), lines.number(), Lines.LONGEST, TextLimit.orMoreMemory()));
            }
        }
    }
}
