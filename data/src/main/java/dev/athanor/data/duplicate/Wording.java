package dev.athanor.data.duplicate;

import java.util.Arrays;

/// The words of a text and where they stand: what is between blanks, letter for letter. Each character, and each
/// mark, of a script that sets no blanks is a word by itself.
final class Wording {
    /// Any odd multiplier does for a polynomial modulo 2^64 whose terms are mixed well; this is the golden ratio's.
    private static final long RUN = 0x9E3779B97F4A7C15L;

    private final String text;
    private int[] begin = new int[64];
    private int[] end = new int[64];
    private int count;
    /// Where characters stand that take two places.
    private int[] wide = {};
    private int wides;

    private Wording(String text) {
        this.text = text;
    }

    static Wording of(String text) {
        Wording words = new Wording(text);
        int start = -1;
        int next;
        for (int i = 0; i < text.length(); i = next) {
            int c = text.codePointAt(i);
            next = i + Character.charCount(c);
            if (next == i + 2) {
                words.addWide(i);
            }
            boolean alone = isAlone(c);
            boolean blank = Character.isWhitespace(c) || c == 0xA0;
            if (start >= 0 && (alone || blank)) {
                words.add(start, i);
                start = -1;
            }
            if (alone) {
                words.add(i, next);
            } else if (start < 0 && !blank) {
                start = i;
            }
        }
        if (start >= 0) {
            words.add(start, text.length());
        }
        return words;
    }

    private void add(int from, int to) {
        if (count == begin.length) {
            begin = Arrays.copyOf(begin, 2 * count);
            end = Arrays.copyOf(end, 2 * count);
        }
        begin[count] = from;
        end[count++] = to;
    }

    private void addWide(int at) {
        if (wides == wide.length) {
            wide = Arrays.copyOf(wide, Math.max(8, 2 * wides));
        }
        wide[wides++] = at;
    }

    /// The punctuation of East Asia beside the letters: no blank stands at it either.
    private static boolean isAlone(int c) {
        return c > 0x7F && c != 0x3000 && (Letters.isAlone(c) || c > 0x3000 && c < 0x3040 || c > 0xFF00 && c < 0xFF66);
    }

    String text() {
        return text;
    }

    int count() {
        return count;
    }

    int begin(int word) {
        return begin[word];
    }

    int end(int word) {
        return end[word];
    }

    /// Whether a word needs no blank beside it.
    boolean isAlone(int word, Side side) {
        return isAlone(side == Side.LEFT ? text.codePointAt(begin[word]) : text.codePointBefore(end[word]));
    }

    enum Side {
        LEFT,
        RIGHT
    }

    /// How many characters, as people count them, stand before a place of the text.
    int characters(int place) {
        int found = Arrays.binarySearch(wide, 0, wides, place);
        return place - (found < 0 ? -found - 1 : found);
    }

    /// One number for each run of so many words, by its first; none where there are fewer.
    long[] runs(int words) {
        if (count < words) {
            return new long[0];
        }
        long gone = 1; // what the oldest word counts when it leaves
        for (int i = 0; i < words; i++) {
            gone *= RUN;
        }
        long[] single = new long[count];
        long[] runs = new long[count - words + 1];
        long hash = 0;
        for (int i = 0; i < count; i++) {
            single[i] = hash(i);
            hash = hash * RUN + single[i] - (i < words ? 0 : single[i - words] * gone);
            if (i >= words - 1) {
                runs[i - words + 1] = Mixing.of(hash);
            }
        }
        return runs;
    }

    private long hash(int word) {
        long hash = 0;
        for (int at = begin[word]; at < end[word]; at++) {
            hash = hash * 0x100000001b3L + text.charAt(at) + 1;
        }
        return Mixing.of(hash);
    }

    /// How many words are the same from one of this text and one of another on.
    int common(int word, Wording other, int from) {
        int most = Math.min(count - word, other.count - from);
        int same = 0;
        while (same < most && isSame(word + same, other, from + same)) {
            same++;
        }
        return same;
    }

    private boolean isSame(int word, Wording other, int from) {
        int length = end[word] - begin[word];
        return length == other.end[from] - other.begin[from]
                && text.regionMatches(begin[word], other.text, other.begin[from], length);
    }
}
