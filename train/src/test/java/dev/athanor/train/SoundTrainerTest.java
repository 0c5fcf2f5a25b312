package dev.athanor.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.athanor.data.Dataset;
import dev.athanor.data.DrawnPictures;
import dev.athanor.data.PlayedSounds;
import dev.athanor.data.Workspace;
import dev.athanor.data.sound.MelSettings;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.Vocoder;
import dev.athanor.model.WaveForm;
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

class SoundTrainerTest {
    @TempDir
    private Path folder;

    private Workspace workspace;
    private Trainer trainer;

    @BeforeEach
    void open() {
        workspace = Workspace.open(folder);
        trainer = new Trainer(workspace, Engine.start(Device.CPU), InstantSource.system());
    }

    private Dataset tones(int rate) {
        return PlayedSounds.tones(workspace, new PlayedSounds.Set("tones-" + rate, rate, 0.5, 20));
    }

    private static Recipe tiny(String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "model.width=16",
                "model.blocks=1",
                "model.context=8",
                "training.steps=12",
                "training.batch=4",
                "training.warmup=2",
                "training.dropout=0.1",
                "training.evaluateEvery=5"));
        settings.addAll(List.of(more));
        return RecipeFile.read("audio-vocoder", settings);
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

    @Test
    void a_resumed_vocoder_ends_with_the_very_bits_of_one_that_never_stopped() throws IOException {
        Dataset dataset = tones(8000);
        ModelFolder whole =
                trainer.train(tiny(), dataset, "whole", watch()).model().orElseThrow();
        assertThat(whole.config()).isEqualTo(new Vocoder.Config(MelSettings.of8000(), 16, 1));
        assertThat(whole.form()).isEqualTo(new WaveForm(MelSettings.of8000()));
        assertThat(whole.folder().resolve("README.md")).content().contains("at 8000 samples a second", "64 bands");
        Trainer.Outcome stopped = trainer.train(tiny(), dataset, "parts", stopAfter(7));
        assertThat(stopped.interrupted()).isTrue();
        trainer.resume(stopped.run().getFileName().toString(), watch());
        assertThat(weights("parts")).isEqualTo(weights("whole"));
    }

    @Test
    void a_vocoder_comes_nearer_to_tones_the_longer_it_hears_them() {
        Dataset dataset = tones(8000);
        double begun = trainer.train(tiny("training.steps=2"), dataset, "begun", watch())
                .validation();
        double learnt = trainer.train(
                        tiny("training.steps=60", "training.rate=0.004", "training.average=0.9"),
                        dataset,
                        "learnt",
                        watch())
                .validation();
        assertThat(learnt).isLessThan(0.8 * begun);
    }

    @Test
    void sounds_at_a_rate_without_settings_are_refused_before_the_first_step() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.train(tiny(), tones(11_025), "odd", watch()))
                .withMessageContainingAll("11025", "8000, 16000 or 22050", "--rate");
        assertThat(workspace.runs()).isEmptyDirectory();
    }

    @Test
    void pictures_are_refused_for_a_vocoder() {
        Dataset bars = DrawnPictures.bars(workspace, new DrawnPictures.Set("bars", 8, "way", 20));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.train(tiny(), bars, "seen", watch()))
                .withMessage(
                        "the recipe audio-vocoder learns from sounds and the dataset bars@1 is of kind image: import sounds, or use a recipe for what you have");
    }

    @Test
    void a_vocoder_that_starts_from_one_of_another_rate_is_refused() {
        trainer.train(tiny(), tones(8000), "low", watch());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.train(tiny("model.start=low"), tones(16_000), "high", watch()))
                .withMessage(
                        "model.start low reads spectrograms of sounds at 8000 samples a second and the dataset's have 16000: both must be alike");
    }

    @Test
    void a_vocoder_goes_on_from_another_with_its_sizes() {
        trainer.train(tiny(), tones(8000), "first", watch());
        ModelFolder second = trainer.train(tiny("model.start=first", "model.width=48"), tones(8000), "second", watch())
                .model()
                .orElseThrow();
        assertThat(second.config()).isEqualTo(new Vocoder.Config(MelSettings.of8000(), 16, 1));
        assertThat(second.card().path("parent").path("name").asString()).isEqualTo("first");
    }
}
