package dev.athanor.data.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Trimming, fading and joining.
class CuttingTest {
    private static final int RATE = 8000;

    /// A tone with faint noise around it.
    private static Sound spoken(int before, int tone, int behind) {
        Random random = new Random(1);
        float[] samples = new float[before + tone + behind];
        float[] middle = Golden.tones(RATE, tone, 440).samples();
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) random.nextGaussian() * 0.0005f;
        }
        System.arraycopy(middle, 0, samples, before, tone);
        return new Sound(RATE, samples);
    }

    @Test
    void silence_at_both_ends_is_cut_off_up_to_a_margin() {
        Sound trimmed = new Trim(40, Duration.ofMillis(20)).apply(spoken(4000, 2000, 8000));
        // 20 ms on each side, and at most a window of 20 ms more.
        assertThat(trimmed.samples().length).isBetween(2000 + 320, 2000 + 640);
        assertThat(trimmed.peak()).isCloseTo(0.5f, within(0.01f));
    }

    @Test
    void silence_in_the_middle_stays() {
        Sound two = new Joint.Gap(Duration.ofMillis(500)).join(List.of(spoken(0, 2000, 0), spoken(0, 2000, 0)));
        assertThat(Trim.usual().apply(two).samples()).hasSize(8000);
    }

    @Test
    void what_has_no_silence_or_nothing_else_stays() {
        Sound tone = Golden.tones(RATE, 1000, 440);
        assertThat(Trim.usual().apply(tone).samples()).hasSize(1000);
        assertThat(Trim.usual().apply(new Sound(RATE, new float[500])).samples())
                .hasSize(500);
        assertThat(Trim.usual().apply(new Sound(RATE, new float[] {0.5f})).samples())
                .hasSize(1);
        assertThat(Trim.usual().apply(new Sound(RATE, new float[0])).samples()).isEmpty();
    }

    @Test
    void a_trim_of_nothing_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Trim(-3, Duration.ZERO))
                .withMessageContaining("silence -3.0 dB below the loudest place")
                .withMessageContaining("expected numbers above 0");
    }

    @Test
    void a_fade_begins_and_ends_in_silence_and_leaves_the_middle() {
        Sound faded = Fade.soft().apply(Golden.tones(RATE, 800, 440));
        float[] before = Golden.tones(RATE, 800, 440).samples();
        assertThat(Math.abs(faded.samples()[0])).isLessThan(0.001f);
        assertThat(Math.abs(faded.samples()[799])).isLessThan(0.001f);
        for (int i = 40; i < 760; i++) {
            assertThat(faded.samples()[i]).isEqualTo(before[i]);
        }
    }

    @Test
    void a_cross_fade_keeps_the_power() {
        Random random = new Random(7);
        float[] a = new float[40_000];
        float[] b = new float[40_000];
        for (int i = 0; i < a.length; i++) {
            a[i] = (float) random.nextGaussian() * 0.1f;
            b[i] = (float) random.nextGaussian() * 0.1f;
        }
        float[] joined = new Joint.CrossFade(Duration.ofSeconds(2))
                .join(List.of(new Sound(RATE, a), new Sound(RATE, b)))
                .samples();
        assertThat(joined).hasSize(64_000);
        double power = 0;
        for (int i = 24_000; i < 40_000; i++) {
            power += joined[i] * joined[i] / 16_000.0;
        }
        assertThat(Math.sqrt(power)).isCloseTo(0.1, within(0.003));
    }

    @Test
    void three_sounds_with_gaps_follow_each_other() {
        Sound tone = Golden.tones(RATE, 800, 440);
        Sound joined = new Joint.Gap(Duration.ofMillis(100)).join(List.of(tone, tone, tone));
        assertThat(joined.samples()).hasSize(3 * 800 + 2 * 800);
        assertThat(joined.samples()[1200]).isZero();
        for (int i = 1; i < joined.samples().length; i++) { // no click: a sine of 440 Hz moves by 0.17 at most
            assertThat(Math.abs(joined.samples()[i] - joined.samples()[i - 1])).isLessThan(0.18f);
        }
    }

    @Test
    void an_overlap_longer_than_the_sounds_takes_half_of_the_shorter() {
        Sound joined = new Joint.CrossFade(Duration.ofSeconds(9))
                .join(List.of(Golden.tones(RATE, 100, 440), Golden.tones(RATE, 800, 440)));
        assertThat(joined.samples()).hasSize(850);
    }

    @Test
    void sounds_of_two_rates_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Joint.Gap(Duration.ZERO)
                        .join(List.of(Golden.tones(8000, 8, 440), Golden.tones(16_000, 8, 440))))
                .withMessageContaining("sounds at 8000 and 16000 samples a second do not join")
                .withMessageContaining("Resampler");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Joint.Gap(Duration.ZERO).join(List.of()))
                .withMessage("no sounds to join: expected one or more");
    }
}
