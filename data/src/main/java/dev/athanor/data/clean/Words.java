package dev.athanor.data.clean;

import dev.athanor.data.Mixing;
import dev.athanor.data.text.WordSpans;

/// The words of a text as rules count them: what stands between blanks, and each Chinese or Japanese character by
/// itself, since these write no blanks. So a rule that was made for English words reads Chinese characters.
final class Words {
    private final String text;
    private final WordSpans words;
    private final int ideographs;
    private long[] prefix = {};

    private Words(String text) {
        this.text = text;
        this.words = WordSpans.of(text, Words::standsAlone);
        int found = 0;
        for (int i = 0; i < words.count(); i++) {
            found += isIdeograph(i) ? 1 : 0;
        }
        this.ideographs = found;
    }

    static Words of(String text) {
        return new Words(text);
    }

    int count() {
        return words.count();
    }

    String word(int i) {
        return text.substring(words.begin(i), words.end(i));
    }

    int length(int i) {
        return words.length(i);
    }

    /// Whether the text is written in characters rather than in letters: at least half of its words are such.
    boolean isIdeographic() {
        return count() > 0 && 2 * ideographs >= count();
    }

    boolean isIdeograph(int i) {
        return isIdeograph(text.charAt(words.begin(i)));
    }

    /// Whether a character of the word is a letter.
    boolean hasLetter(int i) {
        for (int at = words.begin(i); at < words.end(i); at++) {
            if (Character.isLetter(text.codePointAt(at))) {
                return true;
            }
        }
        return false;
    }

    /// Whether the word is more than punctuation.
    boolean isWord(int i) {
        for (int at = words.begin(i); at < words.end(i); at++) {
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
            power *= Mixing.BASE;
        }
        return Mixing.of(prefix[from + n] - prefix[from] * power);
    }

    private long[] prefixes() {
        long[] prefixes = new long[count() + 1];
        for (int i = 0; i < count(); i++) {
            prefixes[i + 1] = prefixes[i] * Mixing.BASE + Mixing.of(words.hash(text, i));
        }
        return prefixes;
    }

    /// Characters of these words together, without what stands between them.
    int characters(int from, int n) {
        int sum = 0;
        for (int i = from; i < from + n; i++) {
            sum += words.length(i);
        }
        return sum;
    }

    /// The gaps between these words, each counted as one character.
    int gaps(int from, int n) {
        int gaps = 0;
        for (int i = from + 1; i < from + n; i++) {
            gaps += words.begin(i) > words.end(i - 1) ? 1 : 0;
        }
        return gaps;
    }

    /// Whether a character is a word by itself: ideographs, kana, and the punctuation between them.
    private static boolean standsAlone(int c) {
        return c >= 0x2E80
                && c != 0x3000
                && (isIdeograph(c > 0xFFFF ? Character.highSurrogate(c) : (char) c)
                        || c <= 0x30FF
                        || c >= 0xFF01 && c <= 0xFF65);
    }

    /// Han characters and kana; of those beyond 16 bits the first half.
    static boolean isIdeograph(char c) {
        return c >= 0x3040 && c <= 0x30FF
                || c >= 0x3400 && c <= 0x9FFF
                || c >= 0xF900 && c <= 0xFAFF
                || c >= 0xD840 && c <= 0xD88F;
    }
}
