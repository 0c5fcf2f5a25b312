package dev.athanor.evaluate;

import java.util.ArrayList;
import java.util.List;

/// The pieces of a text that diversity and copying count: runs of letters and digits as they stand, every Chinese or
/// Japanese character by itself, and every punctuation mark by itself. Spaces only separate.
final class Words {
    private Words() {}

    static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        int start = -1; // of the run under way
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            boolean inRun = joins(c) || c == '\'' && start >= 0 && next < text.length() && joins(text.codePointAt(next));
            if (inRun && start < 0) {
                start = i;
            } else if (!inRun) {
                if (start >= 0) {
                    words.add(text.substring(start, i));
                    start = -1;
                }
                if (!Character.isWhitespace(c)) {
                    words.add(text.substring(i, next));
                }
            }
            i = next;
        }
        if (start >= 0) {
            words.add(text.substring(start));
        }
        return words;
    }

    private static boolean joins(int c) {
        return (Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK) && !standsAlone(c);
    }

    /// Scripts that are written without spaces between words.
    static boolean standsAlone(int c) {
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA -> true;
            default -> false;
        };
    }
}
