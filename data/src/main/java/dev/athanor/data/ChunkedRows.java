package dev.athanor.data;

import java.sql.Connection;
import java.sql.SQLException;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;

/// The rows that a query answers with, a chunk of the database's at a time: row by row, as its JDBC gives them,
/// they take three times as long. Where the database meets an error on the way, the rows just end: who must
/// know counts them.
final class ChunkedRows {
    private final DuckDBChunkedResult result;
    private DuckDBReadableVector[] columns = {};
    private long row = -1;
    private long rows;
    private long before;

    ChunkedRows(Connection connection, String query) throws SQLException {
        result = connection.unwrap(DuckDBConnection.class).prepare(query).query();
    }

    /// Goes to the next row; false behind the last.
    boolean next() {
        row++;
        while (row == rows) {
            if (!result.nextChunk()) {
                return false;
            }
            before += rows;
            DuckDBDataChunkReader chunk = result.chunk();
            columns = new DuckDBReadableVector[(int) chunk.columnCount()];
            for (int column = 0; column < columns.length; column++) {
                columns[column] = chunk.vector(column);
            }
            rows = chunk.rowCount();
            row = 0;
        }
        return true;
    }

    /// How many rows there were, once they are at their end.
    long count() {
        return before + rows;
    }

    /// A text; null where there is none.
    String text(int column) {
        return columns[column].isNull(row) ? null : columns[column].getString(row);
    }

    long number(int column) {
        return columns[column].getLong(row);
    }
}
