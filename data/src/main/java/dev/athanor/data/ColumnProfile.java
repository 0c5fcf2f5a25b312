package dev.athanor.data;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What stands in one field of a dataset, over all splits.
///
/// @param filled samples that have a value
/// @param different values
/// @param quartiles of numbers and times: the smallest, the quartiles, the largest; empty for words
/// @param commonest values with how often each is there, the commonest first; a few
public record ColumnProfile(
        String field,
        Content content,
        long filled,
        long different,
        List<String> quartiles,
        SequencedMap<String, Long> commonest) {
    private static final int COMMONEST = 5;

    /// Columns called so hold times where their numbers can be seconds or milliseconds since 1970.
    private static final Pattern TIME_NAME = Pattern.compile("(?i).*(time|date|when|时间|日期).*");

    private static final double[] SECONDS = {1e8, 4e9}; // 1973 to 2096
    private static final double MILLISECONDS = 1e11;

    /// What all values of a field are. They are kept as the source writes them, in letters.
    public enum Content {
        NUMBERS,
        /// As ISO 8601 writes them, or seconds or milliseconds since 1970.
        TIMES,
        WORDS
    }

    public ColumnProfile {
        quartiles = List.copyOf(quartiles);
        commonest = new LinkedHashMap<>(commonest);
    }

    /// Every field of a dataset.
    ///
    /// @throws DataException where a data file is damaged
    public static List<ColumnProfile> of(Dataset dataset) {
        return Durable.scratch(dataset.folder().resolveSibling("columns"), folder -> {
            List<ColumnProfile> profiles = new ArrayList<>();
            try (Connection connection = Tables.spilling(folder);
                    Statement sql = connection.createStatement()) {
                sql.execute("SET TimeZone = 'UTC'"); // of times that name no zone
                Look look = new Look(sql, from(dataset));
                for (String field : dataset.manifest().fields()) {
                    profiles.add(look.at(field));
                }
                return profiles;
            } catch (SQLException broken) {
                throw new DataException(
                        "%s cannot be read: %s. Restore it from a backup, or import the data again"
                                .formatted(dataset.reference(), Tables.said(broken)),
                        broken);
            }
        });
    }

    private static String from(Dataset dataset) {
        return dataset.manifest().files().keySet().stream()
                .map(dataset.folder()::resolve)
                .map(Path::toString)
                .map(Tables::literal)
                .collect(Collectors.joining(", ", "read_parquet([", "])"));
    }

    /// @param from the rows, as SQL
    private record Look(Statement sql, String from) {
        private static final String NUMBER = "try_cast(%1$s AS DOUBLE)";
        private static final String TIME = "epoch(try_cast(%1$s AS TIMESTAMPTZ))";

        ColumnProfile at(String field) throws SQLException {
            String column = Tables.quoted(field);
            long filled;
            long different;
            Content content;
            double smallest;
            double largest;
            try (ResultSet row = sql.executeQuery(
                    "SELECT count(%1$s), count(DISTINCT %1$s), count(*) FILTER (isfinite(%2$s)), count(%3$s), min(%2$s), max(%2$s) FROM %4$s"
                            .formatted(column, NUMBER.formatted(column), TIME.formatted(column), from))) {
                row.next();
                filled = row.getLong(1);
                different = row.getLong(2);
                content = filled == 0
                        ? Content.WORDS
                        : row.getLong(3) == filled
                                ? Content.NUMBERS
                                : row.getLong(4) == filled ? Content.TIMES : Content.WORDS;
                smallest = row.getDouble(5);
                largest = row.getDouble(6);
            }
            String value = (content == Content.TIMES ? TIME : NUMBER).formatted(column);
            if (content == Content.NUMBERS && TIME_NAME.matcher(field).matches() && areMoments(smallest, largest)) {
                content = Content.TIMES;
                value = smallest > MILLISECONDS ? value + " / 1000" : value;
            }
            return new ColumnProfile(
                    field, content, filled, different, quartiles(content, value), commonest(column, different));
        }

        private static boolean areMoments(double smallest, double largest) {
            double unit = smallest > MILLISECONDS ? 1000 : 1;
            return smallest >= SECONDS[0] * unit && largest <= SECONDS[1] * unit;
        }

        private List<String> quartiles(Content content, String value) throws SQLException {
            List<String> quartiles = new ArrayList<>();
            if (content != Content.WORDS) {
                try (ResultSet row = sql.executeQuery(
                        "SELECT quantile_cont(%s, [0, 0.25, 0.5, 0.75, 1]) FROM %s".formatted(value, from))) {
                    row.next();
                    Array five = row.getArray(1);
                    for (Object number : (Object[]) five.getArray()) {
                        quartiles.add(shown(content, ((Number) number).doubleValue()));
                    }
                }
            }
            return quartiles;
        }

        private static String shown(Content content, double value) {
            return content == Content.TIMES
                    ? Instant.ofEpochSecond((long) Math.floor(value)).toString()
                    : new BigDecimal(value)
                            .round(new MathContext(12))
                            .stripTrailingZeros()
                            .toPlainString();
        }

        /// Of a field whose values all differ there is none.
        private SequencedMap<String, Long> commonest(String column, long different) throws SQLException {
            SequencedMap<String, Long> commonest = new LinkedHashMap<>();
            try (ResultSet rows = sql.executeQuery(
                    "SELECT %1$s, count(*) FROM %2$s WHERE %1$s IS NOT NULL GROUP BY 1 HAVING count(*) > 1 ORDER BY 2 DESC, 1 LIMIT %3$d"
                            .formatted(column, from, COMMONEST))) {
                while (rows.next()) {
                    commonest.put(rows.getString(1), rows.getLong(2));
                }
            }
            return commonest;
        }
    }
}
