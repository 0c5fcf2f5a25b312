package dev.athanor.data;

import java.util.Optional;

/// How samples are divided into train, validation and test.
public sealed interface SplitPlan {

    /// The field that it needs, where it needs one.
    default Optional<String> needs() {
        return switch (this) {
            case Group(String field, var _, var _) -> Optional.of(field);
            case Stratified(String field, var _, var _) -> Optional.of(field);
            case Time(String field, var _) -> Optional.of(field);
            case Random _, Sequential _, Given _, Automatic _ -> Optional.empty();
        };
    }

    /// The shares that it aims at; none where it is given which sample goes where.
    default Optional<Shares> aim() {
        return switch (this) {
            case Random(var _, Shares shares) -> Optional.of(shares);
            case Automatic(var _, Shares shares) -> Optional.of(shares);
            case Group(var _, var _, Shares shares) -> Optional.of(shares);
            case Stratified(var _, var _, Shares shares) -> Optional.of(shares);
            case Time(var _, Shares shares) -> Optional.of(shares);
            case Sequential(Shares shares) -> Optional.of(shares);
            case Given() -> Optional.empty();
        };
    }

    /// Whether a sample's own content decides where it goes.
    default boolean isByContent() {
        return switch (this) {
            case Random _, Stratified _, Automatic _ -> true;
            case Group _, Time _, Sequential _, Given _ -> false;
        };
    }

    /// Shares of the whole that add up to 1.
    record Shares(double train, double validation, double test) {
        /// Eight tenths, one tenth, one tenth.
        public static final Shares USUAL = new Shares(0.8, 0.1, 0.1);

        public Shares {
            if (!(train >= 0 && validation >= 0 && test >= 0)
                    || Math.abs(train + validation + test - 1) > 1e-9
                    || train == 0) {
                throw new IllegalArgumentException(
                        "shares %s/%s/%s: give three numbers from 0 that add up to 1, the first above 0, for example 0.8/0.1/0.1"
                                .formatted(train, validation, test));
            }
        }

        public double of(Split split) {
            return switch (split) {
                case TRAIN -> train;
                case VALIDATION -> validation;
                case TEST -> test;
            };
        }

        /// Where a number from 0 to below 1 falls.
        Split at(double position) {
            if (position < train) {
                return Split.TRAIN;
            }
            return position < train + validation || test == 0 ? Split.VALIDATION : Split.TEST;
        }

        /// Reads `0.8/0.1/0.1`.
        public static Shares parse(String text) {
            String[] parts = text.split("/");
            try {
                if (parts.length == 3) {
                    return new Shares(
                            Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
                }
            } catch (NumberFormatException notANumber) {
                throw new IllegalArgumentException(
                        "shares \"%s\": give three numbers, for example 0.8/0.1/0.1".formatted(text), notANumber);
            }
            throw new IllegalArgumentException(
                    "shares \"%s\": give three numbers, for example 0.8/0.1/0.1".formatted(text));
        }
    }

    /// By chance, the same for the same text and seed: equal texts stay together, and new samples move no old one.
    record Random(Seed seed, Shares shares) implements SplitPlan {}

    /// By chance, whole groups of samples with the same value of a field together.
    record Group(String field, Seed seed, Shares shares) implements SplitPlan {}

    /// By chance, so that every value of a field has the same shares in all parts, as far as it has samples enough.
    record Stratified(String field, Seed seed, Shares shares) implements SplitPlan {}

    /// By a field that says when: the oldest to learn from, the newest to test with, as a model will be asked that
    /// is trained today. What is of one moment stays together.
    record Time(String field, Shares shares) implements SplitPlan {}

    /// By position: the first part, the middle, the end. A sample that lies across a border is cut there.
    record Sequential(Shares shares) implements SplitPlan {}

    /// As the source says, by file name or column; samples of unnamed splits go to train.
    record Given() implements SplitPlan {}

    /// [Sequential] where one sample holds more than a twentieth of all characters (of a large set: of those in
    /// its first 64 MB), else [Random].
    record Automatic(Seed seed, Shares shares) implements SplitPlan {}
}
