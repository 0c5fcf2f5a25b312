package dev.athanor.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.Cleaner;
import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.Deduplicator;
import dev.athanor.data.ImportOptions;
import dev.athanor.data.Importer;
import dev.athanor.data.Keep;
import dev.athanor.data.Seed;
import dev.athanor.data.Workspace;
import dev.athanor.data.clean.Step;
import dev.athanor.data.clean.StepFile;
import dev.athanor.data.duplicate.Likeness;
import dev.athanor.data.duplicate.PictureLikeness;
import dev.athanor.data.duplicate.SoundLikeness;
import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.Wav;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class FlinkMediaTest {
    private static final FlinkEngine EMBEDDED = new FlinkEngine(new Cluster.Embedded(2));
    private static final int COUNT = 600; // more than one range

    @TempDir
    private Path folder;

    private Path source;

    @BeforeEach
    void source() throws IOException {
        source = Files.createDirectory(folder.resolve("source"));
    }

    /// Every fourth is a file that is there already, and every fourth but one nearly so.
    private void write(String ending, Maker maker) throws IOException {
        for (int i = 0; i < COUNT; i++) {
            int form = i % 4 == 3 ? i - 1 : i % 4 == 1 ? i - 1 : i;
            Files.write(source.resolve("%04d.%s".formatted(i, ending)), maker.make(form, i % 4 == 1 ? 1 : 0));
        }
    }

    private interface Maker {
        /// @param form what is on it
        /// @param change how far it is from another of the form
        byte[] make(int form, int change);
    }

    private void assertTheSame(String steps, Likeness likeness) throws IOException {
        Datasets datasets = new Datasets(Workspace.open(folder.resolve("workspace")));
        Dataset dataset = Importer.run(datasets, ImportOptions.of("media"), List.of(source));
        List<Step> chosen = StepFile.read(
                Files.writeString(folder.resolve("steps.yaml"), steps).toString());
        Dataset clean = Cleaner.run(datasets, dataset, chosen);
        Cups.assertSame(Cleaner.run(datasets, dataset, chosen, EMBEDDED), clean);
        assertThat(clean.report().path("dropped").path("duplicate").asLong()).isGreaterThan(100);
        Deduplicator.Plan plan = new Deduplicator.Plan(likeness, new Keep.Best(), Optional.empty());
        Dataset local = Deduplicator.run(datasets, dataset, plan).written().orElseThrow();
        Dataset flink =
                Deduplicator.run(datasets, dataset, plan, EMBEDDED).written().orElseThrow();
        Cups.assertSamePairs(flink, local);
        assertThat(local.report().path("duplicates").path("similar").asLong()).isGreaterThan(100);
    }

    @Test
    void pictures_are_cleaned_and_compared_as_here() throws IOException {
        write("png", FlinkMediaTest::picture);
        assertTheSame(
                "steps: [pictures: {sharpest: 0}, duplicates]",
                new PictureLikeness(PictureLikeness.USUAL, PictureLikeness.USUAL_THRESHOLD));
    }

    /// Four by four fields of chance colours; a change makes all of it a little darker.
    private static byte[] picture(int form, int change) {
        RandomGenerator random = new Seed(form).random();
        byte[] pixels = new byte[32 * 32 * 3];
        int[] fields = random.ints(16 * 3, 60, 256).toArray();
        for (int i = 0; i < pixels.length; i++) {
            int x = i / 3 % 32;
            int y = i / 3 / 32;
            pixels[i] = (byte) (fields[3 * (y / 8 * 4 + x / 8) + i % 3] - change);
        }
        return Png.write(new Image(32, 32, 3, pixels));
    }

    @Test
    void sounds_are_cleaned_and_compared_as_here() throws IOException {
        write("wav", FlinkMediaTest::sound);
        assertTheSame("steps: [sounds: {shortest: 0.2}, duplicates]", new SoundLikeness(SoundLikeness.USUAL));
    }

    /// Tones that follow each other; a change makes them quieter.
    private static byte[] sound(int form, int change) {
        RandomGenerator random = new Seed(form).random();
        float[] samples = new float[4000];
        double phase = 0;
        double step = 0;
        for (int i = 0; i < samples.length; i++) {
            step = i % 400 == 0 ? 0.25 + random.nextDouble() : step;
            phase += step;
            samples[i] = (float) ((0.5 - 0.2 * change) * Math.sin(phase) + 0.01 * random.nextGaussian());
        }
        return Wav.write(new Sound(8000, samples));
    }
}
