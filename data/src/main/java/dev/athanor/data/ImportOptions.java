package dev.athanor.data;

import java.util.List;

/// How files are read.
///
/// @param name of the dataset
/// @param unit what one sample of a plain text file is
/// @param encoding a charset's name, or `auto`
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
        String encoding,
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

    public enum BadRows {
        REFUSE,
        /// Listed in `report.json` and left out.
        SKIP
    }

    public ImportOptions {
        Datasets.checkedName(name);
        attributes = List.copyOf(attributes);
    }

    /// Everything found out by itself, divided 0.8/0.1/0.1 under seed 1.
    public static ImportOptions of(String name) {
        return new ImportOptions(
                name,
                Unit.AUTO,
                "auto",
                "",
                "",
                List.of(),
                "",
                BadRows.REFUSE,
                new SplitPlan.Automatic(new Seed(1), SplitPlan.Shares.USUAL),
                "",
                MediaForms.USUAL);
    }

    public ImportOptions withUnit(Unit unit) {
        return new ImportOptions(
                name, unit, encoding, text, label, attributes, attributesFrom, badRows, plan, licence, media);
    }

    public ImportOptions withColumns(String text, String label, List<String> attributes) {
        return new ImportOptions(
                name, unit, encoding, text, label, attributes, attributesFrom, badRows, plan, licence, media);
    }

    public ImportOptions withAttributesFrom(String column) {
        return new ImportOptions(name, unit, encoding, text, label, attributes, column, badRows, plan, licence, media);
    }

    public ImportOptions withPlan(SplitPlan plan) {
        return new ImportOptions(
                name, unit, encoding, text, label, attributes, attributesFrom, badRows, plan, licence, media);
    }

    public ImportOptions withLicence(String licence) {
        return new ImportOptions(
                name, unit, encoding, text, label, attributes, attributesFrom, badRows, plan, licence, media);
    }

    public ImportOptions withEncoding(String encoding) {
        return new ImportOptions(
                name, unit, encoding, text, label, attributes, attributesFrom, badRows, plan, licence, media);
    }

    public ImportOptions withBadRows(BadRows badRows) {
        return new ImportOptions(
                name, unit, encoding, text, label, attributes, attributesFrom, badRows, plan, licence, media);
    }

    public ImportOptions withMedia(MediaForms media) {
        return new ImportOptions(
                name, unit, encoding, text, label, attributes, attributesFrom, badRows, plan, licence, media);
    }
}
