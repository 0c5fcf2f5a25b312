package dev.athanor.data.label;

/// How scripts write words.
final class Scripts {
    private Scripts() {}

    /// Whether a character belongs to a script without spaces between words: Chinese, Japanese, Thai,
    /// Lao, Khmer, Burmese.
    static boolean isUnspaced(int codePoint) {
        if (codePoint < 0x0E00) {
            return false;
        }
        return switch (Character.UnicodeScript.of(codePoint)) {
            case HAN, HIRAGANA, KATAKANA, BOPOMOFO, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }
}
