package dev.athanor.data.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ResamplerTest {
    private static Sound sine(int rate, double frequency) {
        return Golden.tones(rate, rate / 2, frequency);
    }

    private static float[] middle(float[] samples) {
        return Arrays.copyOfRange(samples, samples.length / 4, samples.length * 3 / 4);
    }

    private static double decibels(float[] samples, float[] expected) {
        double error = 0;
        double power = 0;
        for (int i = 0; i < samples.length; i++) {
            error += Math.pow(samples[i] - expected[i], 2);
            power += Math.pow(expected[i], 2);
        }
        return 10 * Math.log10(error / power);
    }

    @ParameterizedTest
    @CsvSource({
        "44100, 8000",
        "48000, 16000",
        "8000, 22050",
        "22050, 8000",
        "16000, 44100",
        "96000, 22050",
        "8000, 8001"
    })
    void a_sine_stays_that_sine_to_90_decibels(int from, int to) {
        double frequency = 0.85 * Math.min(from, to) / 2;
        Sound resampled = new Resampler(from, to).resample(sine(from, frequency));
        float[] expected =
                Golden.tones(to, resampled.samples().length, frequency).samples();
        assertThat(decibels(middle(resampled.samples()), middle(expected))).isLessThan(-90);
    }

    @ParameterizedTest
    @CsvSource({"44100, 8000, 4100", "44100, 16000, 11000", "48000, 22050, 20000", "96000, 44100, 40000"})
    void what_the_new_rate_cannot_carry_is_gone_and_not_folded_back(int from, int to, double frequency) {
        float[] rest =
                middle(new Resampler(from, to).resample(sine(from, frequency)).samples());
        double power = 0;
        for (float sample : rest) {
            power += sample * sample;
        }
        // The sine had a power of 1/8.
        assertThat(10 * Math.log10(power / rest.length / 0.125)).isLessThan(-85);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3"})
    void it_agrees_with_sox_where_both_let_pass(int number) {
        JsonNode expected = Golden.VALUES.at("/resampled").get(number);
        int from = expected.get("from").asInt();
        int to = expected.get("to").asInt();
        Sound sound = Golden.tones(from, from / 4, 300, 0.8 * Math.min(from, to) / 2);
        float[] resampled = new Resampler(from, to).resample(sound).samples();
        double[] values = Golden.numbers(expected.get("every4th"));
        // SoX itself is up to 7e-5 off the sines.
        for (int i = 0; i < values.length; i++) {
            assertThat((double) resampled[expected.get("start").asInt() + 4 * i])
                    .isCloseTo(values[i], within(1e-4));
        }
    }

    @Test
    void the_length_in_seconds_stays() {
        assertThat(new Resampler(44_100, 8000)
                        .resample(new Sound(44_100, new float[44_100]))
                        .samples())
                .hasSize(8000);
        assertThat(new Resampler(8000, 44_100)
                        .resample(new Sound(8000, new float[1]))
                        .samples())
                .hasSize(6);
        assertThat(new Resampler(8000, 44_100)
                        .resample(new Sound(8000, new float[0]))
                        .samples())
                .isEmpty();
    }

    @Test
    void a_constant_stays_that_constant() {
        float[] ones = new float[2000];
        Arrays.fill(ones, 0.5f);
        for (float sample : middle(
                new Resampler(16_000, 22_050).resample(new Sound(16_000, ones)).samples())) {
            assertThat(sample).isCloseTo(0.5f, within(1e-6f));
        }
    }

    @Test
    void a_sound_of_another_rate_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Resampler(16_000, 8000).resample(new Sound(44_100, new float[4])))
                .withMessage("a sound at 44100 samples a second, and this resampler takes 16000");
    }
}
