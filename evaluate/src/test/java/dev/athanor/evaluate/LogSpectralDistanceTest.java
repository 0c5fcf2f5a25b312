package dev.athanor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogSpectralDistanceTest {
    @Test
    void equal_spectra_are_at_0() {
        float[][] spectrum = {{1, 0, 0.5f}, {0.1f, 0.2f, 0.3f}};
        assertThat(LogSpectralDistance.of(spectrum, spectrum)).isEqualTo(new LogSpectralDistance(0, 2));
    }

    @Test
    void ten_times_the_magnitude_is_20_decibels() {
        float[][] one = {{1, 2}, {3, 4}};
        float[][] louder = {{10, 20}, {30, 40}};
        assertThat(LogSpectralDistance.of(one, louder).decibels()).isCloseTo(20, within(1e-9));
    }

    @Test
    void squares_are_averaged_over_frequencies_and_roots_over_frames() {
        float[][] one = {{1, 1}, {1, 1}};
        float[][] other = {{10, 1}, {1, 1}};
        assertThat(LogSpectralDistance.of(one, other).decibels()).isCloseTo(Math.sqrt(400 / 2.0) / 2, within(1e-9));
    }

    @Test
    void silence_is_80_decibels_below_the_loudest_of_the_original() {
        float[][] one = {{1}, {1}};
        float[][] silent = {{0}, {1}};
        assertThat(LogSpectralDistance.of(one, silent).decibels()).isCloseTo(40, within(1e-9));
    }

    @Test
    void what_cannot_be_compared_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogSpectralDistance.of(new float[2][1], new float[1][1]))
                .withMessage("2 frames of the original and 1 of what was rebuilt from it: cut both to one length, at"
                        + " least one frame");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogSpectralDistance.of(new float[1][2], new float[1][1]))
                .withMessage("frame 0 has 2 frequencies in the original and 1 in what was rebuilt from it: transform"
                        + " both alike");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogSpectralDistance.of(new float[][] {{1}}, new float[][] {{Float.NaN}}))
                .withMessage("frequency 0 of frame 0 has magnitudes 1.0 and NaN: expected numbers from 0 up");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogSpectralDistance.of(new float[1][1], new float[1][1]))
                .withMessage("the original is silent in all 1 frames: no level to hold another against; leave such"
                        + " sounds out");
    }
}
