package dev.athanor.evaluate.data;

import dev.athanor.data.ColumnProfile;
import dev.athanor.data.Dataset;
import dev.athanor.evaluate.page.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What stands in the columns of a table, as parts of a page.
final class ColumnBlocks {
    private ColumnBlocks() {}

    static List<Block> of(Dataset dataset) {
        List<ColumnProfile> profiles = ColumnProfile.of(dataset);
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Section("Columns", "Of all splits together."));
        blocks.add(new Block.Table(
                List.of("column", "holds", "filled", "different", "commonest"),
                profiles.stream().map(ColumnBlocks::row).toList()));
        List<ColumnProfile> measured = profiles.stream()
                .filter(profile -> !profile.quartiles().isEmpty())
                .toList();
        if (!measured.isEmpty()) {
            blocks.add(new Block.Section(
                    "Numbers and times",
                    "A quarter of the values lies below the first quartile, half below the median."));
            blocks.add(new Block.Table(
                    List.of("column", "smallest", "first quartile", "median", "third quartile", "largest"),
                    measured.stream().map(ColumnBlocks::quartiles).toList()));
        }
        return blocks;
    }

    private static List<String> row(ColumnProfile profile) {
        return List.of(
                profile.field(),
                profile.content().name().toLowerCase(Locale.ROOT),
                number(profile.filled()),
                number(profile.different()),
                profile.commonest().entrySet().stream()
                        .map(value -> "%s (%s)".formatted(value.getKey(), number(value.getValue())))
                        .collect(Collectors.joining(", ")));
    }

    private static List<String> quartiles(ColumnProfile profile) {
        List<String> row = new ArrayList<>(profile.quartiles());
        row.addFirst(profile.field());
        return row;
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
