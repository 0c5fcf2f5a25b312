package dev.athanor.data;

/// What the bytes of a text are when taken for GB18030, where some of them may be damaged.
///
/// @param wide characters of two bytes
/// @param everyday those of them that are of level 1 of GB 2312, the 3,755 characters most texts are made of
/// @param broken places that are no GB18030, but for a character cut at the very end
record ChineseBytes(int wide, int everyday, int broken) {
    /// So many everyday characters say nothing: a few capitals with accents in a row look like them.
    private static final int CHANCE = 4;

    /// One break in so many characters is damage in a long text.
    private static final int FAR = 1000;

    /// One break in so many everyday characters is damage in a short text.
    private static final int NEAR = 10;

    static ChineseBytes of(byte[] bytes) {
        int wide = 0;
        int everyday = 0;
        int broken = 0;
        int good = 0; // where the last good character ended
        for (int i = 0; i < bytes.length; ) {
            int length = length(bytes, i);
            if (length > 0) {
                wide += length == 2 ? 1 : 0;
                everyday += length == 2 && isEveryday(bytes, i) ? 1 : 0;
                i += length;
                good = i;
            } else if (isCut(bytes, i)) {
                i = bytes.length;
            } else {
                broken += good == i ? 1 : 0; // bad bytes in a row are one place
                i++;
            }
        }
        return new ChineseBytes(wide, everyday, broken);
    }

    /// Whether this is Chinese with some damage. Western text breaks the pairs at nearly every word, and the
    /// pairs it makes begin with small letters, which are of no everyday character.
    boolean damaged() {
        int allowed = Math.min(1 + wide / FAR, everyday / NEAR);
        return everyday > CHANCE && everyday >= 0.6 * wide && broken <= allowed;
    }

    /// The length of the character at a place; 0 where none is there.
    private static int length(byte[] bytes, int at) {
        if (bytes[at] >= 0) {
            return 1;
        }
        if (!isLead(bytes, at) || at + 1 >= bytes.length) {
            return 0;
        }
        int second = bytes[at + 1] & 0xff;
        if (second >= 0x40 && second != 0x7f && second != 0xff) {
            return 2;
        }
        return isDigit(bytes, at + 1) && at + 3 < bytes.length && isLead(bytes, at + 2) && isDigit(bytes, at + 3)
                ? 4
                : 0;
    }

    private static boolean isCut(byte[] bytes, int at) {
        int left = bytes.length - at;
        return isLead(bytes, at)
                && (left == 1 || isDigit(bytes, at + 1) && (left == 2 || left == 3 && isLead(bytes, at + 2)));
    }

    private static boolean isLead(byte[] bytes, int at) {
        int b = bytes[at] & 0xff;
        return b > 0x80 && b < 0xff;
    }

    private static boolean isDigit(byte[] bytes, int at) {
        return bytes[at] >= '0' && bytes[at] <= '9';
    }

    private static boolean isEveryday(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        return first >= 0xb0 && first <= 0xd7 && (bytes[at + 1] & 0xff) > 0xa0;
    }
}
