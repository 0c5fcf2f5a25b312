package dev.athanor.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.Dataset;
import dev.athanor.data.Durable;
import dev.athanor.data.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `kill -9` at many random moments. `-Dathanor.seed=N` repeats the draws of a failure, as far as clocks allow.
@Tag("slow")
class KillTest {
    private static final int IMPORTS = 16;
    private static final int STEPS = 6;
    private static final int TRAININGS = 12;
    private static final int MODELS = 6;

    private final long seed = Long.getLong("athanor.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    @AutoClose
    private final Athanor athanor;

    KillTest(@TempDir Path folder) {
        athanor = new Athanor(folder);
    }

    // ------------------------------------------------------------------------------------------------- import

    @Test
    void a_killed_import_leaves_a_whole_version_or_none_and_every_one_before() throws IOException {
        String many = Trials.lines(athanor.folder().resolve("many.csv"), 60_000).toString();
        Path cups = athanor.workspace().resolve("datasets/cups");
        Athanor.Running timed = athanor.start("data", "import", many, "--name", "cups");
        long launched = System.nanoTime();
        Trials.await(timed, () -> isWriting(cups, "quarantine.jsonl"));
        long begun = System.nanoTime();
        assertThat(timed.end().code()).isZero();
        long ended = System.nanoTime();

        Map<String, String> known = versions();
        assertThat(known).containsOnlyKeys("cups@1");
        for (int trial = 0; trial < IMPORTS; trial++) {
            Athanor.Running importing = athanor.start("data", "import", many, "--name", "cups");
            if (trial < 3) { // from the start of the process on
                Trials.pause(random.nextLong(begun - launched));
            } else if (trial < 6) { // while it is put on disk and in place
                String last = List.of("data", "manifest.json", "report.json").get(trial - 3);
                Trials.await(importing, () -> isWriting(cups, last));
                Trials.pause(random.nextLong(20_000_000));
            } else { // while it reads, divides and writes
                Trials.await(importing, () -> isWriting(cups, "quarantine.jsonl"));
                Trials.pause(random.nextLong((ended - begun) * 11 / 10));
            }
            known = one_more_at_most(known, "kill " + trial, importing.kill());
        }
        athanor.done("data", "import", many, "--name", "cups");
        assertThat(versions()).containsAllEntriesOf(known).hasSize(known.size() + 1);
    }

    static Stream<Arguments> steps() {
        return Stream.of(
                Arguments.of("clean", List.of("--steps", "private")),
                Arguments.of("dedup", List.of()),
                Arguments.of("split", List.of("--split", "stratified:kind")),
                Arguments.of("label", List.of("--functions", "FUNCTIONS")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("steps")
    void a_killed_step_of_preparation_leaves_a_whole_version_or_none(String step, List<String> options)
            throws IOException {
        StringBuilder rows = new StringBuilder("text,kind\n");
        for (int i = 0; i < 12_000; i++) {
            rows.append("the cup number %d is %s and write to cup%d@example.com,%s\n"
                    .formatted(i % 10_000, i % 3 == 0 ? "blue" : "green", i % 10_000, i % 2 == 0 ? "a" : "b"));
        }
        Path file = Files.writeString(athanor.folder().resolve("rows.csv"), rows);
        Path functions = Trials.functions(athanor.folder().resolve("functions.yaml"));
        athanor.done("data", "import", file.toString(), "--name", "cups");
        List<String> words = new ArrayList<>(List.of(step, "cups@1"));
        words.addAll(options);
        killed_it_leaves_whole_versions(Trials.data(words, Map.of("FUNCTIONS", functions)));
    }

    @Test
    void a_killed_import_of_sheets_and_documents_leaves_a_whole_version_or_none() throws IOException {
        Path sources = Files.createDirectories(athanor.folder().resolve("office"));
        Trials.sheet(sources.resolve("cups.xlsx"), 20_000);
        Trials.pdf(sources.resolve("cups.pdf"), 500);
        Athanor.Answer last = killed_it_leaves_whole_versions("data", "import", sources.toString(), "--name", "cups");
        assertThat(last.err()).doesNotContain("left out");
    }

    /// Kills a command that makes a version at some moments; gives what it says when it is left alone at last.
    private Athanor.Answer killed_it_leaves_whole_versions(String... command) throws IOException {
        long nanos = unhindered(command);
        Map<String, String> known = versions();
        for (int trial = 0; trial < STEPS; trial++) {
            known = one_more_at_most(known, "kill " + trial, killed(nanos, command));
        }
        Athanor.Answer last = athanor.done(command);
        assertThat(versions()).containsAllEntriesOf(known).hasSize(known.size() + 1);
        return last;
    }

    /// The versions there are after a kill: all that were known and at most one more, surely where the command had
    /// said that it was done.
    private Map<String, String> one_more_at_most(Map<String, String> known, String kill, Athanor.Answer answer)
            throws IOException {
        String moment = "seed %d, %s: %s".formatted(seed, kill, answer);
        Map<String, String> now = versions();
        assertThat(now).as(moment).containsAllEntriesOf(known);
        assertThat(now.size()).as(moment).isBetween(known.size() + (answer.code() == 0 ? 1 : 0), known.size() + 1);
        return now;
    }

    /// How many nanoseconds a command takes that nobody kills. They only choose the moments to kill others at:
    /// nothing is asserted about time.
    private long unhindered(String... command) {
        long launched = System.nanoTime();
        athanor.done(command);
        return System.nanoTime() - launched;
    }

    /// Kills a command at a moment behind the first third of what it would take.
    private Athanor.Answer killed(long nanos, String... command) {
        Athanor.Running running = athanor.start(command);
        Trials.pause(nanos / 3 + random.nextLong(nanos * 2 / 3));
        return running.kill();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonl", "csv", "parquet", "llama-factory", "label-studio"})
    void a_killed_export_leaves_a_whole_folder_or_none(String format) throws IOException {
        String many = Trials.lines(athanor.folder().resolve("many.csv"), 30_000).toString();
        athanor.done("data", "import", many, "--name", "cups");
        Path whole = athanor.folder().resolve("whole");
        long nanos = unhindered("data", "export", "cups", "--format", format, "--out", whole.toString());
        Path out = athanor.folder().resolve("exports/out");
        for (int trial = 0; trial < STEPS; trial++) {
            Athanor.Answer answer =
                    killed(nanos, "data", "export", "cups", "--format", format, "--out", out.toString());
            String moment = "seed %d, kill %d: %s".formatted(seed, trial, answer);
            if (Files.exists(out)) {
                assertThat(sums(out)).as(moment).isEqualTo(sums(whole));
                Durable.remove(out);
            } else {
                assertThat(answer.code()).as(moment).isNotZero();
            }
        }
        athanor.done("data", "export", "cups", "--format", format, "--out", out.toString());
        assertThat(sums(out)).isEqualTo(sums(whole));
        assertThat(Trials.children(out.getParent())).containsExactly(out); // what was half-written is swept
    }

    private static Map<String, String> sums(Path folder) throws IOException {
        Map<String, String> sums = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                sums.put(folder.relativize(file).toString(), Hashes.sha256(file));
            }
        }
        return sums;
    }

    @Test
    void a_killed_report_collection_or_deletion_leaves_what_it_was_or_what_it_becomes() throws IOException {
        String few = Trials.lines(athanor.folder().resolve("few.csv"), 3_000).toString();
        athanor.done("data", "import", few, "--name", "cups");
        Path page = athanor.workspace().resolve("datasets/cups/1/report.html");
        long nanos = unhindered("data", "report", "cups@1");
        for (int trial = 0; trial < STEPS; trial++) {
            killed(nanos, "data", "report", "cups@1");
            assertThat(page).as("seed %d, kill %d", seed, trial).content().endsWith("</html>\n");
            versions();
        }
        for (String deletion : List.of("gc", "delete")) {
            for (int trial = 0; trial < STEPS / 2; trial++) {
                athanor.done("data", "import", few, "--name", "cups");
                athanor.done("data", "split", "cups");
                Map<String, String> known = versions();
                String newest = List.copyOf(known.keySet()).getLast();
                killed(nanos, Trials.data(deletion.equals("gc") ? List.of("gc") : List.of("delete", newest), Map.of()));
                assertThat(known).as("seed %d, %s %d", seed, deletion, trial).containsAllEntriesOf(versions());
                athanor.run("data", "gc");
                assertThat(versions()).hasSize(1);
            }
        }
    }

    /// Whether a folder holds something half-written with a file of this name in it.
    private static boolean isWriting(Path folder, String file) {
        return Trials.children(folder).stream().anyMatch(path -> isTemporary(path) && Files.exists(path.resolve(file)));
    }

    private static boolean isTemporary(Path path) {
        return path.getFileName().toString().startsWith(".tmp-");
    }

    /// Every version with its fingerprint, as the next process finds them: each is read whole, against its sums.
    private Map<String, String> versions() throws IOException {
        assertThat(athanor.done("data", "list").out()).contains("cups@");
        Trials.nothing_half_written_is_left_in(athanor.workspace());
        Map<String, String> versions = new LinkedHashMap<>();
        for (Dataset dataset : Trials.wholeVersions(athanor)) {
            assertThat(dataset.folder()).isDirectoryContaining("glob:**report.json");
            versions.put(dataset.reference(), dataset.fingerprint());
        }
        return versions;
    }

    // ------------------------------------------------------------------------------------------------- training

    private void importFew() throws IOException {
        Path few = Trials.lines(athanor.folder().resolve("few.csv"), 60);
        athanor.done("data", "import", few.toString(), "--name", "cups");
    }

    @Test
    void a_training_killed_again_and_again_ends_with_the_bits_of_one_that_never_was() throws IOException {
        importFew();
        int steps = 200;
        athanor.done(Trials.training("whole", steps));

        Athanor.Running training = athanor.start(Trials.training("torn", steps));
        Path run = Trials.runOf(athanor, training, "torn");
        String id = run.getFileName().toString();
        for (int kill = 0; kill < TRAININGS; kill++) {
            long goal = Trials.newestStep(run) + random.nextInt(12);
            Trials.await(training, () -> Trials.newestStep(run) >= goal);
            if (kill % 2 == 0) {
                Trials.pause(random.nextLong(40_000_000));
            } else { // in the middle of a checkpoint
                Trials.await(training, () -> isWriting(run.resolve("checkpoints"), "state.safetensors"));
            }
            long seen = Trials.newestStep(run);
            Athanor.Answer answer = training.kill();
            String moment = "seed %d, kill %d at step %d: %s".formatted(seed, kill, seen, answer);
            assertThat(answer.code()).as(moment).isNotZero();
            assertThat(Trials.newestStep(run)).as(moment).isBetween(seen, (long) steps);
            assertThat(athanor.done("runs", "list").out()).as(moment).containsPattern(id + " +stopped +torn");
            training = athanor.start("train", "--resume", id);
        }
        Athanor.Answer last = training.end();
        assertThat(last.code()).as("seed %d: %s", seed, last.err()).isZero();
        assertThat(Trials.weights(athanor, "torn")).as("seed %d", seed).isEqualTo(Trials.weights(athanor, "whole"));
        try (Stream<String> lines = Files.lines(run.resolve("metrics.jsonl"))) {
            assertThat(lines.filter(line -> line.contains("\"loss\""))).hasSize(steps);
        }
        assertThat(athanor.done("runs", "list").out()).containsPattern(id + " +finished +torn");
        Trials.nothing_half_written_is_left_in(athanor.workspace());
    }

    @Test
    void a_kill_while_the_model_is_saved_leaves_it_whole_or_its_run_to_be_resumed() throws IOException {
        importFew();
        athanor.done(Trials.training("whole", 3));
        Path models = athanor.workspace().resolve("models");
        for (int kill = 0; kill < MODELS; kill++) {
            String name = "cut-" + kill;
            Athanor.Running training = athanor.start(Trials.training(name, 3));
            Path run = Trials.runOf(athanor, training, name);
            Trials.await(
                    training,
                    () -> Trials.children(models).stream().anyMatch(path -> isTemporary(path) || path.endsWith(name)));
            Trials.pause(random.nextLong(30_000_000));
            boolean there = Files.exists(models.resolve(name));
            Athanor.Answer answer = training.kill();
            String moment = "seed %d, kill %d: %s".formatted(seed, kill, answer);
            assertThat(there || answer.code() != 0).as(moment).isTrue();

            String listed = athanor.done("models", "list").out();
            Trials.nothing_half_written_is_left_in(athanor.workspace());
            assertThat(listed.contains(name)).as(moment).isEqualTo(Files.exists(models.resolve(name)));
            Athanor.Answer resumed =
                    athanor.run("train", "--resume", run.getFileName().toString());
            assertThat(resumed.code() == 0 || resumed.err().contains("is finished"))
                    .as(moment + resumed)
                    .isTrue();
            assertThat(Trials.weights(athanor, name)).as(moment).isEqualTo(Trials.weights(athanor, "whole"));
            assertThat(athanor.done("runs", "list").out()).as(moment).containsPattern("finished +" + name);
        }
        athanor.done("generate", "cut-0", "--seed", "4", "--length", "5");
    }

    // ---------------------------------------------------------------------------------------- two into one name

    @Test
    void a_name_is_one_process_s_until_it_ends_however_it_ends() throws IOException {
        importFew();
        Athanor.Running first = athanor.start(Trials.training("cups", 100_000));
        Path run = Trials.runOf(athanor, first, "cups");
        Trials.await(first, () -> Trials.newestStep(run) > 0);
        assertThat(athanor.refused(Trials.training("cups", 3)))
                .contains("a model named \"cups\" is being trained by another process", "another name with --name");
        assertThat(athanor.refused("train", "--resume", run.getFileName().toString()))
                .contains("\"cups\" is being trained by another process", "wait for it");
        assertThat(athanor.done("runs", "list").out()).containsPattern("running +cups");
        assertThat(Trials.runs(athanor)).containsExactly(run);
        first.kill();
        athanor.done(Trials.training("cups", 3));
        assertThat(athanor.refused("train", "--resume", run.getFileName().toString()))
                .contains("there is a model \"cups\" already", "athanor models delete cups");
    }
}
