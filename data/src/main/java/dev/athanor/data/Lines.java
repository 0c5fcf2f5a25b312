package dev.athanor.data;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import java.util.Optional;

/// Lines with a limit, so that a line of gigabytes does not fill memory. Those that cannot be used (too long,
/// or with bytes that are no text) are passed over and told of.
final class Lines {
    /// A line or sample beyond this is left out where it is found, without keeping the rest: characters.
    static final int LONGEST = TextLimit.CHARACTERS;

    /// In front of a text it says how the text is written; in front of a later line another file was put behind the
    /// first.
    static final char BYTE_ORDER_MARK = '\ufeff';

    /// Told of lines that are passed over.
    @FunctionalInterface
    interface Bad {
        void line(int number, Unusable why, String content) throws IOException;
    }

    private final Reader in;
    private final Encodings.Decoded decoded;
    private final Bad bad;
    private char[] buffer = new char[1 << 16];
    private int at;
    private int end;
    private int number;

    Lines(Encodings.Decoded decoded, Bad bad) {
        this.in = decoded.reader();
        this.decoded = decoded;
        this.bad = bad;
    }

    /// That of the line given last, from 1.
    int number() {
        return number;
    }

    /// The next line without its end.
    Optional<String> next() throws IOException {
        return nextWithEnd().map(line -> line.endsWith("\n") ? line.substring(0, line.length() - 1) : line);
    }

    /// The next line with its `\n`; `\r\n` becomes `\n`.
    Optional<String> nextWithEnd() throws IOException {
        while (at < end || fill(at)) {
            number++;
            Optional<String> line = line();
            if (line.isPresent()) {
                Optional<Unusable> wrong = decoded.wrong(line.get());
                if (wrong.isEmpty()) {
                    return line;
                }
                bad.line(number, wrong.get(), line.get());
            }
        }
        return Optional.empty();
    }

    /// What stands up to the next `\n`; empty where that is too much.
    private Optional<String> line() throws IOException {
        int from = at;
        while (true) {
            int place = at;
            while (place < end && buffer[place] != '\n') {
                place++;
            }
            at = Math.min(place + 1, end);
            if (place < end) {
                return Optional.of(text(from));
            }
            int length = end - from;
            if (length >= LONGEST) {
                skip(new String(buffer, from, 100));
                return Optional.empty();
            }
            boolean more = fill(from);
            from = 0;
            if (!more) {
                return Optional.of(text(from));
            }
        }
    }

    private String text(int begin) {
        int from = begin < at && buffer[begin] == BYTE_ORDER_MARK ? begin + 1 : begin;
        boolean carriage = at - from > 1 && buffer[at - 1] == '\n' && buffer[at - 2] == '\r';
        if (!carriage) {
            return new String(buffer, from, at - from);
        }
        buffer[at - 2] = '\n';
        return new String(buffer, from, at - from - 1);
    }

    /// Reads on to the line's end without keeping it.
    private void skip(String content) throws IOException {
        buffer = new char[1 << 16];
        at = 0;
        end = 0;
        bad.line(
                number,
                new Unusable(
                        "is longer than %d characters".formatted(LONGEST),
                        "Split the file into lines, or into several files; split the record"
                                + TextLimit.orMoreMemory()),
                content);
        while (at < end || fill(at)) {
            if (buffer[at++] == '\n') {
                return;
            }
        }
    }

    /// Makes room behind what stands from here on, and fills it.
    private boolean fill(int from) throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, end - from);
            at -= from;
            end -= from;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(2 * buffer.length, LONGEST));
        }
        int read = in.read(buffer, end, buffer.length - end);
        end += Math.max(0, read);
        return read > 0;
    }
}
