package dev.athanor.data.label;

import dev.athanor.data.Sample;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// When a labelling function votes, and what for; where it does not, it abstains.
public sealed interface Rule {

    /// The label that the sample gets of this rule.
    ///
    /// @throws Exhausted where a pattern takes more looks at the text than it may
    Optional<String> vote(Sample sample);

    /// A pattern took more looks at a text than it may.
    final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Exhausted() {
            super("the pattern takes too long on this text", null, false, false);
        }
    }

    /// Where a regular expression is found in the text.
    record Match(Pattern pattern, String label) implements Rule {
        @Override
        public Optional<String> vote(Sample sample) {
            try {
                return when(pattern.matcher(new CountedText(sample.text())).find(), label);
            } catch (StackOverflowError _) { // java.util.regex recurses in alternatives that repeat
                throw new Exhausted();
            }
        }
    }

    /// Where one of these words is in the text, in capitals or not. A word that begins or ends with a
    /// letter or digit of a script with spaces must begin or end there in the text as well: "art" is not
    /// in "start", "退款" is in "我要退款".
    record Words(List<String> words, String label) implements Rule {
        public Words {
            words = words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
        }

        @Override
        public Optional<String> vote(Sample sample) {
            String text = sample.text().toLowerCase(Locale.ROOT);
            return when(words.stream().anyMatch(word -> isIn(text, word)), label);
        }

        private static boolean isIn(String text, String word) {
            for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
                int end = at + word.length();
                if (!(at > 0 && isSpaced(text.codePointBefore(at)) && isSpaced(word.codePointAt(0)))
                        && !(end < text.length()
                                && isSpaced(text.codePointAt(end))
                                && isSpaced(word.codePointBefore(word.length())))) {
                    return true;
                }
            }
            return false;
        }

        private static boolean isSpaced(int codePoint) {
            return Character.isLetterOrDigit(codePoint) && !Scripts.isUnspaced(codePoint);
        }
    }

    /// Where the text has from `shortest` to `longest` characters (code points).
    record Length(int shortest, int longest, String label) implements Rule {
        @Override
        public Optional<String> vote(Sample sample) {
            int length = sample.text().codePointCount(0, sample.text().length());
            return when(length >= shortest && length <= longest, label);
        }
    }

    /// What stands in another column: the prediction of a model, or what a person said.
    record Column(String field) implements Rule {
        @Override
        public Optional<String> vote(Sample sample) {
            return Optional.ofNullable(sample.fields().get(field)).filter(value -> !value.isBlank());
        }
    }

    /// Another rule that looks at a field instead of the text, or at `_origin`, the file that the sample comes from.
    record In(String place, Rule rule) implements Rule {
        public static final String ORIGIN = "_origin";

        @Override
        public Optional<String> vote(Sample sample) {
            String read =
                    place.equals(ORIGIN) ? sample.origin() : sample.fields().getOrDefault(place, "");
            return read.isEmpty() ? Optional.empty() : rule.vote(sample.withText(read));
        }
    }

    private static Optional<String> when(boolean holds, String label) {
        return holds ? Optional.of(label) : Optional.empty();
    }
}
