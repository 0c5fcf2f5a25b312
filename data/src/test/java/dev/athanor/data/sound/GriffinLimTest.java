package dev.athanor.data.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.athanor.data.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GriffinLimTest {
    private static final MelSettings SETTINGS = MelSettings.of8000();

    /// A voice-like sound: pulses 100 to 140 times a second through two resonances.
    private static Sound voice(int count) {
        float[] samples = new float[count];
        double phase = 0;
        double[] state = new double[4];
        for (int i = 0; i < count; i++) {
            phase += (100 + 40.0 * i / count) / 8000;
            double pulse = phase >= 1 ? 1 : 0;
            phase -= pulse;
            double first = pulse + 1.86 * state[0] - 0.96 * state[1];
            double second = first + 0.9 * state[2] - 0.94 * state[3];
            state[1] = state[0];
            state[0] = first;
            state[3] = state[2];
            state[2] = second;
            samples[i] = (float) (0.02 * second);
        }
        return new Sound(8000, samples);
    }

    private static float[][] magnitudes(Sound sound) {
        return new ShortTimeFourier(512, 128).spectrum(sound.samples()).magnitudes();
    }

    /// How far the strengths of a sound's frequencies are from the wanted ones, as a share of these: spectral
    /// convergence.
    private static double distance(float[][] wanted, Sound sound) {
        float[][] got = magnitudes(sound);
        double error = 0;
        double size = 0;
        for (int k = 0; k < wanted.length; k++) {
            for (int t = 0; t < wanted[k].length; t++) {
                error += Math.pow(got[k][t] - wanted[k][t], 2);
                size += Math.pow(wanted[k][t], 2);
            }
        }
        return Math.sqrt(error / size);
    }

    private static double distance(int iterations, double momentum) {
        float[][] wanted = magnitudes(voice(8192));
        return distance(wanted, new GriffinLim(iterations, momentum, new Seed(1)).sound(wanted, SETTINGS));
    }

    // librosa 0.11.0 reaches 0.03 to 0.07 in 32 turns with momentum on four spoken digits, 0.06 to 0.13 without.
    @Test
    void thirty_two_turns_find_a_sound_with_the_wanted_strengths() {
        assertThat(distance(0, 0)).isGreaterThan(0.4);
        assertThat(distance(32, 0.99)).isLessThan(0.12);
    }

    @Test
    void more_turns_and_momentum_bring_it_nearer() {
        assertThat(distance(32, 0)).isLessThan(distance(8, 0));
        assertThat(distance(32, 0.99)).isLessThan(0.8 * distance(32, 0));
        assertThat(distance(100, 0.99)).isLessThan(distance(32, 0.99));
    }

    @Test
    void a_sound_comes_back_from_its_picture() {
        Sound voice = voice(8192);
        Sound back = GriffinLim.usual(new Seed(1)).sound(Spectrogram.of(voice, SETTINGS));
        assertThat(back.rate()).isEqualTo(8000);
        assertThat(back.samples()).hasSize(8192).hasSize(SETTINGS.samples(65));
        // The bands no longer tell every frequency, so this is what is lost in them.
        assertThat(distance(magnitudes(voice), back)).isLessThan(0.45);
        assertThat(Loudness.of(back).lufs() - Loudness.of(voice).lufs()).isBetween(-2.0, 2.0);
    }

    @Test
    void the_same_seed_gives_the_same_sound_and_another_another() {
        Spectrogram picture = Spectrogram.of(voice(4000), SETTINGS);
        float[] first = GriffinLim.usual(new Seed(1)).sound(picture).samples();
        assertThat(GriffinLim.usual(new Seed(1)).sound(picture).samples()).isEqualTo(first);
        assertThat(Arrays.equals(GriffinLim.usual(new Seed(2)).sound(picture).samples(), first))
                .isFalse();
    }

    @Test
    void silence_stays_silence() {
        Spectrogram picture = Spectrogram.of(new Sound(8000, new float[2000]), SETTINGS);
        assertThat(GriffinLim.usual(new Seed(1)).sound(picture).samples()).containsOnly(0);
    }

    @Test
    void a_single_frame_has_no_length() {
        Spectrogram picture = Spectrogram.of(new Sound(8000, new float[2]), SETTINGS);
        assertThat(GriffinLim.usual(new Seed(1)).sound(picture).samples()).isEmpty();
    }

    @Test
    void turns_and_momentum_that_cannot_be_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GriffinLim(32, 1, new Seed(1)))
                .withMessage(
                        "32 turns with a momentum of 1.0: expected 0 or more, and from 0 to below 1, 32 and 0.99 for example");
    }
}
