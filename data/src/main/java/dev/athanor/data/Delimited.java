package dev.athanor.data;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads records of delimited text (RFC 4180): quoted fields may hold the delimiter, quotes (doubled) and
/// line ends.
///
/// What stands in the buffer begins with the record that is read, so that behind one that goes wrong reading
/// can begin again at its second line: a quotation mark that is never closed spoils one line, not the rest of
/// the file.
final class Delimited {
    private static final char[] CANDIDATES = {',', ';', '\t', '|'};

    private final Reader in;
    private final int limit;
    private char delimiter = ',';
    private int quote = '"';
    private char[] buffer = new char[1 << 16];
    private int begin;
    private int at;
    private int end;
    private int field;
    private int line = 1;
    private int lines;
    private boolean finished;

    /// A record is never longer than this.
    private static final class TooLong extends Exception {
        private static final long serialVersionUID = 1;

        TooLong() {
            super(null, null, false, false);
        }
    }

    /// @param limit characters of one record
    Delimited(Reader in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /// The line on which the record that was given last begins, from 1.
    int line() {
        return line;
    }

    char delimiter() {
        return delimiter;
    }

    /// The record that was given last as it stands there.
    String content() {
        return new String(buffer, begin, Math.min(at, end) - begin);
    }

    /// The first record behind blank lines, of which the delimiter is found out: the one of `,` `;` tab `|`
    /// that stands most often in it.
    ///
    /// @throws Unusable where it is no record
    Optional<List<String>> header(DelimitedFormat.Dialect dialect) throws IOException, Unusable {
        quote = dialect == DelimitedFormat.Dialect.TABS_ALONE ? -1 : '"';
        do {
            line += lines;
            lines = 0;
            begin = at;
            if (!scanHeader()) {
                return Optional.empty();
            }
        } while (content().matches("[\ufeff \r\n]*"));
        delimiter = CANDIDATES[0];
        String plain = content().replaceAll("\"[^\"]*\"", "");
        if (dialect != DelimitedFormat.Dialect.DETECTED) {
            delimiter = '\t';
        } else {
            for (char candidate : CANDIDATES) {
                if (count(plain, candidate) > count(plain, delimiter)) {
                    delimiter = candidate;
                }
            }
        }
        Delimited inner = new Delimited(new StringReader(content()), limit);
        inner.delimiter = delimiter;
        inner.quote = quote;
        return inner.record();
    }

    /// Goes to the end of the first record, whose delimiter is not known yet; false where there is none.
    private boolean scanHeader() throws IOException, Unusable {
        boolean open = false;
        try {
            while (more()) {
                char c = buffer[at++];
                open ^= c == quote;
                lines += c == '\n' ? 1 : 0;
                if (c == '\n' && !open) {
                    return true;
                }
            }
        } catch (TooLong _) {
            throw tooLong();
        }
        if (open) {
            throw neverClosed();
        }
        return at > begin;
    }

    private Unusable neverClosed() throws IOException {
        retreat();
        return new Unusable(
                "opens a quotation mark that is never closed", "Close it, or double it where it is part of the text");
    }

    private Unusable tooLong() throws IOException {
        retreat();
        return new Unusable(
                "begins a record that is longer than %d characters".formatted(limit),
                "Close a quotation mark that is left open, or split the record" + TextLimit.orMoreMemory());
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    /// The next record; empty behind the last.
    ///
    /// @throws Unusable for one that is never closed or too long; the next one begins at the line behind its
    ///     first
    Optional<List<String>> record() throws IOException, Unusable {
        line += lines;
        lines = 0;
        begin = at;
        try {
            if (!more()) {
                return Optional.empty();
            }
            at += buffer[at] == Lines.BYTE_ORDER_MARK ? 1 : 0;
            List<String> fields = new ArrayList<>();
            boolean another = true;
            while (another) {
                fields.add(more() && buffer[at] == quote ? quoted() : plain(at));
                another = more() && buffer[at] == delimiter;
                at += at < end ? 1 : 0;
                if (another && !more()) {
                    fields.add("");
                    another = false;
                }
            }
            lines++;
            return Optional.of(fields);
        } catch (TooLong _) {
            throw tooLong();
        }
    }

    /// A field without quotes that begins at a place, or goes on there.
    private String plain(int from) throws IOException, TooLong {
        field = from;
        while (more()) {
            int place = at;
            while (place < end && buffer[place] != delimiter && buffer[place] != '\n') {
                place++;
            }
            at = place;
            if (at < end) {
                break;
            }
        }
        boolean carriage = at > field && buffer[at - 1] == '\r' && (at == end || buffer[at] == '\n');
        return new String(buffer, field, at - field - (carriage ? 1 : 0));
    }

    private String quoted() throws IOException, TooLong, Unusable {
        StringBuilder text = null;
        field = ++at;
        while (true) {
            if (!more()) {
                throw neverClosed();
            }
            int place = at;
            while (place < end && buffer[place] != '"' && buffer[place] != '\n') {
                place++;
            }
            at = place;
            if (at == end) {
                continue;
            }
            if (buffer[at++] == '\n') {
                lines++;
            } else {
                int length = at - 1 - field;
                boolean doubled = more() && buffer[at] == '"';
                String part = new String(buffer, field, length + (doubled ? 1 : 0));
                if (!doubled) {
                    String rest = plain(at); // behind the closing mark there should be nothing
                    return text == null && rest.isEmpty() ? part : (text == null ? part : text + part) + rest;
                }
                text = (text == null ? new StringBuilder() : text).append(part);
                field = ++at;
            }
        }
    }

    /// Goes back to the line behind the first one of the record that was given last, where there is such.
    ///
    /// @return whether the record had more than one
    boolean retreat() throws IOException {
        boolean several = lines > 1;
        int newline = begin;
        while (newline < end && buffer[newline] != '\n') {
            newline++;
        }
        at = Math.min(newline + 1, end);
        lines = 1;
        if (newline == end && !finished) {
            skipLine();
        }
        return several;
    }

    /// Reads on to the line's end without keeping it.
    private void skipLine() throws IOException {
        while (!finished) {
            begin = 0;
            at = 0;
            end = Math.max(0, in.read(buffer, 0, buffer.length));
            finished = end == 0;
            for (int i = 0; i < end; i++) {
                if (buffer[i] == '\n') {
                    at = i + 1;
                    begin = at;
                    return;
                }
            }
        }
    }

    /// Whether there is a character to look at; keeps all from the record's beginning on.
    private boolean more() throws IOException, TooLong {
        return at < end || !finished && fill();
    }

    private boolean fill() throws IOException, TooLong {
        if (begin > 0) {
            System.arraycopy(buffer, begin, buffer, 0, end - begin);
            at -= begin;
            end -= begin;
            field -= begin;
            begin = 0;
        }
        if (end == buffer.length) {
            if (end >= limit) {
                throw new TooLong();
            }
            buffer = Arrays.copyOf(buffer, Math.min(limit, 2 * buffer.length));
        }
        int read = in.read(buffer, end, buffer.length - end);
        finished = read < 0;
        end += Math.max(0, read);
        return !finished;
    }
}
