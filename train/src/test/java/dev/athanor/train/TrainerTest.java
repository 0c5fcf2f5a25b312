package dev.athanor.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.ImportOptions;
import dev.athanor.data.Importer;
import dev.athanor.data.Workspace;
import dev.athanor.model.ModelFolder;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
    @TempDir
    private Path folder;

    private Workspace workspace;
    private Trainer trainer;

    @BeforeEach
    void open() {
        workspace = Workspace.open(folder);
        trainer = new Trainer(workspace, Engine.start(Device.CPU), InstantSource.system());
    }

    private Dataset lines(int count) throws IOException {
        StringBuilder text = new StringBuilder("text\n");
        for (int i = 0; i < count; i++) {
            text.append("the cup number ")
                    .append(i)
                    .append(" is ")
                    .append(i % 3 == 0 ? "blue" : "green")
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("lines-" + count + ".csv"), text);
        return Importer.run(new Datasets(workspace), ImportOptions.of("lines-" + count), List.of(file));
    }

    private static Recipe tiny(String recipe, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "model.width=16",
                "model.context=16",
                "tokenizer.kind=characters",
                "training.steps=12",
                "training.batch=4",
                "training.warmup=2",
                "training.dropout=0.1",
                "training.evaluateEvery=5"));
        if (recipe.endsWith("vae")) {
            settings.addAll(List.of("model.embedding=16", "model.latent=4"));
        } else {
            settings.add("model.layers=2");
        }
        settings.addAll(List.of(more));
        return RecipeFile.read(recipe, settings);
    }

    private static Trainer.Watch watch() {
        return new Trainer.Watch(_ -> {}, _ -> {}, () -> false);
    }

    private static Trainer.Watch stopAfter(int steps) {
        AtomicInteger done = new AtomicInteger();
        return new Trainer.Watch(_ -> {}, _ -> done.incrementAndGet(), () -> done.get() >= steps);
    }

    private byte[] weights(String model) throws IOException {
        return Files.readAllBytes(workspace.models().resolve(model).resolve("model.safetensors"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text-transformer", "text-lstm", "text-gru", "text-vae"})
    void a_resumed_run_ends_with_the_very_bits_of_one_that_never_stopped(String name) throws IOException {
        Dataset dataset = lines(120);
        Recipe recipe = tiny(name);
        trainer.train(recipe, dataset, "whole", watch());
        Trainer.Outcome stopped = trainer.train(recipe, dataset, "parts", stopAfter(7));
        assertThat(stopped.interrupted()).isTrue();
        assertThat(workspace.models().resolve("parts")).doesNotExist();
        Trainer.Outcome resumed = trainer.resume(stopped.run().getFileName().toString(), watch());
        assertThat(resumed.steps()).isEqualTo(12);
        assertThat(weights("parts")).isEqualTo(weights("whole"));
        assertThat(losses(resumed.run())).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void a_run_that_was_begun_on_another_device_is_not_resumed() throws IOException {
        Trainer.Outcome stopped = trainer.train(tiny("text-gru"), lines(120), "elsewhere", stopAfter(7));
        Path about = stopped.run().resolve("run.json");
        Files.writeString(about, Files.readString(about).replace("\"cpu\"", "\"cuda\""));
        String id = stopped.run().getFileName().toString();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.resume(id, watch()))
                .withMessage(
                        "the run %s was begun on cuda and cannot go on bit for bit on cpu: resume it with --device cuda"
                                .formatted(id));
    }

    private static List<Long> losses(Path run) {
        return RunLog.lines(run.resolve("metrics.jsonl")).stream()
                .filter(line -> line.has("loss"))
                .map(line -> line.path("step").asLong())
                .toList();
    }

    @Test
    void a_second_training_into_a_name_that_is_being_trained_is_refused() throws IOException {
        Dataset dataset = lines(120);
        List<String> answers = new ArrayList<>();
        Trainer.Watch meanwhile = new Trainer.Watch(
                _ -> {
                    try {
                        trainer.train(tiny("text-gru"), dataset, "one", watch());
                    } catch (RuntimeException refused) {
                        answers.add(refused.getMessage());
                    }
                },
                _ -> {},
                () -> false);
        trainer.train(tiny("text-gru"), dataset, "one", meanwhile);
        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst()).contains("one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.train(tiny("text-gru"), dataset, "one", watch()))
                .withMessageContainingAll("there is a model \"one\" already", "--name", "athanor models delete one");
    }

    @Test
    void a_loss_that_is_no_number_stops_the_run_and_keeps_the_last_good_checkpoint() throws IOException {
        Dataset dataset = lines(120);
        Recipe wild = tiny(
                "text-vae",
                "training.rate=99",
                "training.warmup=0",
                "training.clip=1e30",
                "training.steps=300",
                "training.checkpointEvery=1");
        assertThatThrownBy(() -> trainer.train(wild, dataset, "wild", watch()))
                .isInstanceOf(TrainException.class)
                .hasMessageContainingAll("step", "training.rate");
        assertThat(workspace.models().resolve("wild")).doesNotExist();
        try (Stream<Path> runs = Files.list(workspace.runs())) {
            Path run = runs.filter(Files::isDirectory).findFirst().orElseThrow();
            assertThat(Checkpoint.list(run)).isNotEmpty();
        }
    }

    @Test
    void a_checkpoint_with_a_flipped_bit_is_refused_by_name() throws IOException {
        Trainer.Outcome stopped = trainer.train(tiny("text-gru"), lines(120), "flipped", stopAfter(7));
        Path checkpoint = Checkpoint.list(stopped.run()).getLast();
        Path file;
        try (Stream<Path> files = Files.list(checkpoint)) {
            file = files.filter(path -> path.toString().endsWith(".safetensors"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 5] ^= 4;
        Files.write(file, bytes);
        assertThatThrownBy(() -> trainer.resume(stopped.run().getFileName().toString(), watch()))
                .hasMessageContaining(file.getFileName().toString());
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> trainer.resume(stopped.run().getFileName().toString(), watch()))
                .hasMessageContaining(file.getFileName().toString());
    }

    @Test
    void a_bit_flipped_anywhere_in_a_checkpoint_is_refused_or_changes_nothing() throws IOException {
        Dataset dataset = lines(120);
        Recipe recipe = tiny("text-gru", "training.checkpointEvery=5");
        trainer.train(recipe, dataset, "whole", watch());
        Trainer.Outcome stopped = trainer.train(recipe, dataset, "flipped", stopAfter(7));
        String id = stopped.run().getFileName().toString();
        Path checkpoint = stopped.run().resolve("checkpoints/step-7");
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int trial = 0; trial < 24; trial++) {
            Path file = checkpoint.resolve(trial % 2 == 0 ? "state.safetensors" : "progress.json");
            byte[] bytes = Files.readAllBytes(file);
            byte[] flipped = bytes.clone();
            int bit = random.nextInt(8 * (trial % 4 == 0 ? Math.min(600, bytes.length) : bytes.length));
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);
            String moment = "seed %d, bit %d of %s".formatted(seed, bit, file);
            try {
                trainer.resume(id, stopAfter(0));
            } catch (TrainException refused) {
                assertThat(refused)
                        .as(moment)
                        .hasMessageContainingAll("the checkpoint " + checkpoint + " is damaged", "step-5");
            }
            assertThat(Checkpoint.list(stopped.run())).as(moment).hasSize(2);
            Files.write(file, bytes);
        }
        trainer.resume(id, watch());
        assertThat(weights("flipped")).isEqualTo(weights("whole"));
    }

    @Test
    void a_damaged_checkpoint_that_is_deleted_leaves_the_one_before_to_resume_from() throws IOException {
        Dataset dataset = lines(120);
        Recipe recipe = tiny("text-gru", "training.checkpointEvery=5");
        trainer.train(recipe, dataset, "whole", watch());
        Trainer.Outcome stopped = trainer.train(recipe, dataset, "mended", stopAfter(7));
        String id = stopped.run().getFileName().toString();
        Path state = stopped.run().resolve("checkpoints/step-7/state.safetensors");
        Files.write(state, new byte[0]);
        assertThatThrownBy(() -> trainer.resume(id, watch()))
                .hasMessageContaining("Delete its folder to resume from step-5 instead");
        Files.delete(state);
        Files.delete(state.resolveSibling("progress.json"));
        Files.delete(state.getParent());
        trainer.resume(id, watch());
        assertThat(weights("mended")).isEqualTo(weights("whole"));
    }

    @Test
    void a_run_that_was_killed_when_its_model_was_packed_is_finished_by_resuming_it() throws IOException {
        Dataset dataset = lines(120);
        Trainer.Outcome trained = trainer.train(tiny("text-gru"), dataset, "packed", watch());
        byte[] weights = weights("packed");
        Path about = trained.run().resolve(RunLog.RUN);
        Files.writeString(about, Files.readString(about).replace("finished", "running"));
        assertThat(RunLog.state(trained.run())).isEqualTo("stopped");
        Trainer.Outcome resumed = trainer.resume(trained.run().getFileName().toString(), watch());
        assertThat(resumed.interrupted()).isFalse();
        assertThat(resumed.steps()).isEqualTo(12);
        assertThat(resumed.validation()).isEqualTo(trained.validation());
        assertThat(RunLog.state(trained.run())).isEqualTo("finished");
        assertThat(weights("packed")).isEqualTo(weights);
    }

    @Test
    void a_training_that_is_refused_before_its_first_step_leaves_no_run() throws IOException {
        Path file = Files.writeString(folder.resolve("short.txt"), "only one line");
        Dataset dataset = Importer.run(new Datasets(workspace), ImportOptions.of("short"), List.of(file));
        for (String recipe : List.of("text-transformer", "text-lstm", "text-gru")) {
            assertThatThrownBy(() -> trainer.train(tiny(recipe), dataset, "short", watch()))
                    .isInstanceOf(TrainException.class)
                    .hasMessageContainingAll(
                            "the training split has 13 tokens and the model's context is 16: at least 17 are needed",
                            "set model.context to less");
        }
        assertThat(workspace.runs()).isEmptyDirectory();
        assertThat(workspace.models().resolve("short")).doesNotExist();
    }

    @Test
    void one_line_that_is_longer_than_the_context_can_be_learned() throws IOException {
        Path file = Files.writeString(folder.resolve("line.txt"), "only one line, but a long one. ".repeat(40));
        Dataset dataset = Importer.run(new Datasets(workspace), ImportOptions.of("line"), List.of(file));
        for (String recipe : List.of("text-transformer", "text-lstm", "text-gru", "text-vae")) {
            assertThat(trainer.train(tiny(recipe), dataset, recipe, watch()).steps())
                    .isEqualTo(12);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model.layers=0|layers is 0: give a whole number from 1",
                "model.layers=1000000|make model.width, model.layers, training.batch or model.context smaller",
                "model.heads=3|width 16 does not split over 3 heads: use a multiple of 3",
                "model.width=99999999999|model.width is \"99999999999\": expected a whole number",
                "model.context=1000000000|context is 1000000000: give a whole number from 1 to",
                "training.batch=0|training.batch is 0: give a whole number from 1",
                "training.batch=1000000000|training.batch or model.context smaller",
                "training.dropout=1.5|training.dropout is 1.5: give a number from 0 to below 1",
                "training.beta1=5|training.beta1 is 5.0: give a number from 0 to below 1, usually 0.9",
                "training.weightDecay=-3|training.weightDecay is -3.0: give 0 or more",
                "training.rate=.nan|training.rate is NaN: give a positive number",
            })
    void a_size_that_cannot_be_is_refused_by_its_key(String setting, String words) throws IOException {
        Dataset dataset = lines(120);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.train(tiny("text-transformer", setting), dataset, "odd", watch()))
                .withMessageContaining(words);
        assertThat(workspace.runs()).isEmptyDirectory();
    }

    @Test
    void a_card_lists_the_labels_there_are() throws IOException {
        StringBuilder rows = new StringBuilder("text,kind\n");
        for (int i = 0; i < 40; i++) {
            rows.append("a thing of number ").append(i).append(i % 2 == 0 ? ",tea\n" : ",pot\n");
        }
        Path file = Files.writeString(folder.resolve("kinds.csv"), rows);
        Dataset dataset = Importer.run(
                new Datasets(workspace),
                ImportOptions.of("kinds").withColumns("text", "kind", List.of()),
                List.of(file));
        trainer.train(tiny("text-lstm", "data.fields=[kind]"), dataset, "kinds", watch());
        assertThat(Files.readString(workspace.models().resolve("kinds/card.json")))
                .containsPattern("\"values\" : \\{\\s*\"kind\" : \\[ \"pot\", \"tea\" \\]");
    }

    @Test
    void a_dataset_too_small_for_the_context_is_refused_with_both_numbers() throws IOException {
        Path file = Files.writeString(folder.resolve("short.txt"), "short");
        Dataset dataset = Importer.run(
                new Datasets(workspace), ImportOptions.of("short").withUnit(ImportOptions.Unit.FILE), List.of(file));
        assertThatThrownBy(
                        () -> trainer.train(tiny("text-transformer", "data.arrangement=stream"), dataset, "s", watch()))
                .hasMessageContainingAll("16", "model.context");
    }

    @Test
    void impossible_sizes_are_refused_before_memory_is_asked_for() throws IOException {
        Dataset dataset = lines(120);
        assertThatThrownBy(() -> trainer.train(tiny("text-lstm", "model.width=1000000"), dataset, "huge", watch()))
                .hasMessageContaining("model.width");
    }

    @Test
    void an_unknown_key_is_answered_with_the_nearest_there_is() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tiny("text-lstm", "training.leraningrate=1"))
                .withMessageContainingAll("training.leraningrate", "training.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tiny("text-lstm", "training.warmpu=1"))
                .withMessageContaining("did you mean \"warmup\"?");
    }

    @Test
    void a_recipe_that_is_not_there_is_answered_with_those_there_are() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecipeFile.read("text-lstmm", List.of()))
                .withMessageContaining("text-lstm");
    }

    @Test
    void a_cosine_schedule_grows_linearly_and_ends_at_its_share() {
        TrainingPart training =
                tiny("text-lstm", "training.rate=0.01", "training.warmup=4").training();
        Schedule schedule = Schedule.of(training);
        assertThat(schedule.at(0, 0)).isBetween(0.0, 0.005);
        assertThat(schedule.at(4, 4 / 12.0)).isBetween(0.007, 0.01);
        assertThat(schedule.at(12, 1)).isBetween(0.0009999, 0.0010001);
    }

    @Test
    void a_model_that_starts_from_another_begins_with_its_words_sizes_and_weights() throws IOException {
        Dataset dataset = lines(120);
        trainer.train(tiny("text-gru"), dataset, "first", watch());
        Recipe onwards = RecipeFile.read(
                "text-transformer",
                List.of("model.start=first", "training.steps=1", "training.rate=1e-12", "training.batch=4"));
        Trainer.Outcome outcome = trainer.train(onwards, lines(90), "second", watch());
        ModelFolder second = outcome.model().orElseThrow();
        assertThat(second.card().path("parent").path("name").asString()).isEqualTo("first");
        assertThat(second.card()
                        .path("parent")
                        .path("dataset")
                        .path("reference")
                        .asString())
                .isEqualTo(dataset.reference());
        assertThat(second.config().family()).isEqualTo("gru");
        assertThat(Files.readString(outcome.run().resolve("recipe.yaml"))).contains("width: 16", "start: first");
        assertThat(weights("second")).isEqualTo(weights("first"));
        assertThat(Files.readAllBytes(second.folder().resolve("tokenizer.json")))
                .isEqualTo(Files.readAllBytes(workspace.models().resolve("first/tokenizer.json")));
    }

    @Test
    void a_start_that_is_not_there_is_refused_with_those_that_are() throws IOException {
        Dataset dataset = lines(120);
        trainer.train(tiny("text-gru"), dataset, "first", watch());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.train(tiny("text-gru", "model.start=frist"), dataset, "second", watch()))
                .withMessageContaining("there is no model \"frist\"")
                .withMessageContaining("did you mean \"first\"?");
    }
}
