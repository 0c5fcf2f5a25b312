package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model or a run whose files were cut off or changed, as `generate`, `evaluate` and `train --resume` meet it.
class DamageTest {
    private static final String[] GENERATE = {"generate", "m", "--seed", "4", "--length", "20", "--prompt", "The"};

    private final Command command;

    DamageTest(@TempDir Path folder) {
        command = new Command(folder);
    }

    private void refused(String moment, List<String> said, String... words) {
        Command.Answer answer = command.run(words);
        assertThat(answer.code()).as(moment + answer).isEqualTo(1);
        assertThat(answer.err()).as(moment).contains(said).doesNotContain("\tat ", "not foreseen");
    }

    private Path model() throws IOException {
        StringBuilder rows = new StringBuilder("text\n");
        for (int i = 0; i < 80; i++) {
            rows.append("The tea of number ").append(i).append(" is good.\n");
        }
        Path file = command.file("tea.csv", rows);
        command.done("data", "import", file.toString(), "--name", "tea");
        train("m");
        return command.folder().resolve("workspace/models/m");
    }

    private Command.Answer train(String name, String... settings) {
        List<String> words = new ArrayList<>(
                List.of("train", "text-transformer", "--data", "tea", "--device", "cpu", "--name", name));
        List<String> all = new ArrayList<>(List.of(
                "training.steps=4",
                "training.batch=4",
                "model.width=8",
                "model.heads=2",
                "model.layers=1",
                "model.context=32",
                "tokenizer.kind=characters"));
        all.addAll(List.of(settings));
        all.forEach(setting -> words.addAll(List.of("--set", setting)));
        return command.run(words.toArray(String[]::new));
    }

    private List<String> ledger() throws IOException {
        Path file = command.workspace().resolve("outputs/ledger.jsonl");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    @Test
    void a_bit_flipped_anywhere_in_the_weights_is_refused_or_changes_no_word() throws IOException {
        Path weights = model().resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        String sound = command.done(GENERATE).out();
        int header = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int trial = 0; trial < 80; trial++) {
            byte[] flipped = bytes.clone();
            int numbers = 8 * (8 + header); // the first bit behind the header
            int bit = trial % 2 == 0 ? random.nextInt(numbers) : random.nextInt(numbers, 8 * bytes.length);
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(weights, flipped);
            String moment = "seed %d, bit %d: ".formatted(seed, bit);
            int written = ledger().size();
            Command.Answer answer = command.run(GENERATE);
            if (answer.code() == 0) {
                assertThat(bit / 8)
                        .as(moment + "a changed number is never used")
                        .isLessThan(8 + header);
                assertThat(answer.out()).as(moment).isEqualTo(sound);
            } else {
                refused(moment, List.of(weights.toString()), GENERATE);
                assertThat(ledger()).as(moment).hasSize(written);
            }
            if (trial % 10 == 1) {
                refused(moment, List.of(weights.toString(), "Take it from a backup"), "evaluate", "m");
            }
        }
    }

    @Test
    void a_model_with_a_file_cut_off_is_refused_by_the_file() throws IOException {
        Path model = model();
        for (String name : List.of("model.safetensors", "config.json", "tokenizer.json", "card.json")) {
            Path file = model.resolve(name);
            byte[] bytes = Files.readAllBytes(file);
            for (int length : new int[] {0, 1, 7, bytes.length / 2, bytes.length - 1}) {
                Files.write(file, Arrays.copyOf(bytes, length));
                String moment = "%s cut to %d: ".formatted(name, length);
                refused(moment, List.of(file.toString()), GENERATE);
                refused(moment, List.of(file.toString()), "evaluate", "m");
            }
            Files.delete(file);
            if (name.equals("card.json")) { // a folder from elsewhere has none
                command.done(GENERATE);
            } else {
                refused(name + " is gone: ", List.of(name), GENERATE);
            }
            Files.write(file, bytes);
        }
        command.done(GENERATE);
    }

    @Test
    void a_model_that_cannot_be_read_is_left_aside_with_the_reason_where_others_are_listed() throws IOException {
        Path model = model();
        train("broken");
        Path config = model.resolveSibling("broken").resolve("config.json");
        Files.writeString(
                config,
                Files.readString(config)
                        .replaceFirst("\"model_type\" : \"[^\"]+\"", "\"model_type\" : \"from-the-future\""));
        Command.Answer listed = command.done("models", "list");
        assertThat(listed.out()).contains("m ").doesNotContain("broken");
        assertThat(listed.err())
                .contains("The model broken is left aside: config.json says model_type \"from-the-future\"");
        refused("", List.of("config.json says model_type \"from-the-future\""), "evaluate", "broken");
    }

    @Test
    void weights_of_another_model_are_refused() throws IOException {
        Path model = model();
        train("wide", "model.width=16");
        Files.copy(
                command.workspace().resolve("models/wide/model.safetensors"),
                model.resolve("model.safetensors"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        refused("", List.of(model.resolve("model.safetensors").toString(), "config.json asks for"), GENERATE);
        refused("", List.of(model.resolve("model.safetensors").toString(), "config.json asks for"), "evaluate", "m");
    }

    @Test
    void a_run_whose_own_file_is_broken_is_refused_by_the_file() throws IOException {
        model();
        Path run;
        try (Stream<Path> runs = Files.list(command.workspace().resolve("runs"))) {
            run = runs.findFirst().orElseThrow();
        }
        Path about = run.resolve("run.json");
        for (String broken : List.of("", "{\"state\"", "[]", "\u0000\u0001")) {
            Files.writeString(about, broken);
            String[] resume = {"train", "--resume", run.getFileName().toString()};
            refused(broken, List.of(about.toString(), "Restore it from a backup"), resume);
            refused(broken, List.of(about.toString(), "Restore it from a backup"), "runs", "list");
        }
    }

    @Test
    void a_dataset_whose_files_are_damaged_is_refused_by_the_file() throws IOException {
        model();
        Path version = command.workspace().resolve("datasets/tea/1");
        Path data = version.resolve("data/train-00000-of-00001.parquet");
        byte[] bytes = Files.readAllBytes(data);
        Files.write(data, Arrays.copyOf(bytes, bytes.length / 2));
        Command.Answer again = train("again");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err())
                .contains(data.toString(), "import the data again")
                .doesNotContain("not foreseen");
        Files.delete(data);
        assertThat(train("again").err()).contains(data + " is missing", "import the data again");
        Path manifest = version.resolve("manifest.json");
        Files.writeString(manifest, "{\"name\": \"te");
        refused(
                "",
                List.of(manifest.toString(), "delete it (athanor data delete tea@1) and import"),
                "data",
                "show",
                "tea");
    }

    @Test
    void a_loss_that_is_no_number_ends_the_command_with_its_step_and_what_to_change() throws IOException {
        model();
        Command.Answer wild = train(
                "wild",
                "training.rate=99",
                "training.warmup=0",
                "training.clip=1e30",
                "training.steps=2000",
                "training.checkpointEvery=1");
        assertThat(wild.code()).isEqualTo(1);
        assertThat(wild.err())
                .containsPattern("step \\d+: the loss (on the validation split )?is (NaN|-?Infinity|[0-9.]+)")
                .contains("so the training stopped", "kept in checkpoint step-", "A lower training.rate (now 99.0)");
        assertThat(command.workspace().resolve("models/wild")).doesNotExist();
        assertThat(command.done("runs", "list").out()).containsPattern("stopped +wild");
        assertThat(command.done("models", "list").out()).contains("m ").doesNotContain("wild");
    }
}
