package dev.athanor.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.athanor.data.Dataset;
import dev.athanor.data.DrawnPictures;
import dev.athanor.data.PlayedSounds;
import dev.athanor.data.Workspace;
import dev.athanor.model.CodeGrid;
import dev.athanor.model.ImageFormat;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.SoundCodec;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CodecTrainerTest {
    @TempDir
    private Path folder;

    private Workspace workspace;
    private Trainer trainer;

    @BeforeEach
    void open() {
        workspace = Workspace.open(folder);
        trainer = new Trainer(workspace, Engine.start(Device.CPU), InstantSource.system());
    }

    private Dataset tones() {
        return PlayedSounds.tones(workspace, new PlayedSounds.Set("tones", 8000, 0.3, 20));
    }

    private static Recipe tiny(String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "model.width=16",
                "model.levels=[5, 3]",
                "model.patch=2",
                "model.blocks=1",
                "model.layers=1",
                "model.heads=2",
                "training.steps=12",
                "training.batch=4",
                "training.warmup=2",
                "training.evaluateEvery=5"));
        settings.addAll(List.of(more));
        return RecipeFile.read("audio-codec", settings);
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

    /// The autoencoder learns in steps 1 to 5, the Transformer in the others.
    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7})
    void a_codec_resumed_in_either_stage_ends_with_the_very_bits_of_one_that_never_stopped(int step)
            throws IOException {
        Dataset dataset = tones();
        trainer.train(tiny(), dataset, "whole", watch());
        Trainer.Outcome stopped = trainer.train(tiny(), dataset, "parts", stopAfter(step));
        assertThat(stopped.interrupted()).isTrue();
        trainer.resume(stopped.run().getFileName().toString(), watch());
        assertThat(weights("parts")).isEqualTo(weights("whole"));
    }

    @Test
    void sounds_come_back_better_and_their_codes_are_guessed_better_the_longer_it_learns() {
        Dataset dataset = tones();
        JsonNode begun = metrics(dataset, "begun", "training.steps=2");
        JsonNode learnt =
                metrics(dataset, "learnt", "training.steps=120", "training.rate=0.01", "training.average=0.9");
        assertThat(learnt.path("reconstructionError").asDouble())
                .isLessThan(0.7 * begun.path("reconstructionError").asDouble());
        assertThat(learnt.path("codes").asInt()).isEqualTo(15);
        assertThat(learnt.path("codesUsed").asInt()).isBetween(3, 15);
        assertThat(learnt.path("validationLoss").asDouble())
                .isLessThan(0.8 * Math.log(15))
                .isGreaterThan(learnt.path("reconstructionError").asDouble());
    }

    private JsonNode metrics(Dataset dataset, String name, String... settings) {
        return trainer.train(tiny(settings), dataset, name, watch())
                .model()
                .orElseThrow()
                .card()
                .path("metrics");
    }

    @Test
    void a_codec_knows_the_words_and_the_fields_of_its_sounds() {
        ModelFolder model =
                trainer.train(tiny(), tones(), "codec", watch()).model().orElseThrow();
        assertThat(model.images().fields())
                .containsExactly(
                        new ImageFormat.Field("player", List.of("flute", "string")),
                        new ImageFormat.Field(ImageFormat.WORDS, List.of("high", "low")));
        SoundCodec.Config config = (SoundCodec.Config) model.config();
        assertThat(config.coding()).isEqualTo(new SoundCodec.Coding(new CodeGrid(List.of(5, 3)), 2, 16, 1));
        assertThat(config.classes()).containsExactly(2, 2);
        assertThat(config.length()).isEqualTo(config.shape().width() / 2);
        assertThat(model.folder().resolve("README.md")).content().contains("audio-codec", "nats a code");
    }

    @Test
    void a_codec_goes_on_from_another_with_its_sizes() {
        ModelFolder first =
                trainer.train(tiny(), tones(), "first", watch()).model().orElseThrow();
        ModelFolder second = trainer.train(tiny("model.start=first", "model.levels=[8, 8]"), tones(), "second", watch())
                .model()
                .orElseThrow();
        assertThat(second.config()).isEqualTo(first.config());
        assertThat(second.card().path("parent").path("name").asString()).isEqualTo("first");
    }

    @Test
    void pictures_are_refused_for_a_codec() {
        Dataset bars = DrawnPictures.bars(workspace, new DrawnPictures.Set("bars", 8, "way", 20));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.train(tiny(), bars, "seen", watch()))
                .withMessage(
                        "the recipe audio-codec learns from sounds and the dataset bars@1 is of kind image: import sounds, or use a recipe for pictures");
    }
}
