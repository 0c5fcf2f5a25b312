package dev.athanor.data.sound;

import java.time.Duration;
import java.util.List;

/// How several sounds become one, as three, one and four become "three one four".
public sealed interface Joint {
    /// The end of one under the beginning of the next, with the same power throughout.
    ///
    /// @param length of the overlap; at most half of the shorter sound is taken
    record CrossFade(Duration length) implements Joint {
        public CrossFade {
            if (length.isNegative()) {
                throw new IllegalArgumentException("an overlap of %s: expected no time or more".formatted(length));
            }
        }
    }

    /// Silence between, into which each sound goes softly.
    record Gap(Duration length) implements Joint {
        public Gap {
            if (length.isNegative()) {
                throw new IllegalArgumentException("a gap of %s: expected no time or more".formatted(length));
            }
        }
    }

    /// @param sounds one or more, all at one rate
    default Sound join(List<Sound> sounds) {
        if (sounds.isEmpty()) {
            throw new IllegalArgumentException("no sounds to join: expected one or more");
        }
        Sound joined = sounds.getFirst();
        for (Sound next : sounds.subList(1, sounds.size())) {
            if (next.rate() != joined.rate()) {
                throw new IllegalArgumentException(
                        "sounds at %d and %d samples a second do not join: bring them to one rate with a Resampler"
                                .formatted(joined.rate(), next.rate()));
            }
            joined = switch (this) {
                case CrossFade(Duration length) -> crossed(joined, next, samples(length, joined));
                case Gap(Duration length) -> apart(joined, next, samples(length, joined));
            };
        }
        return joined;
    }

    private static int samples(Duration time, Sound sound) {
        return Math.toIntExact(Math.round(time.toNanos() * 1e-9 * sound.rate()));
    }

    private static Sound crossed(Sound first, Sound second, int wanted) {
        float[] a = first.samples();
        float[] b = second.samples();
        int overlap = Math.min(wanted, Math.min(a.length, b.length) / 2);
        float[] samples = new float[a.length + b.length - overlap];
        System.arraycopy(a, 0, samples, 0, a.length);
        System.arraycopy(b, overlap, samples, a.length, b.length - overlap);
        for (int i = 0; i < overlap; i++) {
            double angle = Math.PI / 2 * (i + 0.5) / overlap; // the squares of sine and cosine sum to 1
            int at = a.length - overlap + i;
            samples[at] = (float) (a[at] * Math.cos(angle) + b[i] * Math.sin(angle));
        }
        return new Sound(first.rate(), samples);
    }

    private static Sound apart(Sound first, Sound second, int gap) {
        float[] a = new Fade(Duration.ZERO, Fade.soft().out()).apply(first).samples();
        float[] b = new Fade(Fade.soft().in(), Duration.ZERO).apply(second).samples();
        float[] samples = new float[a.length + gap + b.length];
        System.arraycopy(a, 0, samples, 0, a.length);
        System.arraycopy(b, 0, samples, a.length + gap, b.length);
        return new Sound(first.rate(), samples);
    }
}
