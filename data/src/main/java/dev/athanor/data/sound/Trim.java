package dev.athanor.data.sound;

import java.time.Duration;
import java.util.Arrays;

/// Cuts silence off both ends.
///
/// @param below what counts as silence: decibels below the loudest 20 milliseconds
/// @param margin that stays in front and behind
public record Trim(double below, Duration margin) {
    private static final double WINDOW = 0.02;
    private static final double STEP = 0.005;

    public Trim {
        if (below <= 0 || margin.isNegative()) {
            throw new IllegalArgumentException(
                    "silence %s dB below the loudest place with a margin of %s: expected numbers above 0, 40 dB and 20 ms for example"
                            .formatted(below, margin));
        }
    }

    /// 40 dB and 20 milliseconds: soft beginnings of words stay.
    public static Trim usual() {
        return new Trim(40, Duration.ofMillis(20));
    }

    /// The sound between; silence alone stays as it is.
    public Sound apply(Sound sound) {
        int window = Math.max(1, (int) (WINDOW * sound.rate()));
        int step = Math.max(1, (int) (STEP * sound.rate()));
        double[] power = power(sound.samples(), window, step);
        double gate = Arrays.stream(power).max().orElse(0) * Math.pow(10, -below / 10);
        int first = 0;
        int last = power.length - 1;
        while (first < last && power[first] < gate) {
            first++;
        }
        while (first < last && power[last] < gate) {
            last--;
        }
        int keep = (int) (margin.toNanos() * 1e-9 * sound.rate());
        int from = Math.max(0, first * step - keep);
        int to = Math.min(sound.samples().length, last * step + window + keep);
        return gate == 0 ? sound : new Sound(sound.rate(), Arrays.copyOfRange(sound.samples(), from, to));
    }

    private static double[] power(float[] samples, int window, int step) {
        double[] power = new double[Math.max(1, (samples.length - window + step - 1) / step + 1)];
        for (int i = 0; i < power.length; i++) {
            int end = Math.min(samples.length, i * step + window);
            for (int j = i * step; j < end; j++) {
                power[i] += samples[j] * samples[j];
            }
            power[i] /= window;
        }
        return power;
    }
}
