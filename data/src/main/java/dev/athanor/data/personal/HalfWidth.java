package dev.athanor.data.personal;

import java.util.List;

/// Full-width digits, letters and some signs as half-width ones, one character for one: what is found in such a copy
/// has the same place in the text. Commas, colons and the like stay, which belong to no number and no address.
final class HalfWidth {
    /// U+FF01 to U+FF5E are U+0021 to U+007E.
    private static final int DISTANCE = 0xFF01 - 0x21;

    private static final String SIGNS = "@-+_";
    private static final char FULL_STOP = '\uFF0E';
    private static final char BLANK = '\u3000';

    private HalfWidth() {}

    /// What to search instead of a text: mostly the text itself. A full-width point is one of an address (１０．０．０．５)
    /// or stands behind the number of a line (１．手机), so that there are two copies then.
    static List<String> copies(String text) {
        String narrow = narrow(text);
        return narrow.indexOf(FULL_STOP) < 0 ? List.of(narrow) : List.of(narrow, narrow.replace(FULL_STOP, '.'));
    }

    private static String narrow(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (narrow(text, i) != text.charAt(i)) {
                char[] changed = text.toCharArray();
                for (int j = i; j < changed.length; j++) {
                    changed[j] = narrow(text, j);
                }
                return new String(changed);
            }
        }
        return text;
    }

    private static char narrow(String text, int at) {
        char c = text.charAt(at);
        if (c < BLANK) { // as most are
            return c;
        }
        if (c == BLANK) {
            return isDigit(text, at - 1) && isDigit(text, at + 1) ? ' ' : c;
        }
        char half = half(c);
        return Mails.isAlphanumeric(half) || SIGNS.indexOf(half) >= 0 ? half : c;
    }

    private static boolean isDigit(String text, int at) {
        return at >= 0 && at < text.length() && DigitRun.isDigit(half(text.charAt(at)));
    }

    private static char half(char c) {
        return c >= 0xFF01 && c <= 0xFF5E ? (char) (c - DISTANCE) : c;
    }
}
