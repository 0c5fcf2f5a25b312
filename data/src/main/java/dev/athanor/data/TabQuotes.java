package dev.athanor.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Arrays;

/// Whether quotation marks in a table of tabs are part of its texts: many programs write tabs without ever quoting.
///
/// They are where every line has as many tabs as the first, so that none needs a quotation mark to hold a tab or a
/// line break, and some mark stands where quoting would have none.
final class TabQuotes {
    /// Characters that are looked at.
    private static final int LOOKED_AT = 1 << 20;

    private final char[] text;
    private int at;
    private boolean stray;

    private TabQuotes(char[] text) {
        this.text = text;
    }

    /// Looks ahead; the reader stands where it stood.
    static boolean areText(BufferedReader reader) throws IOException {
        reader.mark(LOOKED_AT + 1);
        char[] window = new char[LOOKED_AT];
        int length = 0;
        int read = 0;
        while (read >= 0 && length < window.length) {
            length += read;
            read = reader.read(window, length, window.length - length);
        }
        reader.reset();
        return new TabQuotes(Arrays.copyOf(window, length)).areText(read < 0);
    }

    /// @param whole whether the last line is all there
    private boolean areText(boolean whole) {
        int expected = -1;
        while (at < text.length) {
            int begin = at;
            int tabs = tabs();
            boolean ended = at < text.length || whole || text[at - 1] == '\n';
            if (!ended || at - begin <= 1) {
                continue; // the rest of a line that goes on behind the window, or an empty one
            }
            if (expected >= 0 && tabs != expected) {
                return false;
            }
            expected = tabs;
        }
        return stray;
    }

    /// How many tabs the line has that begins here; goes to the next.
    private int tabs() {
        int tabs = 0;
        int field = at;
        while (at < text.length) {
            char c = text[at++];
            if (c == '\t' || c == '\n') {
                look(field, at - 1);
                field = at;
                tabs += c == '\t' ? 1 : 0;
            }
            if (c == '\n') {
                return tabs;
            }
        }
        look(field, at);
        return tabs;
    }

    /// Quoting has a mark at both ends and pairs between them, or none at all.
    private void look(int from, int to) {
        int end = to > from && text[to - 1] == '\r' ? to - 1 : to;
        int marks = 0;
        for (int i = from; i < end; i++) {
            marks += text[i] == '"' ? 1 : 0;
        }
        boolean quoted = end - from >= 2 && text[from] == '"' && text[end - 1] == '"' && marks % 2 == 0;
        stray |= marks > 0 && !quoted;
    }
}
