package dev.athanor.data;

import java.util.List;

/// Which sample of a group of duplicates stays, within the split whose samples stay. Of equally good ones it is
/// the first.
public sealed interface Keep {
    /// The words for those that name no field.
    List<String> WORDS = List.of("first", "longest", "best");

    /// The first, in the order of the dataset.
    record First() implements Keep {
        @Override
        public String word() {
            return "first";
        }
    }

    /// The text with most characters, the picture or sound with most bytes.
    record Longest() implements Keep {
        @Override
        public String word() {
            return "longest";
        }
    }

    /// What a data team would rather learn from.
    ///
    /// Of texts that which fewest of three sets of rules find fault with (`repetition`, `quality` and `fineweb`
    /// of the cleaning, as they usually are); of equally faultless ones that with most fields filled, and then
    /// the longest. Of pictures that with most pixels, then with most bytes. Of sounds that of the highest
    /// rate, then the longest.
    record Best() implements Keep {
        @Override
        public String word() {
            return "best";
        }
    }

    /// That with the greatest number in a field. What is no number counts less than every number.
    record Greatest(String field) implements Keep {
        @Override
        public String word() {
            return "best:" + field;
        }
    }

    /// As it is written on the command line.
    String word();

    /// What a word says: `first`, `longest`, `best` or `best:FIELD`.
    ///
    /// @throws IllegalArgumentException for any other, with the nearest
    static Keep of(String word) {
        return switch (word) {
            case "first" -> new First();
            case "longest" -> new Longest();
            case "best" -> new Best();
            default -> {
                if (!word.startsWith("best:") || word.length() == "best:".length()) {
                    throw new IllegalArgumentException(
                            "\"%s\" does not say which one stays%s: expected first, longest, best, or best:FIELD, where the greatest number in a field is best"
                                    .formatted(word, Nearest.hint(word, WORDS)));
                }
                yield new Greatest(word.substring("best:".length()));
            }
        };
    }
}
