package dev.athanor.data.duplicate;

/// Which characters words are made of.
final class Letters {
    private static final int ASCII = 128;
    private static final byte[] FOLDED = new byte[ASCII];

    static {
        for (char c = 0; c < ASCII; c++) {
            FOLDED[c] = (byte) (Character.isLetterOrDigit(c) ? Character.toLowerCase(c) : 0);
        }
    }

    private Letters() {}

    /// A letter, digit or mark in lower case and of usual width; 0 for every other character.
    static int folded(int c) {
        if (c < ASCII) {
            return FOLDED[c];
        }
        if (c >= 0x4E00 && c <= 0x9FFF) {
            return c; // a Chinese character, as most beyond ASCII are: no table is asked
        }
        if (c >= 0xFF01 && c <= 0xFF5E) {
            return FOLDED[c - 0xFEE0];
        }
        int type = Character.getType(c);
        boolean mark = type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
        return mark || Character.isLetterOrDigit(c) ? Character.toLowerCase(c) : 0;
    }

    /// Whether it belongs to a script that sets no blanks between words.
    static boolean isAlone(int c) {
        return c >= 0x4E00 && c <= 0x9FFF
                || c >= 0x3041 && c <= 0x30FF // kana
                || c >= 0x0E01 && c <= 0x0EFF // Thai, Lao
                || c >= 0x1000 && c <= 0x109F // Burmese
                || c >= 0x1780 && c <= 0x17FF // Khmer
                || Character.isIdeographic(c);
    }
}
