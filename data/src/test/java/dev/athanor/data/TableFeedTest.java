package dev.athanor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableFeedTest {
    private static final List<TableFeed.Column> COLUMNS = List.of(
            new TableFeed.Column("number", TableFeed.Type.LONG),
            new TableFeed.Column("half", TableFeed.Type.DOUBLE),
            new TableFeed.Column("word", TableFeed.Type.TEXT));
    private static final UnaryOperator<String> INTO_TABLE = "INSERT INTO fed SELECT * FROM "::concat;

    private Connection connection;
    private Statement sql;

    @BeforeEach
    void connect() throws SQLException {
        connection = Tables.connect();
        sql = connection.createStatement();
        sql.execute("SET threads = 1");
        sql.execute("CREATE TABLE fed (number BIGINT, half DOUBLE, word VARCHAR)");
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void rows_come_in_their_order_with_what_is_absent() throws SQLException {
        try (TableFeed feed = new TableFeed(connection, COLUMNS, INTO_TABLE)) {
            for (int i = 0; i < 5000; i++) {
                feed.put(0, (long) i);
                feed.put(1, i / 2.0);
                if (i % 3 != 0) {
                    feed.put(2, i % 3 == 1 ? "" : "茶 tea 🍵 " + i);
                }
                feed.endRow();
            }
            feed.finish();
        }
        try (ResultSet rows = sql.executeQuery("SELECT number, half, word FROM fed")) {
            for (int i = 0; i < 5000; i++) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(1)).isEqualTo(i);
                assertThat(rows.getDouble(2)).isEqualTo(i / 2.0);
                assertThat(rows.getString(3)).isEqualTo(i % 3 == 0 ? null : i % 3 == 1 ? "" : "茶 tea 🍵 " + i);
            }
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void a_row_larger_than_what_may_wait_passes() throws SQLException {
        String large = "茶".repeat(4 << 20);
        try (TableFeed feed = new TableFeed(connection, COLUMNS, INTO_TABLE)) {
            for (int i = 0; i < 3; i++) {
                feed.put(2, large);
                feed.endRow();
            }
            feed.finish();
        }
        assertThat(one("SELECT count(*) FROM fed WHERE length(word) = %d".formatted(4 << 20)))
                .isEqualTo(3);
    }

    @Test
    void rows_that_are_not_finished_are_given_up() throws SQLException {
        try (TableFeed feed = new TableFeed(connection, COLUMNS, INTO_TABLE)) {
            for (int i = 0; i < 10_000; i++) {
                feed.put(0, (long) i);
                feed.endRow();
            }
        }
        assertThat(one("SELECT count(*) FROM fed")).isZero();
    }

    @Test
    void who_gives_rows_learns_that_the_database_refuses_them() throws SQLException {
        sql.execute("CREATE TABLE small (number TINYINT)");
        try (TableFeed feed =
                new TableFeed(connection, COLUMNS, rows -> "INSERT INTO small SELECT number FROM " + rows)) {
            assertThatThrownBy(() -> {
                        while (true) { // until it is said: no number of rows may wait for ever
                            feed.put(0, 300L);
                            feed.endRow();
                        }
                    })
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("300");
            assertThatThrownBy(feed::finish).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void no_rows_are_no_rows() throws SQLException {
        try (TableFeed feed = new TableFeed(connection, COLUMNS, INTO_TABLE)) {
            feed.finish();
        }
        assertThat(one("SELECT count(*) FROM fed")).isZero();
    }

    private long one(String query) throws SQLException {
        try (ResultSet result = sql.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }
}
