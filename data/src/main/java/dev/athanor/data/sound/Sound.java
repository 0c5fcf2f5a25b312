package dev.athanor.data.sound;

import java.time.Duration;

/// A sound of one channel in memory.
///
/// @param rate samples a second
/// @param samples from -1 to 1; not copied, so do not change it
public record Sound(int rate, float[] samples) {
    public Sound {
        if (rate < 1) {
            throw new IllegalArgumentException("a sound at %d samples a second: expected 1 or more".formatted(rate));
        }
    }

    public Duration length() {
        return Duration.ofNanos(Math.round(samples.length * 1e9 / rate));
    }

    /// The largest distance from zero.
    public float peak() {
        float peak = 0;
        for (float sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }
}
