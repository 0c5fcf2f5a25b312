package dev.athanor.data;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionBuilder;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBWritableVector;

/// Rows on their way into a statement of a database, which takes them in a thread of its own while the next ones are
/// made: a few thousand at once, column by column, as the database works. (DuckDB's appender takes them value by
/// value, and several times as long.)
///
/// Memory holds some rows, however large they are.
final class TableFeed implements AutoCloseable {
    /// All connections to one database see a function, so each has a name of its own.
    private static final AtomicLong FEEDS = new AtomicLong();

    /// The rows of one of DuckDB's chunks.
    private static final int BATCH = 2048;

    private static final int BATCH_BYTES = 1 << 20;

    /// Rows that wait, but for one batch that may be larger.
    private static final long WAITING_BYTES = 16L << 20;

    /// What a column holds.
    enum Type {
        LONG("BIGINT", long.class),
        DOUBLE("DOUBLE", double.class),
        /// May be absent.
        TEXT("VARCHAR", String.class);

        private final String sql;
        private final Class<?> java;

        Type(String sql, Class<?> java) {
            this.sql = sql;
            this.java = java;
        }

        String sql() {
            return sql;
        }

        private Object array() {
            return switch (this) {
                case LONG -> new long[BATCH];
                case DOUBLE -> new double[BATCH];
                case TEXT -> new byte[BATCH][];
            };
        }
    }

    /// A column of the table.
    record Column(String name, Type type) {}

    /// Some rows: an array for each column.
    private static final class Batch {
        private final Object[] columns;
        private int rows;
        private long bytes;

        Batch(List<Column> columns) {
            this.columns = columns.stream().map(column -> column.type().array()).toArray();
        }

        void write(int column, DuckDBWritableVector vector) {
            switch (columns[column]) {
                case long[] numbers -> {
                    for (int row = 0; row < rows; row++) {
                        vector.setLong(row, numbers[row]);
                    }
                }
                case double[] numbers -> {
                    for (int row = 0; row < rows; row++) {
                        vector.setDouble(row, numbers[row]);
                    }
                }
                case byte[][] texts -> vector.setStringUtf8Batch(0, rows == BATCH ? texts : trimmed(texts));
                default -> throw new IllegalStateException("a column of " + columns[column].getClass());
            }
        }

        private byte[][] trimmed(byte[][] texts) {
            return Arrays.copyOf(texts, rows);
        }
    }

    private final List<Column> columns;
    private final ArrayDeque<Batch> waiting = new ArrayDeque<>();
    private final Thread database;
    private Batch batch;
    private long waitingBytes;
    private boolean finished;
    private boolean abandoned;
    private boolean ended;
    private Optional<SQLException> failure = Optional.empty();

    /// @param connection to a database with one thread (`SET threads = 1`): where it has more, another takes this one's
    ///     work, and this one looks again and again whether it is done. Nobody else uses it until this is closed
    /// @param statement what the database does, given the rows as a table
    TableFeed(Connection connection, List<Column> columns, UnaryOperator<String> statement) throws SQLException {
        this.columns = List.copyOf(columns);
        this.batch = new Batch(columns);
        String name = "fed_rows_" + FEEDS.getAndIncrement();
        try (DuckDBTableFunctionBuilder function = DuckDBFunctions.tableFunction()) {
            function.withName(name).withFunction(new Rows()).register(connection);
        }
        String sql = statement.apply(name + "()");
        this.database = Thread.ofPlatform().daemon().name(name).start(() -> execute(connection, sql));
    }

    private void execute(Connection connection, String statement) {
        Optional<SQLException> failed = Optional.empty();
        try (Statement sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException refused) {
            failed = Optional.of(refused);
        } finally {
            end(failed);
        }
    }

    private synchronized void end(Optional<SQLException> failed) {
        failure = failed;
        ended = true;
        notifyAll();
    }

    // ------------------------------------------------------------------------------------------------ the rows' side

    void put(int column, long value) {
        ((long[]) batch.columns[column])[batch.rows] = value;
    }

    void put(int column, double value) {
        ((double[]) batch.columns[column])[batch.rows] = value;
    }

    /// A column of texts that is not put is absent in its row.
    void put(int column, String value) {
        put(column, value.getBytes(StandardCharsets.UTF_8));
    }

    /// A text in UTF-8.
    void put(int column, byte[] bytes) {
        ((byte[][]) batch.columns[column])[batch.rows] = bytes;
        batch.bytes += bytes.length;
    }

    /// @throws SQLException where the database takes no more
    void endRow() throws SQLException {
        batch.rows++;
        if (batch.rows == BATCH || batch.bytes >= BATCH_BYTES) {
            give();
            batch = new Batch(columns);
        }
    }

    /// Waits until the database has all rows.
    void finish() throws SQLException {
        if (batch.rows > 0) {
            give();
        }
        synchronized (this) {
            finished = true;
            notifyAll();
            while (!ended) {
                await();
            }
        }
        throwFailure();
    }

    private synchronized void give() throws SQLException {
        while (!waiting.isEmpty() && waitingBytes + batch.bytes > WAITING_BYTES && !ended) {
            await();
        }
        throwFailure();
        waiting.add(batch);
        waitingBytes += batch.bytes;
        notifyAll();
    }

    private void throwFailure() throws SQLException {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private void await() throws SQLException {
        try {
            wait();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SQLException("the writing of rows was interrupted", interrupted);
        }
    }

    /// Rows that are not finished are given up.
    @Override
    public void close() {
        synchronized (this) {
            abandoned = !finished;
            notifyAll();
        }
        boolean interrupted = false;
        while (database.isAlive()) {
            try {
                database.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // -------------------------------------------------------------------------------------------- the database's side

    private synchronized Optional<Batch> take() throws SQLException {
        while (waiting.isEmpty() && !finished && !abandoned) {
            await();
        }
        if (abandoned) {
            throw new SQLException("the rows were given up");
        }
        Optional<Batch> next = Optional.ofNullable(waiting.poll());
        next.ifPresent(taken -> waitingBytes -= taken.bytes);
        notifyAll();
        return next;
    }

    /// The rows as a table for SQL.
    private final class Rows implements DuckDBTableFunction<List<Column>, List<Column>, List<Column>> {
        @Override
        public List<Column> bind(DuckDBTableFunctionBindInfo table) throws SQLException {
            for (Column column : columns) {
                table.addResultColumn(column.name(), column.type().java);
            }
            return columns;
        }

        @Override
        public List<Column> init(DuckDBTableFunctionInitInfo reading) {
            reading.setMaxThreads(1); // rows keep their order
            return columns;
        }

        @Override
        public long apply(DuckDBTableFunctionCallInfo call, DuckDBDataChunkWriter chunk) throws SQLException {
            Optional<Batch> next = take();
            if (next.isEmpty()) {
                return 0;
            }
            for (int column = 0; column < columns.size(); column++) {
                next.get().write(column, chunk.vector(column));
            }
            return next.get().rows;
        }
    }
}
