package dev.athanor.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// How files are read.
///
/// @param name of the dataset
/// @param unit what one sample of a plain text file is
/// @param as the kind every file is read as, whatever its name ends in; empty: by its name and content
/// @param encoding a charset's name, or `auto`
/// @param renamed what columns are called here, by their names in the source
/// @param records what records of tables are
/// @param sheet the sheet of spreadsheets that is read; empty: all that are shown
/// @param text the text column; empty: found by name
/// @param label the label column; empty: none
/// @param attributes further columns to keep; empty: every other short one
/// @param attributesFrom a column of the form `name[value], name[value]` to take apart; empty: none
/// @param badRows what happens to rows that do not fit
/// @param plan how samples are divided
/// @param licence of the data, in words
/// @param media what pictures and sounds are made into
public record ImportOptions(
        String name,
        Unit unit,
        String as,
        String encoding,
        SequencedMap<String, String> renamed,
        Holding records,
        String sheet,
        String text,
        String label,
        List<String> attributes,
        String attributesFrom,
        BadRows badRows,
        SplitPlan plan,
        String licence,
        MediaForms media) {

    public enum Unit {
        /// Lines where all are short and none is empty, else the whole file.
        AUTO,
        LINE,
        /// What stands between empty lines.
        PARAGRAPH,
        FILE
    }

    public enum Holding {
        /// Texts with fields, where a column is the text; where none looks so, rows of a table.
        AUTO,
        /// Rows of a table.
        TABLE
    }

    public enum BadRows {
        /// Left out, each with place, reason and remedy in `quarantine.jsonl` of the version.
        QUARANTINE,
        /// The first ends the import.
        REFUSE
    }

    public ImportOptions {
        Datasets.checkedName(name);
        attributes = List.copyOf(attributes);
        renamed = new LinkedHashMap<>(renamed);
        if (records == Holding.TABLE && !text.isEmpty()) {
            throw new IllegalArgumentException(
                    "--table and --text %s: rows of a table have no text: give one of the two".formatted(text));
        }
    }

    /// Everything found out by itself, divided 0.8/0.1/0.1 under seed 1.
    public static ImportOptions of(String name) {
        return new ImportOptions(
                name,
                Unit.AUTO,
                "",
                "auto",
                new LinkedHashMap<>(),
                Holding.AUTO,
                "",
                "",
                "",
                List.of(),
                "",
                BadRows.QUARANTINE,
                new SplitPlan.Automatic(new Seed(1), SplitPlan.Shares.USUAL),
                "",
                MediaForms.USUAL);
    }

    public ImportOptions withUnit(Unit unit) {
        return RecordCopy.with(this, Map.of("unit", unit));
    }

    public ImportOptions withAs(String as) {
        return RecordCopy.with(this, Map.of("as", as));
    }

    public ImportOptions withRecords(Holding records) {
        return RecordCopy.with(this, Map.of("records", records));
    }

    public ImportOptions withSheet(String sheet) {
        return RecordCopy.with(this, Map.of("sheet", sheet));
    }

    public ImportOptions withColumns(String text, String label, List<String> attributes) {
        return RecordCopy.with(this, Map.of("text", text, "label", label, "attributes", attributes));
    }

    public ImportOptions withRenamed(SequencedMap<String, String> renamed) {
        return RecordCopy.with(this, Map.of("renamed", renamed));
    }

    public ImportOptions withAttributesFrom(String column) {
        return RecordCopy.with(this, Map.of("attributesFrom", column));
    }

    public ImportOptions withPlan(SplitPlan plan) {
        return RecordCopy.with(this, Map.of("plan", plan));
    }

    public ImportOptions withLicence(String licence) {
        return RecordCopy.with(this, Map.of("licence", licence));
    }

    public ImportOptions withEncoding(String encoding) {
        return RecordCopy.with(this, Map.of("encoding", encoding));
    }

    public ImportOptions withBadRows(BadRows badRows) {
        return RecordCopy.with(this, Map.of("badRows", badRows));
    }

    public ImportOptions withMedia(MediaForms media) {
        return RecordCopy.with(this, Map.of("media", media));
    }
}
