package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.Wav;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodecCommandsTest {
    private static Command command;

    /// Twelve short tones of two kinds, and a codec that has hardly learnt them.
    @BeforeAll
    static void train(@TempDir Path folder) throws IOException {
        command = new Command(folder);
        Path source = folder.resolve("tones");
        for (int i = 0; i < 12; i++) {
            float[] samples = new float[1600];
            for (int at = 0; at < samples.length; at++) {
                samples[at] = (float) (0.3 * Math.sin((i % 2 == 0 ? 0.2 : 0.5) * at) * Math.exp(-at / 800.0));
            }
            Path file = source.resolve("%s/%d.wav".formatted(i % 2 == 0 ? "low" : "high", i));
            Files.createDirectories(file.getParent());
            Files.write(file, Wav.write(new Sound(8000, samples)));
        }
        command.done("data", "import", source.toString(), "--name", "tones");
        command.done(
                "train",
                "audio-codec",
                "--data",
                "tones",
                "--name",
                "voice",
                "--set",
                "training.steps=4",
                "--set",
                "training.batch=4",
                "--set",
                "model.width=16",
                "--set",
                "model.layers=1",
                "--set",
                "model.levels=[5, 3]");
    }

    @Test
    void a_codec_speaks_by_label_and_what_it_says_leads_back() {
        assertThat(command.done("models", "show", "voice").out()).contains("audio-codec", "tones@1");
        Command.Answer made =
                command.done("generate", "voice", "--label", "label=low", "--count", "2", "--seed", "3", "--flac");
        assertThat(made.out().lines()).hasSize(2).allMatch(line -> line.endsWith(".flac"));
        String traced = command.done("trace", made.out().lines().findFirst().orElseThrow())
                .out();
        assertThat(traced)
                .contains("model    voice", "field    label: low", "seed     3")
                .doesNotContain("sampler");
    }

    @Test
    void the_report_of_a_codec_says_how_much_is_lost_of_a_sound() {
        assertThat(command.done("evaluate", "voice", "--split", "train", "--samples", "8")
                        .out())
                .contains("mean absolute error of reconstruction");
        assertThat(command.run("evaluate", "voice", "--split", "train", "--steps", "5")
                        .err())
                .contains("leave out --steps");
    }

    @Test
    void what_a_codec_cannot_do_is_refused() throws IOException {
        assertThat(command.run("generate", "voice", "--animation").err())
                .contains("the model voice makes sounds, and an animation shows pictures: leave out --animation");
        assertThat(command.run("generate", "voice", "--sampler", "ddim").err())
                .contains(
                        "the model voice is an audio-codec, which writes codes one by one and knows no way out of noise: leave out --sampler");
        assertThat(command.run("generate", "voice", "--steps", "5").err()).contains("leave out --steps");
        assertThat(command.run("generate", "voice", "--label", "label=lo").err())
                .contains("label \"lo\" was not learnt", "low");
        Path picture = command.folder().resolve("p.png");
        Files.write(picture, Png.write(new Image(2, 2, 1, new byte[4])));
        assertThat(command.run("edit", "voice", picture.toString()).err())
                .contains("the model voice is an audio-codec, which makes sounds");
    }
}
