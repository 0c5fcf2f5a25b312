package dev.athanor.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What the program says: results to standard output, everything else to standard error. Progress is one line that
/// renews itself on a terminal and plain lines now and then elsewhere.
final class Terminal {
    private static final Duration PLAIN_LINE_EVERY = Duration.ofSeconds(10);
    private static final Duration PASSING_EVERY = Duration.ofMillis(100);

    private final PrintStream out;
    private final PrintStream err;
    private final boolean live;
    private final LongSupplier nanoTime;
    private boolean onProgressLine;
    private long lastPlainLine = Long.MIN_VALUE;
    private long lastPassing = Long.MIN_VALUE;

    /// @param nanoTime as [System#nanoTime]
    Terminal(PrintStream out, PrintStream err, boolean live, LongSupplier nanoTime) {
        this.out = out;
        this.err = err;
        this.live = live;
        this.nanoTime = nanoTime;
    }

    /// The process's own: live where standard error goes to a terminal.
    static Terminal ofProcess() {
        boolean live = System.console() != null && System.console().isTerminal();
        return new Terminal(readable(System.out), readable(System.err), live, System::nanoTime);
    }

    /// UTF-8 where the surroundings name no language, as a container's: ASCII would turn all Chinese into question
    /// marks.
    static PrintStream readable(PrintStream stream) {
        return stream.charset().equals(StandardCharsets.US_ASCII)
                ? new PrintStream(stream, true, StandardCharsets.UTF_8)
                : stream;
    }

    /// One line of the result.
    void result(String line) {
        endProgress();
        out.println(line);
    }

    /// A piece of the result that is not a whole line, shown at once.
    void piece(String text) {
        endProgress();
        out.print(text);
        out.flush();
    }

    /// A word to the person beside the result.
    void note(String line) {
        endProgress();
        err.println(line);
    }

    /// How far a long work is. Shown always on a terminal, every ten seconds elsewhere.
    void progress(String line) {
        if (live) {
            err.print("\r" + line + "\u001b[K");
            err.flush();
            onProgressLine = true;
        } else if (lastPlainLine == Long.MIN_VALUE
                || nanoTime.getAsLong() - lastPlainLine > PLAIN_LINE_EVERY.toNanos()) {
            err.println(line);
            lastPlainLine = nanoTime.getAsLong();
        }
    }

    /// How far a work is that is short as a rule: shown on a terminal alone, ten times a second at most.
    void passing(Supplier<String> line) {
        long now = nanoTime.getAsLong();
        if (live && (lastPassing == Long.MIN_VALUE || now - lastPassing > PASSING_EVERY.toNanos())) {
            progress(line.get());
            lastPassing = now;
        }
    }

    private void endProgress() {
        if (onProgressLine) {
            err.println();
            onProgressLine = false;
        }
    }

    /// Rows under headings, each column as wide as its widest entry; a Chinese character counts as two.
    void table(List<String> headings, List<List<String>> rows) {
        int[] widths = new int[headings.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = columns(headings.get(column));
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], columns(row.get(column)));
            }
        }
        result(row(headings, widths));
        rows.forEach(row -> result(row(row, widths)));
    }

    private static String row(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            line.append(cell);
            if (column < widths.length - 1) {
                line.append(" ".repeat(widths[column] - columns(cell) + 2));
            }
        }
        return line.toString();
    }

    /// How many columns a text takes on a terminal: East Asian wide characters take two (Unicode annex 11).
    static int columns(String text) {
        return text.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
    }

    private static boolean isWide(int codePoint) {
        return Character.isIdeographic(codePoint)
                || codePoint >= 0x3000 && codePoint <= 0x30FF
                || codePoint >= 0xAC00 && codePoint <= 0xD7A3
                || codePoint >= 0xFF01 && codePoint <= 0xFF60;
    }

    /// `42 s`, `3 min 20 s` or `1 h 5 min`.
    static String spoken(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? "%d min %d s".formatted(seconds / 60, seconds % 60)
                : "%d h %d min".formatted(seconds / 3600, seconds % 3600 / 60);
    }

    /// `12,345`, whatever the machine's locale.
    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
