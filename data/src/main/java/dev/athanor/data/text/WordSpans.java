package dev.athanor.data.text;

import java.util.Arrays;
import java.util.function.IntPredicate;

/// Where the words of a text stand: what is between blanks, but that some characters are words by themselves,
/// since their scripts write no blanks.
public final class WordSpans {
    private int[] begin = new int[64];
    private int[] end = new int[64];
    private int count;

    private WordSpans() {}

    /// @param alone whether a character (a code point beyond ASCII) is a word by itself
    public static WordSpans of(String text, IntPredicate alone) {
        WordSpans words = new WordSpans();
        int start = -1;
        int next;
        for (int i = 0; i < text.length(); i = next) {
            int c = text.codePointAt(i);
            next = i + Character.charCount(c);
            boolean single = c > 0x7F && alone.test(c);
            boolean blank = Character.isWhitespace(c) || c == 0xA0;
            if (start >= 0 && (single || blank)) {
                words.add(start, i);
                start = -1;
            }
            if (single) {
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

    public int count() {
        return count;
    }

    /// The place of a word's first character.
    public int begin(int word) {
        return begin[word];
    }

    /// The place behind a word's last character.
    public int end(int word) {
        return end[word];
    }

    public int length(int word) {
        return end[word] - begin[word];
    }

    /// One number for the letters of a word of this text: equal for equal words, nearly always different else.
    public long hash(String text, int word) {
        long hash = 0;
        for (int at = begin[word]; at < end[word]; at++) {
            hash = hash * 0x100000001b3L + text.charAt(at) + 1;
        }
        return hash;
    }
}
