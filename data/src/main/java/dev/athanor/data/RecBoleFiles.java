package dev.athanor.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Rows of a table as RecBole's atomic files, a folder with one for each split, which its `data_path`, `dataset` and
/// `benchmark_filename: [train, valid, test]` name. Its header says `name:float` of numbers and times, which become
/// seconds since 1970, and `name:token` of words and of numbers that only name something.
final class RecBoleFiles {
    private RecBoleFiles() {}

    private record Column(String name, boolean moment, String type) {
        /// What the header cannot hold, which is taken apart at tabs and colons.
        private static final Pattern OTHER = Pattern.compile("[:\"\\t\\r\\n]");

        static Column of(ColumnProfile profile) {
            if (OTHER.matcher(profile.field()).find()) {
                throw new IllegalArgumentException(
                        "the field \"%s\" cannot be written for RecBole, whose header has name:type between tabs: import the data again with --map and a name without colon, quotation mark, tab and line end"
                                .formatted(profile.field()));
            }
            boolean moment = profile.content() == ColumnProfile.Content.TIMES;
            boolean names =
                    profile.field().toLowerCase(Locale.ROOT).matches("(.*_)?(user|item|session|product|customer)|.*id");
            boolean number = moment || profile.content() == ColumnProfile.Content.NUMBERS && !names;
            return new Column(profile.field(), moment, number ? "float" : "token");
        }

        String head() {
            return name + ":" + type;
        }

        /// Tabs and line ends would be read as ends of cells and rows; RecBole takes quotation marks for those of csv.
        String cell(Sample sample) {
            String value = sample.fields().getOrDefault(name, "");
            if (moment && !value.isEmpty()) {
                return seconds(value);
            }
            String line = value.replaceAll("[\\t\\r\\n]+", " ");
            return line.contains("\"") ? '"' + line.replace("\"", "\"\"") + '"' : line;
        }
    }

    static void write(Dataset dataset, Path folder) throws IOException {
        List<Column> columns =
                ColumnProfile.of(dataset).stream().map(Column::of).toList();
        Path files = Files.createDirectories(folder.resolve(dataset.name()));
        for (Split split : Split.values()) {
            if (dataset.count(split) > 0) {
                write(dataset, split, columns, files.resolve("%s.%s.inter".formatted(dataset.name(), word(split))));
            }
        }
    }

    private static String word(Split split) {
        return split == Split.VALIDATION ? "valid" : split.word();
    }

    private static void write(Dataset dataset, Split split, List<Column> columns, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file);
                Stream<Sample> samples = dataset.samples(split)) {
            out.write(columns.stream().map(Column::head).collect(Collectors.joining("\t", "", "\n")));
            for (Sample sample : (Iterable<Sample>) samples::iterator) {
                out.write(columns.stream()
                        .map(column -> column.cell(sample))
                        .collect(Collectors.joining("\t", "", "\n")));
            }
        }
    }

    /// A time without a zone is one of UTC.
    private static String seconds(String time) {
        if (time.matches("[\\d.]+(E\\d+)?")) {
            return time;
        }
        String iso = time.strip().replace(' ', 'T');
        try {
            Instant instant = iso.matches(".*T.*([zZ]|[+-]\\d{2}(:?\\d{2})?)")
                    ? OffsetDateTime.parse(iso).toInstant()
                    : iso.contains("T")
                            ? LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC)
                            : LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC);
            return Long.toString(instant.getEpochSecond());
        } catch (DateTimeParseException other) {
            throw new DataException(
                    "the time \"%s\" cannot be written as seconds since 1970: expected 2026-11-26 or 2026-11-26T08:30:00+08:00. Mend it in the source"
                            .formatted(time),
                    other);
        }
    }
}
