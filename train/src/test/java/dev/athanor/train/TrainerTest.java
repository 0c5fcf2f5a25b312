package dev.athanor.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.ImportOptions;
import dev.athanor.data.Importer;
import dev.athanor.data.Workspace;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
        Recipe.TrainingPart training =
                tiny("text-lstm", "training.rate=0.01", "training.warmup=4").training();
        Schedule schedule = Schedule.of(training);
        assertThat(schedule.at(0, 0)).isBetween(0.0, 0.005);
        assertThat(schedule.at(4, 4 / 12.0)).isBetween(0.007, 0.01);
        assertThat(schedule.at(12, 1)).isBetween(0.0009999, 0.0010001);
    }
}
