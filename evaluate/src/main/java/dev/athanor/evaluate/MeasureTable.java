package dev.athanor.evaluate;

import dev.athanor.evaluate.page.Block;
import java.util.ArrayList;
import java.util.List;

/// The table of a report card: what is measured, what the samples get, what real ones get, and what it says.
final class MeasureTable {
    private static final List<String> COLUMNS = List.of("measure", "samples", "real ones", "what it says");

    private final List<List<String>> rows = new ArrayList<>();

    /// @param real empty where real ones have no such value
    void add(String name, String value, String real, String meaning) {
        rows.add(List.of(name, value, real, meaning));
    }

    Block.Table toTable() {
        return new Block.Table(COLUMNS, rows);
    }

    String toMarkdown() {
        return markdown(toTable());
    }

    /// Names come from users: a bar would begin a new cell, a line break end the table, and a tag reach a
    /// browser.
    static String markdown(Block.Table table) {
        StringBuilder text = new StringBuilder();
        line(text, table.columns());
        line(text, table.columns().stream().map(_ -> "---").toList());
        table.rows().forEach(row -> line(text, row));
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> cells) {
        cells.forEach(cell -> text.append("| ").append(plain(cell)).append(' '));
        text.append("|\n");
    }

    static String plain(String words) {
        return words.replaceAll("\\R", " ").replace("|", "\\|").replace("<", "&lt;");
    }
}
