package dev.athanor.evaluate.page;

/// HTML as it grows. Only [#raw] takes markup, and only the program's own; everything else is escaped.
final class Markup {
    private final StringBuilder html = new StringBuilder();
    private final boolean marksChinese;

    /// @param language of the page: Chinese within another one is marked as such, so that it is shown in
    ///     Chinese letter forms and read out by a voice that can
    Markup(String language) {
        marksChinese = !language.startsWith("zh");
    }

    /// Markup of the program's own.
    Markup raw(String markup) {
        html.append(markup);
        return this;
    }

    /// Text inside a tag's attribute or a title, where no tags may stand.
    Markup plain(String text) {
        text.codePoints().forEach(this::escape);
        return this;
    }

    /// Text between tags.
    Markup text(String text) {
        boolean within = false;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int letter = text.codePointAt(at);
            if (marksChinese && within != isChinese(letter) && !(within && continues(text, at))) {
                html.append(within ? "</span>" : "<span lang=\"zh\">");
                within = !within;
            }
            escape(letter);
        }
        html.append(within ? "</span>" : "");
        return this;
    }

    /// A tag around text.
    Markup element(String tag, String text) {
        return raw("<" + tag + ">").text(text).raw("</" + tag + ">\n");
    }

    private static boolean isChinese(int letter) {
        return Character.UnicodeScript.of(letter) == Character.UnicodeScript.HAN;
    }

    /// Whether only signs that belong to no script, such as commas and spaces, part this place from more
    /// Chinese.
    private static boolean continues(String text, int from) {
        for (int at = from; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int letter = text.codePointAt(at);
            if (Character.UnicodeScript.of(letter) != Character.UnicodeScript.COMMON) {
                return isChinese(letter);
            }
        }
        return false;
    }

    /// Characters that HTML forbids are shown as the sign for what cannot be shown, as browsers do.
    private void escape(int letter) {
        switch (letter) {
            case '&' -> html.append("&amp;");
            case '<' -> html.append("&lt;");
            case '>' -> html.append("&gt;");
            case '"' -> html.append("&quot;");
            case '\'' -> html.append("&#39;");
            case '\n', '\t' -> html.append((char) letter);
            case '\r' -> html.append(' ');
            default -> html.appendCodePoint(isForbidden(letter) ? 0xFFFD : letter);
        }
    }

    private static boolean isForbidden(int letter) {
        boolean surrogate = letter >= Character.MIN_SURROGATE && letter <= Character.MAX_SURROGATE;
        return Character.isISOControl(letter) || surrogate || (letter & 0xFFFE) == 0xFFFE;
    }

    @Override
    public String toString() {
        return html.toString();
    }
}
