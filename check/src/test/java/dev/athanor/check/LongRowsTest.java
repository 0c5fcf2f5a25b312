package dev.athanor.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows that are nearly or quite too long for a memory of 300 megabytes, in every step of preparation.
@Tag("slow")
class LongRowsTest {
    /// Characters: a 72nd of what Java calls the memory is 4.2 million.
    private static final int NEARLY_TOO_LONG = 3_900_000;

    @AutoClose
    private final Athanor athanor;

    private final Path functions;

    LongRowsTest(@TempDir Path folder) throws IOException {
        athanor = new Athanor(folder);
        functions = Files.writeString(
                folder.resolve("functions.yaml"),
                "field: color\nfunctions:\n- {name: b, label: blue, words: [tea17]}\n- {name: g, label: green, pattern: 'tea(18|19) tea'}\n");
    }

    /// Rows of these lengths, and ten short ones behind them: labels are judged by a few of each.
    private Path rows(String name, int... lengths) throws IOException {
        Path file = athanor.folder().resolve(name);
        SplittableRandom random = new SplittableRandom(5);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int length : lengths) {
                StringBuilder row = new StringBuilder(length + 20);
                boolean chinese = random.nextBoolean();
                while (row.length() < length) {
                    if (chinese) {
                        row.append((char) (0x4e00 + random.nextInt(3000)));
                    } else {
                        row.append("tea").append(random.nextInt(1000)).append(' ');
                    }
                }
                out.write("{\"text\": \"%s\", \"kind\": \"%s\"}\n"
                        .formatted(row.toString().strip(), chinese ? "a" : "b"));
            }
            for (int i = 0; i < 5; i++) {
                out.write("{\"text\": \"一杯茶 %d\", \"kind\": \"a\"}\n{\"text\": \"a cup %d\", \"kind\": \"b\"}\n"
                        .formatted(i, i));
            }
        }
        return file;
    }

    private Athanor.Answer small(String... words) {
        return athanor.within("300m", words).end();
    }

    private static List<List<String>> steps(String dataset, Path functions, Path out) {
        List<List<String>> steps = new ArrayList<>(List.of(
                List.of("clean", dataset),
                List.of("clean", dataset, "--steps", "private"),
                List.of("dedup", dataset),
                List.of("split", dataset, "--split", "random"),
                List.of("label", dataset, "--functions", functions.toString()),
                List.of("label", dataset, "--check", "--label", "kind"),
                List.of("report", dataset),
                List.of("show", dataset)));
        for (String format : List.of("jsonl", "csv", "llama-factory", "label-studio")) {
            steps.add(List.of(
                    "export",
                    dataset,
                    "--format",
                    format,
                    "--out",
                    out.resolve(format).toString()));
        }
        return steps;
    }

    @Test
    void every_step_takes_rows_that_are_nearly_too_long() throws IOException {
        Path file =
                rows("train.jsonl", NEARLY_TOO_LONG, 100, NEARLY_TOO_LONG, NEARLY_TOO_LONG, 200, NEARLY_TOO_LONG, 300);
        Athanor.Answer imported = small("data", "import", file.toString(), "--name", "long", "--split", "given");
        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(imported.err()).doesNotContain("left out");
        for (List<String> step : steps("long@1", functions, athanor.folder().resolve("out"))) {
            Athanor.Answer answer = small(Trials.data(step, Map.of()));
            assertThat(answer.code()).as("%s: %s", step, answer.err()).isZero();
        }
        Athanor.Answer diff = small("data", "diff", "long@1", "long@2");
        assertThat(diff.out()).as(diff.err()).contains("same  17");
        assertThat(small("data", "clean", "long@1", "--steps", "web").err()).contains("all samples were dropped");
    }

    @Test
    void a_row_of_a_hundred_megabytes_is_left_out_with_its_place_and_the_next_is_read() throws IOException {
        Path file = rows("huge.jsonl", 100, 100_000_000, 200);
        Athanor.Answer imported = small("data", "import", file.toString(), "--name", "huge");
        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(imported.err())
                .contains("1 of 13 rows was left out", file + " line 2 is longer than")
                .contains("give the program more memory (it has ", "JAVA_TOOL_OPTIONS=-Xmx2g");
    }

    @Test
    void a_row_that_more_memory_took_in_is_refused_with_its_place_by_every_step() throws IOException {
        Path file = rows("train.jsonl", 100, 14_000_000, 200);
        athanor.done("data", "import", file.toString(), "--name", "long", "--split", "given");
        for (List<String> step : steps("long@1", functions, athanor.folder().resolve("out"))) {
            if (step.contains("show")) {
                continue; // its first rows are short
            }
            assertThat(Athanor.refusal(small(Trials.data(step, Map.of()))))
                    .as("%s", step)
                    .contains("sample s00000001 (" + file + ":2) of long@1 takes ", "works on ")
                    .containsPattern("give it more, as with JAVA_TOOL_OPTIONS=-Xmx\\dg");
            Trials.nothing_half_written_is_left_in(athanor.workspace());
        }
        assertThat(Files.exists(athanor.folder().resolve("out/jsonl"))).isFalse();
        athanor.done("data", "clean", "long@1"); // with a memory of a gigabyte
    }
}
