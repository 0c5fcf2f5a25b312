package dev.athanor.data.sound;

import java.time.Duration;

/// Lets a sound come from silence and go into it, along half a cosine.
///
/// @param in how long it comes; at most half of the sound is taken
/// @param out how long it goes; the same
public record Fade(Duration in, Duration out) {
    public Fade {
        if (in.isNegative() || out.isNegative()) {
            throw new IllegalArgumentException("a fade of %s and %s: expected no time or more".formatted(in, out));
        }
    }

    /// Five milliseconds on both sides: no click is heard, and no consonant is lost.
    public static Fade soft() {
        return new Fade(Duration.ofMillis(5), Duration.ofMillis(5));
    }

    public Sound apply(Sound sound) {
        float[] samples = sound.samples().clone();
        int come = samples(in, sound);
        int go = samples(out, sound);
        for (int i = 0; i < come; i++) {
            samples[i] *= rise(i, come);
        }
        for (int i = 0; i < go; i++) {
            samples[samples.length - 1 - i] *= rise(i, go);
        }
        return new Sound(sound.rate(), samples);
    }

    private static int samples(Duration time, Sound sound) {
        return (int) Math.min(sound.samples().length / 2, Math.round(time.toNanos() * 1e-9 * sound.rate()));
    }

    private static float rise(int i, int length) {
        return (float) (0.5 - 0.5 * Math.cos(Math.PI * (i + 0.5) / length));
    }
}
