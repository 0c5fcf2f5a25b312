package dev.athanor.data.clean;

/// Characters that say nothing to a reader: control characters, byte order marks, zero-width characters, halves of
/// surrogate pairs. Line ends of any system become `\n`; tabs stay.
@About("remove control characters, NUL, byte order marks and invisible characters; line ends become \\n")
record Control(
        @About("zero-width spaces, soft hyphens, marks of direction: remove, or keep (joiners of emoji always stay)")
        Invisible invisible)
        implements Step {
    static final Control USUAL = new Control(Invisible.REMOVE);

    enum Invisible {
        REMOVE,
        KEEP
    }

    @Override
    public Treatment open(Surroundings around) {
        return Treatment.changing(this::without);
    }

    private String without(String text) {
        int first = 0;
        while (first < text.length() && stays(text, first)) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder rest = new StringBuilder(text.length()).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r') {
                if (i + 1 == text.length() || text.charAt(i + 1) != '\n') {
                    rest.append('\n');
                }
            } else if (c == '\u2028' || c == '\u2029') {
                rest.append('\n');
            } else if (stays(text, i)) {
                rest.append(c);
            }
        }
        return rest.toString();
    }

    private boolean stays(String text, int at) {
        char c = text.charAt(at);
        if (c < 0x7F) {
            return c >= ' ' || c == '\n' || c == '\t';
        }
        if (c < 0xAD) {
            return c > 0x9F;
        }
        if (Character.isSurrogate(c)) {
            return Character.isHighSurrogate(c)
                    ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                    : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
        }
        return c != '\u2028' && c != '\u2029' && (invisible == Invisible.KEEP || !isInvisible(c));
    }

    /// Not the joiners U+200C and U+200D: Persian and emoji need them.
    private static boolean isInvisible(char c) {
        return c == '\u00AD' // soft hyphen
                || c == '\u180E'
                || c == '\u200B'
                || c == '\u200E'
                || c == '\u200F'
                || c >= '\u202A' && c <= '\u202E' // direction, overridden
                || c >= '\u2060' && c <= '\u2069'
                || c == '\uFEFF'; // byte order mark
    }
}
