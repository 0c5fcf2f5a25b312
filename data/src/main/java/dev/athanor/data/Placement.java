package dev.athanor.data;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/// Carries out a [SplitPlan] on the table `samples` of a [VersionWriter], whose column `_split` holds what the
/// source says or nothing.
final class Placement {
    /// A text longer than this share of all characters makes chance unfair: the plan is then sequential.
    private static final double LARGE_SHARE = 0.05;

    /// Characters below which a text is a line or a record, which automatic division never cuts.
    private static final int CUTTABLE = 1000;

    private static final String GIVEN = "coalesce(_split, 'train')";

    private final Statement sql;
    private final VersionWriter.Schema schema;

    /// @param words how it is divided, for people
    /// @param split in which split a row of `samples` is, in SQL
    /// @param moved whether rows are no longer in the order of `_row`
    record Division(String words, String split, boolean moved) {
        static final Division AS_GIVEN = told("given by the source", GIVEN);

        /// What can be told of a row by itself needs no writing.
        private static Division told(String words, String split) {
            return new Division(words, split, false);
        }

        /// The column holds it now.
        private static Division written(String words) {
            return new Division(words, "_split", true);
        }
    }

    Placement(Statement sql, VersionWriter.Schema schema) {
        this.sql = sql;
        this.schema = schema;
    }

    /// Divides.
    Division divide(SplitPlan plan) throws SQLException {
        return switch (plan) {
            case SplitPlan.Given _ -> Division.AS_GIVEN;
            case SplitPlan.Random(Seed seed, SplitPlan.Shares shares) -> byChance(shares, "random", seed);
            case SplitPlan.Group(String field, Seed seed, SplitPlan.Shares shares) ->
                byChance(shares, "groups of " + field, seed);
            case SplitPlan.Stratified(String field, Seed seed, SplitPlan.Shares shares) ->
                stratified(field, seed, shares);
            case SplitPlan.Time(String field, SplitPlan.Shares shares) -> byTime(field, shares);
            case SplitPlan.Sequential(SplitPlan.Shares shares) -> byPosition(shares);
            case SplitPlan.Automatic(Seed seed, SplitPlan.Shares shares) -> automatic(seed, shares);
        };
    }

    /// The division where it is told of each sample by itself, of those that wait and of those to come; else empty.
    Optional<Division> untilNow(SplitPlan plan) throws SQLException {
        boolean told = switch (plan) {
            case SplitPlan.Given _, SplitPlan.Random _, SplitPlan.Group _ -> true;
            case SplitPlan.Automatic _ -> !mostly(LARGE_SHARE);
            case SplitPlan.Stratified _, SplitPlan.Time _, SplitPlan.Sequential _ -> false;
        };
        if (!told || schema.kind().hasMedia()) {
            return Optional.empty();
        }
        Division division = divide(plan);
        return holds(division.split() + " = 'train'") ? Optional.of(division) : Optional.empty();
    }

    /// Where a sample belongs that comes after some of train, by a plan that tells it of each by itself.
    static Split at(SplitPlan plan, SampleColumns.Row row) {
        return switch (plan) {
            case SplitPlan.Given _ -> row.given().orElse(Split.TRAIN);
            case SplitPlan.Random(var _, SplitPlan.Shares shares) -> shares.at(row.chance());
            case SplitPlan.Group(var _, var _, SplitPlan.Shares shares) -> shares.at(row.chance());
            case SplitPlan.Automatic(var _, SplitPlan.Shares shares) -> shares.at(row.chance());
            case SplitPlan.Stratified _, SplitPlan.Time _, SplitPlan.Sequential _ ->
                throw new IllegalStateException("%s needs all samples".formatted(plan));
        };
    }

    private Division automatic(Seed seed, SplitPlan.Shares shares) throws SQLException {
        if (schema.kind() == Kind.TABLE) {
            return byChance(shares, "random", seed);
        }
        if (!schema.kind().hasMedia()) {
            return mostly(LARGE_SHARE) ? byPosition(shares) : byChance(shares, "random", seed);
        }
        if (holds("_split IN ('validation', 'test')")) {
            return givenWithValidation(seed, shares);
        }
        return byChance(shares, "random", seed);
    }

    /// Many sources have a test and nothing to choose by: validation is then taken from what is left to train
    /// on.
    private Division givenWithValidation(Seed seed, SplitPlan.Shares shares) throws SQLException {
        String given = "given by the source";
        if (holds("_split = 'validation'") || shares.validation() == 0) {
            return Division.told(given, GIVEN);
        }
        double kept = shares.train() / (shares.train() + shares.validation());
        return Division.told(
                "%s, validation at random from its train, seed %d, %s".formatted(given, seed.value(), words(shares)),
                "CASE WHEN %s = 'train' AND _chance >= %s AND NOT (%s) THEN 'validation' ELSE %s END"
                        .formatted(GIVEN, kept, lowest("_split IS NULL OR _split = 'train'"), GIVEN));
    }

    private boolean holds(String condition) throws SQLException {
        try (ResultSet result = sql.executeQuery("SELECT count(*) FROM samples WHERE " + condition)) {
            result.next();
            return result.getLong(1) > 0;
        }
    }

    /// Whether one long text is more than a share of everything.
    private boolean mostly(double share) throws SQLException {
        try (ResultSet result =
                sql.executeQuery("SELECT max(_characters) / sum(_characters)::DOUBLE, max(_characters) FROM samples")) {
            result.next();
            return result.getDouble(1) > share && result.getLong(2) >= CUTTABLE;
        }
    }

    /// Whatever the source says.
    private Division byChance(SplitPlan.Shares shares, String how, Seed seed) throws SQLException {
        return Division.told(
                "%s, seed %d, %s".formatted(how, seed.value(), words(shares)),
                "CASE WHEN _chance < %s OR %s THEN 'train' WHEN _chance < %s OR %s = 0 THEN 'validation' ELSE 'test' END"
                        .formatted(
                                shares.train(), lowest("true"), shares.train() + shares.validation(), shares.test()));
    }

    /// Equal texts have equal chances, and hence one rank.
    private Division stratified(String field, Seed seed, SplitPlan.Shares shares) throws SQLException {
        String value = "coalesce(%s, '')".formatted(Tables.quoted(field));
        byRank("PARTITION BY " + value, "_chance", shares);
        // What has one chance belongs together, whatever its values.
        sql.execute("""
                UPDATE samples SET _split = p.split
                FROM (SELECT _chance, arg_min(_split, _row) AS split FROM samples
                      GROUP BY _chance HAVING count(DISTINCT _split) > 1) p
                WHERE p._chance = samples._chance
                """);
        return Division.written("stratified by %s, seed %d, %s".formatted(field, seed.value(), words(shares)));
    }

    /// Times as ISO 8601 writes them, or seconds or milliseconds since 1970.
    private Division byTime(String field, SplitPlan.Shares shares) throws SQLException {
        String column = Tables.quoted(field);
        String number = "try_cast(%s AS DOUBLE)".formatted(column);
        String time =
                "coalesce(CASE WHEN %1$s > 1e11 THEN %1$s / 1000 ELSE %1$s END, epoch(try_cast(%2$s AS TIMESTAMPTZ)))"
                        .formatted(number, column);
        try (ResultSet bad =
                sql.executeQuery("SELECT %s, _origin FROM samples WHERE %s IS NULL LIMIT 1".formatted(column, time))) {
            if (bad.next()) {
                throw new DataException(
                        "%s: the field \"%s\" is \"%s\", which is no time: expected 2026-11-26, 2026-11-26T08:30:00 or seconds since 1970. Mend it in the source, or divide in another way"
                                .formatted(bad.getString(2), field, bad.getString(1) == null ? "" : bad.getString(1)));
            }
        }
        byRank("", time, shares);
        return Division.written("by time (%s), %s".formatted(field, words(shares)));
    }

    /// Cuts samples in an order at the shares; those of one rank stay together.
    private void byRank(String partition, String order, SplitPlan.Shares shares) throws SQLException {
        sql.execute("""
                UPDATE samples SET _split = CASE WHEN p.position < %s THEN 'train'
                    WHEN p.position < %s OR %s = 0 THEN 'validation' ELSE 'test' END
                FROM (SELECT _row, (rank() OVER (%s ORDER BY %s) - 0.5) / count(*) OVER (%s) AS position FROM samples) p
                WHERE p._row = samples._row
                """.formatted(
                shares.train(), shares.train() + shares.validation(), shares.test(), partition, order, partition));
    }

    /// Which samples are always to learn from: that with the lowest number, so that a handful can be imported;
    /// where pictures or sounds have labels, that of each label, so that no class is judged that was never
    /// seen.
    ///
    /// @param among which samples, as a condition
    private String lowest(String among) throws SQLException {
        if (!hasClasses()) {
            return "_chance = (SELECT min(_chance) FROM samples WHERE %s)".formatted(among);
        }
        String label = Tables.quoted(schema.label());
        return "(coalesce(%s, ''), _chance) IN (SELECT (coalesce(%s, ''), min(_chance)) FROM samples WHERE %s GROUP BY %s)"
                .formatted(label, label, among, label);
    }

    /// Labels that mostly differ are names, not classes.
    private boolean hasClasses() throws SQLException {
        if (!schema.kind().hasMedia() || schema.label().isEmpty()) {
            return false;
        }
        try (ResultSet result = sql.executeQuery(
                "SELECT count(DISTINCT %s) * 2 <= count(*) FROM samples".formatted(Tables.quoted(schema.label())))) {
            result.next();
            return result.getBoolean(1);
        }
    }

    private Division byPosition(SplitPlan.Shares shares) throws SQLException {
        boolean cut = schema.kind() == Kind.TEXT;
        String unit = cut ? "_characters" : "1";
        long total;
        try (ResultSet result = sql.executeQuery("SELECT sum(%s)::BIGINT FROM samples".formatted(unit))) {
            result.next();
            total = result.getLong(1);
        }
        // A share of nearly 1 is all of it: 0.9 + 0.1 is not 1 in floating point.
        long validation = (long) Math.floor(shares.train() * total);
        double both = shares.train() + shares.validation();
        long test = both > 1 - 1e-9 ? total : (long) Math.floor(both * total);
        sql.execute(
                "CREATE TABLE placed AS SELECT _row, _characters, (sum(%s) OVER (ORDER BY _row) - %s)::BIGINT AS start FROM samples"
                        .formatted(unit, unit));
        sql.execute(
                "UPDATE samples SET _split = CASE WHEN p.start >= %d THEN 'test' WHEN p.start >= %d THEN 'validation' ELSE 'train' END FROM placed p WHERE p._row = samples._row"
                        .formatted(test, validation));
        if (cut) {
            // The later border first, so that a sample across both is cut into three.
            cut(test, Split.TEST, "samples._split <> 'test'");
            cut(validation, Split.VALIDATION, "samples._split = 'train'");
        }
        return Division.written("by position, " + words(shares));
    }

    /// The borders stand at floor(share · characters); a text across one becomes two with the same origin.
    ///
    /// @param open which parts may be cut here: not those that a later border has cut off already
    private void cut(long border, Split behind, String open) throws SQLException {
        String across = "FROM placed p WHERE p._row = samples._row AND p.start < %d AND p.start + p._characters > %d"
                .formatted(border, border);
        // DuckDB's left and substring count code points. Rows are ordered by (row, part): id and split tell the part.
        sql.execute("""
                INSERT INTO samples SELECT samples.* REPLACE (
                    '%s' AS _split, _id || '-%s' AS _id, substring(text, (%d - p.start + 1)::BIGINT) AS text,
                    p.start + p._characters - %d AS _characters)
                FROM samples JOIN placed p ON p._row = samples._row
                WHERE %s AND p.start < %d AND p.start + p._characters > %d
                """.formatted(behind.word(), behind.word(), border, border, open, border, border));
        sql.execute(("UPDATE samples SET text = left(text, (%d - p.start)::BIGINT), _characters = %d - p.start "
                        + across + " AND " + open)
                .formatted(border, border));
        sql.execute("UPDATE placed SET _characters = %d - start WHERE start < %d AND start + _characters > %d"
                .formatted(border, border, border));
    }

    private static String words(SplitPlan.Shares shares) {
        return "%s/%s/%s".formatted(shares.train(), shares.validation(), shares.test());
    }
}
