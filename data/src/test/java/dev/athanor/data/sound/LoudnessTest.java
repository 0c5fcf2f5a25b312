package dev.athanor.data.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class LoudnessTest {
    @ParameterizedTest
    @ValueSource(ints = {8000, 16_000, 22_050, 44_100, 48_000, 96_000})
    void a_sine_of_997_hertz_at_full_scale_has_the_loudness_that_the_standard_names(int rate) {
        Sound half = Golden.tones(rate, 2 * rate, 997); // an amplitude of 1/2: 6.02 dB less
        assertThat(Loudness.of(half).lufs()).isCloseTo(-3.01 - 6.02, within(0.05));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void it_agrees_with_the_coefficients_of_the_standard(int number) {
        JsonNode expected = Golden.VALUES.at("/loudness").get(number);
        double[] steps = Golden.numbers(expected.get("steps"));
        Sound sound = Golden.tones(48_000, 48_000 * steps.length, Golden.numbers(expected.get("frequencies")));
        for (int i = 0; i < sound.samples().length; i++) {
            sound.samples()[i] *= (float) Math.pow(10, steps[i / 48_000] / 20);
        }
        assertThat(Loudness.of(sound).lufs()).isCloseTo(expected.get("lufs").asDouble(), within(0.001));
    }

    @Test
    void silence_between_words_does_not_count() {
        Sound word = Golden.tones(8000, 8000, 997);
        Sound spoken = new Joint.Gap(Duration.ofSeconds(8)).join(List.of(word, word));
        assertThat(Loudness.of(spoken).lufs()).isCloseTo(Loudness.of(word).lufs(), within(1.0)); // 7 without the gates
    }

    @Test
    void a_sound_shorter_than_a_block_has_a_loudness_too() {
        assertThat(Loudness.of(Golden.tones(8000, 1600, 997)).lufs()).isCloseTo(-9.03, within(0.2));
    }

    @Test
    void the_peak_lies_between_the_samples() {
        // A quarter of the rate, met at 45 degrees: each sample is at 0.7071 of the wave's height.
        float[] samples = new float[8000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) Math.sin(Math.PI / 2 * i + Math.PI / 4);
        }
        assertThat(new Sound(8000, samples).peak()).isCloseTo(0.7071f, within(1e-4f));
        assertThat(Loudness.of(new Sound(8000, samples)).peak()).isBetween(-0.1, 0.3); // the ends ring
    }

    @Test
    void a_sound_comes_to_the_target() {
        Sound normalised = Loudness.normalise(Golden.tones(16_000, 16_000, 300, 2000), -23);
        assertThat(Loudness.of(normalised).lufs()).isCloseTo(-23, within(0.01));
    }

    @Test
    void a_sound_with_high_peaks_stays_quieter_and_is_not_clipped() {
        float[] samples = new float[16_000];
        for (int i = 100; i < samples.length; i += 2000) {
            samples[i] = 0.5f;
        }
        Loudness after = Loudness.of(Loudness.normalise(new Sound(16_000, samples), -12));
        assertThat(after.peak()).isCloseTo(-1, within(0.01));
        assertThat(after.lufs()).isLessThan(-20);
    }

    @Test
    void silence_has_no_loudness_and_stays_as_it_is() {
        Sound silence = new Sound(8000, new float[8000]);
        assertThat(Loudness.of(silence).isSilence()).isTrue();
        assertThat(Loudness.normalise(silence, -23).samples()).containsOnly(0);
        float[] constant = new float[80_000];
        Arrays.fill(constant, 0.2f); // a microphone that is off, with an offset
        assertThat(Loudness.of(new Sound(8000, constant)).isSilence()).isTrue();
        assertThat(Loudness.of(new Sound(8000, new float[0])).isSilence()).isTrue();
    }
}
