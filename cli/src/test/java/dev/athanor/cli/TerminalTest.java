package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private long now; // in nanoseconds

    private Terminal terminal(boolean live) {
        return new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                live,
                () -> now);
    }

    @Test
    void a_passing_line_renews_itself_on_a_terminal_and_ends_before_what_is_said_next() {
        Terminal terminal = terminal(true);
        terminal.passing(() -> "1 sample");
        terminal.passing(() -> "2 samples"); // too soon to be read
        now += Duration.ofMillis(150).toNanos();
        terminal.passing(() -> "900 samples");
        terminal.note("done");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r1 sample\u001b[K\r900 samples\u001b[K%ndone%n".formatted());
        assertThat(out.size()).isZero();
    }

    @Test
    void nothing_is_said_in_passing_where_no_terminal_is() {
        terminal(false).passing(() -> "1 sample");
        assertThat(out.size() + err.size()).isZero();
    }

    @Test
    void chinese_stays_chinese_where_the_surroundings_name_no_language() {
        Terminal.readable(new PrintStream(out, true, StandardCharsets.US_ASCII)).print("龙井");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("龙井");
    }
}
