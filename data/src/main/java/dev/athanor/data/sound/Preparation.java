package dev.athanor.data.sound;

/// What sounds are made into when they are imported; several channels always become one.
///
/// @param rate samples a second; [#AUTOMATIC]: the highest for which there are [MelSettings] that the first
///     sound has
public record Preparation(int rate, Level level, Ends ends) {
    public static final int AUTOMATIC = 0;

    /// For training: one rate, EBU R 128's loudness of -23 LUFS, and no silence at the ends.
    public static final Preparation USUAL =
            new Preparation(AUTOMATIC, new Level.Target(-23), new Ends.Cut(Trim.usual()));

    /// How loud sounds become.
    public sealed interface Level {
        /// As they are.
        record Own() implements Level {}

        /// @param lufs integrated loudness; sounds with high peaks stay quieter
        record Target(double lufs) implements Level {
            public Target {
                if (!(lufs >= -70 && lufs <= 0)) {
                    throw new IllegalArgumentException(
                            "a loudness of %s LUFS: expected -70 to 0, -23 for example".formatted(lufs));
                }
            }
        }
    }

    /// What happens to silence at the ends.
    public sealed interface Ends {
        /// It stays.
        record Own() implements Ends {}

        record Cut(Trim trim) implements Ends {}
    }

    public Preparation {
        if (rate != AUTOMATIC && (rate < Shape.LOWEST || rate > Shape.HIGHEST)) {
            throw new IllegalArgumentException("%d samples a second: expected %d to %d, 16000 for example"
                    .formatted(rate, Shape.LOWEST, Shape.HIGHEST));
        }
    }

    public Preparation withRate(int other) {
        return new Preparation(other, level, ends);
    }

    public Preparation withLevel(Level other) {
        return new Preparation(rate, other, ends);
    }

    public Preparation withEnds(Ends other) {
        return new Preparation(rate, level, other);
    }

    /// The rate for sounds of which the first has another.
    public int rate(int first) {
        if (rate != AUTOMATIC) {
            return rate;
        }
        return MelSettings.RATES.stream()
                .filter(known -> known <= first)
                .reduce((_, higher) -> higher)
                .orElse(MelSettings.RATES.getFirst());
    }
}
