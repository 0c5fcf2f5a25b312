package dev.athanor.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/// Lines with a limit, so that a line of gigabytes does not fill memory.
final class Lines {
    /// A line or sample beyond this is refused where it is found, without reading the rest: characters.
    static final int LONGEST = 64 << 20;

    private final String name;
    private final BufferedReader in;
    private int number;

    Lines(String name, Reader in) {
        this.name = name;
        this.in = new BufferedReader(in, 1 << 16);
    }

    int number() {
        return number;
    }

    /// The next line without its end.
    Optional<String> next() throws IOException {
        return nextWithEnd().map(line -> line.endsWith("\n") ? line.substring(0, line.length() - 1) : line);
    }

    /// The next line with its `\n`; `\r\n` becomes `\n`.
    Optional<String> nextWithEnd() throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        if (c < 0) {
            return Optional.empty();
        }
        for (; c >= 0; c = in.read()) {
            line.append((char) c);
            if (c == '\n') {
                if (line.length() > 1 && line.charAt(line.length() - 2) == '\r') {
                    line.setLength(line.length() - 2);
                    line.append('\n');
                }
                break;
            }
            if (line.length() > LONGEST) {
                throw new DataException(
                        "%s line %d is longer than %d characters: split the file into lines, or into several files"
                                .formatted(name, number + 1, LONGEST));
            }
        }
        number++;
        return Optional.of(line.toString());
    }
}
