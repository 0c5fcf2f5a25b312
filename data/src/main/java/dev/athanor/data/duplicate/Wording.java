package dev.athanor.data.duplicate;

import dev.athanor.data.Mixing;
import dev.athanor.data.text.WordSpans;
import java.util.Arrays;
import java.util.stream.IntStream;

/// The words of a text and where they stand: what is between blanks, letter for letter. Each character, and each
/// mark, of a script that sets no blanks is a word by itself.
final class Wording {
    private final String text;
    private final WordSpans words;
    /// Where characters stand that take two places.
    private final int[] wide;

    private Wording(String text) {
        this.text = text;
        this.words = WordSpans.of(text, Wording::isAlone);
        this.wide = IntStream.range(0, text.length() - 1)
                .filter(at -> Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1)))
                .toArray();
    }

    static Wording of(String text) {
        return new Wording(text);
    }

    /// The punctuation of East Asia beside the letters: no blank stands at it either.
    private static boolean isAlone(int c) {
        return c != 0x3000 && (Letters.isAlone(c) || c > 0x3000 && c < 0x3040 || c > 0xFF00 && c < 0xFF66);
    }

    String text() {
        return text;
    }

    int count() {
        return words.count();
    }

    int begin(int word) {
        return words.begin(word);
    }

    int end(int word) {
        return words.end(word);
    }

    /// Whether a word needs no blank beside it.
    boolean isAlone(int word, Side side) {
        return isAlone(side == Side.LEFT ? text.codePointAt(begin(word)) : text.codePointBefore(end(word)));
    }

    enum Side {
        LEFT,
        RIGHT
    }

    /// How many characters, as people count them, stand before a place of the text.
    int characters(int place) {
        int found = Arrays.binarySearch(wide, place);
        return place - (found < 0 ? -found - 1 : found);
    }

    /// One number for each run of so many words, by its first; none where there are fewer.
    long[] runs(int length) {
        if (count() < length) {
            return new long[0];
        }
        long gone = 1; // what the oldest word counts when it leaves
        for (int i = 0; i < length; i++) {
            gone *= Mixing.BASE;
        }
        long[] single = new long[count()];
        long[] runs = new long[count() - length + 1];
        long hash = 0;
        for (int i = 0; i < single.length; i++) {
            single[i] = Mixing.of(words.hash(text, i));
            hash = hash * Mixing.BASE + single[i] - (i < length ? 0 : single[i - length] * gone);
            if (i >= length - 1) {
                runs[i - length + 1] = Mixing.of(hash);
            }
        }
        return runs;
    }

    /// How many words are the same from one of this text and one of another on.
    int common(int word, Wording other, int from) {
        int most = Math.min(count() - word, other.count() - from);
        int same = 0;
        while (same < most && isSame(word + same, other, from + same)) {
            same++;
        }
        return same;
    }

    private boolean isSame(int word, Wording other, int from) {
        int length = words.length(word);
        return length == other.words.length(from)
                && text.regionMatches(begin(word), other.text, other.begin(from), length);
    }
}
