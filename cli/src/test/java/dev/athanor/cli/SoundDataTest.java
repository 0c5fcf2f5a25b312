package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.SoundReader;
import dev.athanor.data.sound.Wav;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoundDataTest {
    private Path source;
    private Command command;

    /// Half a second of a tone and half a second of silence.
    @BeforeEach
    void record(@TempDir Path folder) throws IOException {
        command = new Command(folder);
        source = folder.resolve("source");
        float[] samples = new float[16_000];
        for (int i = 0; i < 8000; i++) {
            samples[i] = (float) (0.3 * Math.sin(0.2 * i));
        }
        for (String label : new String[] {"bell", "horn"}) {
            Files.createDirectories(source.resolve(label));
            Files.write(source.resolve(label).resolve("a.wav"), Wav.write(new Sound(16_000, samples)));
        }
        Files.writeString(source.resolve("horn/broken.wav"), "none");
    }

    private Sound exported(String name) throws IOException {
        Path out = command.folder().resolve("out-" + name);
        command.done("data", "export", name, "--out", out.toString());
        Path file = out.resolve("train/s00000000.wav");
        return SoundReader.read(file.toString(), Files.readAllBytes(file)).sound();
    }

    @Test
    void sounds_are_detected_prepared_shown_and_exported() throws IOException {
        Command.Answer answer = command.done("data", "import", source.toString(), "--name", "s", "--split", "given");
        assertThat(answer.out()).contains("Dataset s@1: sounds, 16000 Hz: train 2");
        assertThat(answer.err())
                .contains("2 sounds of 0.5", "1 of 3 sounds cannot be used", "athanor train audio-diffusion --data s");
        assertThat(command.done("data", "show", "s").out())
                .contains("Labels (label, 2): bell 1, horn 1", "Quarantined: 1", "broken.wav is no sound");
        assertThat(exported("s").samples().length).isBetween(8000, 9000);
    }

    @Test
    void rate_loudness_and_ends_are_as_asked_for() throws IOException {
        command.done(
                "data",
                "import",
                source.toString(),
                "--name",
                "s",
                "--split",
                "given",
                "--rate",
                "8000",
                "--loudness",
                "keep",
                "--no-trim");
        Sound sound = exported("s");
        assertThat(sound.rate()).isEqualTo(8000);
        assertThat(sound.samples()).hasSize(8000);
        assertThat(sound.peak()).isBetween(0.29f, 0.31f);
        command.done(
                "data", "import", source.toString(), "--name", "t", "--split", "given", "--loudness", "-33", "--trim");
        Sound soft = exported("t");
        assertThat(soft.peak()).isBetween(0.02f, 0.06f);
        assertThat(soft.samples().length).isLessThan(9000);
    }

    @Test
    void words_where_numbers_belong_are_refused_with_what_is_expected() {
        Command.Answer loud = command.run("data", "import", source.toString(), "--name", "s", "--loudness", "loud");
        assertThat(loud.code()).isNotZero();
        assertThat(loud.err()).contains("--loudness loud: expected keep, or -23 for example");
        assertThat(command.run("data", "import", source.toString(), "--name", "s", "--rate", "12")
                        .err())
                .contains("12 samples a second: expected 1000 to 768000");
    }
}
