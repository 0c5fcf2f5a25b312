package dev.athanor.data.duplicate;

import dev.athanor.data.Mixing;
import java.io.Serializable;
import java.util.Arrays;

/// Takes texts apart into runs of neighbouring words, shingles (Broder 1997, On the resemblance and containment
/// of documents): the share of those that two texts have in common is how alike they are. Case, punctuation,
/// blanks and full-width forms do not count.
///
/// A shingle is kept as 32 bits of a hash: of two texts with a thousand each, one in four thousand pairs has
/// two shingles that are taken for one, which is a thousandth of their similarity.
///
/// @param size words in a run; a text with fewer is one run
public record Shingles(Unit unit, int size) implements Serializable {
    /// As text-dedup's and datatrove's filters have it.
    public static final Shingles USUAL = new Shingles(Unit.WORDS, 5);

    private static final int LONGEST = 50;
    private static final long WORD = 0x9E3779B97F4A7C15L; // the golden ratio's: odd, its bits without pattern
    private static final long RUN = 0xD1342543DE82EF95L; // a multiplier of Steele and Vigna 2021, table 5

    /// What a word is.
    public enum Unit {
        /// Letters and digits up to the next other character; where a script sets no blanks (Chinese
        /// characters, kana, Thai, Lao, Khmer, Burmese) each character.
        WORDS,
        /// Each letter or digit.
        CHARACTERS
    }

    public Shingles {
        if (size < 1 || size > LONGEST) {
            throw new IllegalArgumentException(
                    "shingles of %d words: expected 1 to %d, 5 for example. Give it with --shingle"
                            .formatted(size, LONGEST));
        }
    }

    /// The hashes of all shingles in their order, with repetitions; none for a text without letter or digit.
    int[] of(String text) {
        Window window = new Window(size, text.length());
        long word = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            int c = text.charAt(i);
            if (Character.isHighSurrogate((char) c)) {
                c = text.codePointAt(i);
                i += c > 0xFFFF ? 1 : 0;
            }
            int letter = Letters.folded(c);
            boolean alone = letter > 0x7F && Letters.isAlone(letter) || unit == Unit.CHARACTERS && letter != 0;
            if (word != 0 && (letter == 0 || alone)) {
                window.add(word);
                word = 0;
            }
            if (alone) {
                window.add((WORD ^ letter) * RUN);
            } else if (letter != 0) {
                word = ((word == 0 ? WORD : word) ^ letter) * RUN;
            }
        }
        if (word != 0) {
            window.add(word);
        }
        return window.all();
    }

    /// The share of shingles in common, of all that either text has (Jaccard's coefficient).
    ///
    /// @param a sorted, none twice
    /// @param b sorted, none twice
    static double similarity(int[] a, int[] b) {
        int common = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            int x = a[i];
            int y = b[j];
            common += x == y ? 1 : 0;
            i += x <= y ? 1 : 0;
            j += y <= x ? 1 : 0;
        }
        int all = a.length + b.length - common;
        return all == 0 ? 0 : common / (double) all;
    }

    /// The same hashes sorted, each once.
    static int[] distinct(int[] shingles) {
        Arrays.sort(shingles);
        int count = 0;
        for (int i = 0; i < shingles.length; i++) {
            if (i == 0 || shingles[i] != shingles[i - 1]) {
                shingles[count++] = shingles[i];
            }
        }
        return Arrays.copyOf(shingles, count);
    }

    /// The last words and the hash of them all, which a new word changes and the one that leaves.
    private static final class Window {
        private final long[] words;
        private final long gone; // RUN to the power of the size: what the oldest word counts when it leaves
        private int at;
        private long hash;
        private int seen;
        private int[] shingles;
        private int count;

        Window(int size, int characters) {
            words = new long[size];
            shingles = new int[Math.max(4, characters / 4)];
            long power = 1;
            for (int i = 0; i < size; i++) {
                power *= RUN;
            }
            gone = power;
        }

        void add(long word) {
            hash = hash * RUN + word - words[at] * gone;
            words[at] = word;
            at = at + 1 == words.length ? 0 : at + 1;
            seen++;
            if (seen >= words.length) {
                if (count == shingles.length) {
                    shingles = Arrays.copyOf(shingles, 2 * count);
                }
                shingles[count++] = (int) (Mixing.of(hash) >>> 32);
            }
        }

        int[] all() {
            if (seen > 0 && seen < words.length) {
                return new int[] {(int) (Mixing.of(hash) >>> 32)};
            }
            return Arrays.copyOf(shingles, count);
        }
    }
}
