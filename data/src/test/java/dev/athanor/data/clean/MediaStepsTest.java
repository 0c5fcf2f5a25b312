package dev.athanor.data.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import dev.athanor.data.sound.Loudness;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.Wav;
import java.util.function.IntBinaryOperator;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class MediaStepsTest {
    private static byte[] picture(int width, int height, IntBinaryOperator grey) {
        byte[] pixels = new byte[width * height];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) grey.applyAsInt(i % width, i / width);
        }
        return Png.write(new Image(width, height, 1, pixels));
    }

    private static byte[] checks(int width, int height) {
        return picture(width, height, (x, y) -> (x / 4 + y / 4) % 2 * 200 + 20);
    }

    @Test
    void pictures_of_which_nothing_is_learnt_go() {
        assertThat(Treated.by(Pictures.USUAL, checks(32, 24))).isEmpty();
        assertThat(Treated.by(Pictures.USUAL, checks(32, 15))).isEqualTo("dropped: too small");
        assertThat(Treated.by(Pictures.USUAL, checks(100, 20))).isEqualTo("dropped: wrong shape");
        assertThat(Treated.by(Pictures.USUAL, picture(32, 32, (x, y) -> (x + y) % 2 * 39)))
                .isEqualTo("dropped: near-black");
        assertThat(Treated.by(Pictures.USUAL, picture(32, 32, (x, y) -> 4 * x + 2 * y)))
                .isEqualTo("dropped: blurred");
        assertThat(Treated.by(Pictures.USUAL, new byte[] {1, 2, 3})).isEqualTo("dropped: broken");
    }

    @Test
    void a_small_light_in_the_dark_is_a_picture() {
        assertThat(Treated.by(Pictures.USUAL, picture(32, 32, (x, y) -> x < 4 && y < 4 ? 255 : 0)))
                .isEmpty();
    }

    private static byte[] sound(double seconds, IntToDoubleFunction wave) {
        float[] samples = new float[(int) (seconds * 8000)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) wave.applyAsDouble(i);
        }
        return Wav.write(new Sound(8000, samples));
    }

    private static double tone(int i) {
        return 0.2 * Math.sin(0.37 * i);
    }

    @Test
    void sounds_of_which_nothing_is_learnt_go() {
        assertThat(Treated.by(Sounds.USUAL, sound(1, MediaStepsTest::tone))).isEmpty();
        assertThat(Treated.by(Sounds.USUAL, sound(0.05, MediaStepsTest::tone))).isEqualTo("dropped: too short");
        assertThat(Treated.by(new Sounds(0, 0.5, -50, -5, 1), sound(1, MediaStepsTest::tone)))
                .isEqualTo("dropped: too long");
        assertThat(Treated.by(Sounds.USUAL, sound(1, _ -> 0))).isEqualTo("dropped: silent");
        assertThat(Treated.by(Sounds.USUAL, sound(1, i -> 0.01 * tone(i)))).isEqualTo("dropped: too quiet");
        assertThat(Treated.by(Sounds.USUAL, sound(1, i -> Math.signum(tone(i)))))
                .isEqualTo("dropped: too loud");
        assertThat(Treated.by(Sounds.USUAL, new byte[] {1, 2, 3})).isEqualTo("dropped: broken");
    }

    @Test
    void clipping_is_found_however_quiet_it_was_made_afterwards() {
        Sound clipped = new Sound(8000, new float[8000]);
        for (int i = 0; i < 8000; i++) {
            clipped.samples()[i] = (float) Math.clamp(1.4 * Math.sin(0.05 * i), -1, 1);
        }
        Sound quiet = Loudness.normalise(clipped, -23);
        assertThat(Treated.by(Sounds.USUAL, Wav.write(quiet))).isEqualTo("dropped: clipped");
    }

    @Test
    void limits_between_which_nothing_is_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sounds(2, 1, -50, -5, 0))
                .withMessage("shortest 2.0 and longest 1.0: expected 0 or more seconds, and longest at least shortest");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pictures(0, 1, 1, 1))
                .withMessageContaining("smallest 0, darkest 1, sharpest 1.0, longest 1.0: expected at least 1");
    }
}
