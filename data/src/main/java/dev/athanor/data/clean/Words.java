package dev.athanor.data.clean;

import java.util.Arrays;

/// The words of a text as rules count them: what stands between blanks, and each Chinese or Japanese character by
/// itself, since these write no blanks. So a rule that was made for English words reads Chinese characters.
final class Words {
    /// Any odd multiplier does for a polynomial modulo 2^64 whose terms are mixed well; this is the golden ratio's.
    private static final long BASE = 0x9E3779B97F4A7C15L;

    private final String text;
    private int[] begin = new int[64];
    private int[] end = new int[64];
    private int count;
    private int ideographs;
    private long[] prefix = {};

    private Words(String text) {
        this.text = text;
    }

    static Words of(String text) {
        Words words = new Words(text);
        int start = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alone = standsAlone(c);
            if (start >= 0 && (alone || Character.isWhitespace(c) || c == '\u00A0')) {
                words.add(start, i);
                start = -1;
            }
            if (alone) {
                int length = Character.isHighSurrogate(c) && i + 1 < text.length() ? 2 : 1;
                words.add(i, i + length);
                words.ideographs += isIdeograph(c) ? 1 : 0;
                i += length - 1;
            } else if (start < 0 && !Character.isWhitespace(c) && c != '\u00A0') {
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

    int count() {
        return count;
    }

    String word(int i) {
        return text.substring(begin[i], end[i]);
    }

    int length(int i) {
        return end[i] - begin[i];
    }

    /// Whether the text is written in characters rather than in letters: at least half of its words are such.
    boolean isIdeographic() {
        return count > 0 && 2 * ideographs >= count;
    }

    boolean isIdeograph(int i) {
        return isIdeograph(text.charAt(begin[i]));
    }

    /// Whether a character of the word is a letter.
    boolean hasLetter(int i) {
        for (int at = begin[i]; at < end[i]; at++) {
            if (Character.isLetter(text.codePointAt(at))) {
                return true;
            }
        }
        return false;
    }

    /// Whether the word is more than punctuation.
    boolean isWord(int i) {
        for (int at = begin[i]; at < end[i]; at++) {
            if (Character.isLetterOrDigit(text.codePointAt(at))) {
                return true;
            }
        }
        return false;
    }

    /// One number for the words `from` to before `from + n`: equal for equal words, different else.
    long hash(int from, int n) {
        if (prefix.length == 0) {
            prefix = prefixes();
        }
        long power = 1;
        for (int i = 0; i < n; i++) {
            power *= BASE;
        }
        return mixed(prefix[from + n] - prefix[from] * power);
    }

    private long[] prefixes() {
        long[] prefixes = new long[count + 1];
        for (int i = 0; i < count; i++) {
            long word = 0;
            for (int at = begin[i]; at < end[i]; at++) {
                word = word * 0x100000001b3L + text.charAt(at) + 1;
            }
            prefixes[i + 1] = prefixes[i] * BASE + mixed(word);
        }
        return prefixes;
    }

    /// Characters of these words together, without what stands between them.
    int characters(int from, int n) {
        int sum = 0;
        for (int i = from; i < from + n; i++) {
            sum += end[i] - begin[i];
        }
        return sum;
    }

    /// The gaps between these words, each counted as one character.
    int gaps(int from, int n) {
        int gaps = 0;
        for (int i = from + 1; i < from + n; i++) {
            gaps += begin[i] > end[i - 1] ? 1 : 0;
        }
        return gaps;
    }

    /// The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
    static long mixed(long z) {
        long a = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ a >>> 27) * 0x94D049BB133111EBL;
        return b ^ b >>> 31;
    }

    /// Whether a character is a word by itself: ideographs, kana, and the punctuation between them.
    private static boolean standsAlone(char c) {
        return c >= 0x2E80 && c != '\u3000' && (isIdeograph(c) || c <= 0x30FF || c >= 0xFF01 && c <= 0xFF65);
    }

    /// Han characters and kana; of those beyond 16 bits the first half.
    static boolean isIdeograph(char c) {
        return c >= 0x3040 && c <= 0x30FF
                || c >= 0x3400 && c <= 0x9FFF
                || c >= 0xF900 && c <= 0xFAFF
                || c >= 0xD840 && c <= 0xD88F;
    }
}
