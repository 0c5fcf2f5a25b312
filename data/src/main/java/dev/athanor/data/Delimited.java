package dev.athanor.data;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads records of delimited text (RFC 4180): quoted fields may hold the delimiter, quotes (doubled) and line
/// ends.
final class Delimited {
    private final Reader in;
    private final String name;
    private final int limit;
    private char delimiter = ',';
    private int line = 1;
    private int next;

    /// @param limit characters of one record
    Delimited(String name, Reader in, int limit) throws IOException {
        this.name = name;
        this.in = in;
        this.limit = limit;
        this.next = in.read();
    }

    /// The line on which the next record begins, from 1.
    int line() {
        return line;
    }

    /// The first record, of which the delimiter is found out: the one of `,` `;` tab `|` that stands most often
    /// in it.
    Optional<List<String>> header(boolean tabs) throws IOException {
        StringBuilder first = new StringBuilder();
        boolean quoted = false;
        while (next >= 0 && (quoted || next != '\n')) {
            quoted ^= next == '"';
            first.append((char) next);
            advance(first.length());
        }
        advance(0);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        String plain = first.toString().replaceAll("\"[^\"]*\"", "");
        if (tabs) {
            delimiter = '\t';
        } else {
            for (char candidate : new char[] {',', ';', '\t', '|'}) {
                if (count(plain, candidate) > count(plain, delimiter)) {
                    delimiter = candidate;
                }
            }
        }
        Delimited inner = new Delimited(name, new java.io.StringReader(first.toString()), limit);
        inner.delimiter = delimiter;
        return inner.record();
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    private void advance(int length) throws IOException {
        if (next == '\n') {
            line++;
        }
        if (length > limit) {
            throw new DataException(
                    "%s line %d: a record is longer than %d characters: close a quotation mark that is left open, or split the record"
                            .formatted(name, line, limit));
        }
        next = in.read();
    }

    /// The next record; empty behind the last.
    Optional<List<String>> record() throws IOException {
        if (next < 0) {
            return Optional.empty();
        }
        int begun = line;
        List<String> fields = new ArrayList<>();
        int length = 0;
        while (true) {
            StringBuilder field = new StringBuilder();
            boolean quoted = next == '"';
            if (quoted) {
                advance(++length);
                while (true) {
                    if (next < 0) {
                        throw new DataException(
                                "%s line %d: a quotation mark is opened and never closed: close it, or double it where it is part of the text"
                                        .formatted(name, begun));
                    }
                    if (next == '"') {
                        advance(++length);
                        if (next != '"') {
                            break;
                        }
                    }
                    field.append((char) next);
                    advance(++length);
                }
            }
            while (next >= 0 && next != delimiter && next != '\n') {
                if (next != '\r') {
                    field.append((char) next);
                }
                advance(++length);
            }
            fields.add(field.toString());
            boolean more = next == delimiter;
            if (next >= 0) {
                advance(++length);
            }
            if (!more) {
                return Optional.of(fields);
            }
        }
    }
}
