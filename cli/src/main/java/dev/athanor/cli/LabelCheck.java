package dev.athanor.cli;

import dev.athanor.data.Counted;
import dev.athanor.data.Dataset;
import dev.athanor.data.LabelErrors;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Prints the labels of a dataset that are likely wrong.
///
/// @param count how many of them, the surest first
record LabelCheck(Terminal terminal, int count) {
    private static final int WIDTH = 70;

    void print(Dataset dataset, Optional<String> field, boolean json) {
        LabelErrors.Found found =
                LabelErrors.find(dataset, field.orElse(dataset.manifest().label()));
        if (json) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            found.suspects().forEach(suspect -> array.add(suspect.toJson()));
            terminal.result(array.toPrettyString());
            return;
        }
        found.notes().forEach(terminal::note);
        if (!found.suspects().isEmpty()) {
            terminal.table(
                    List.of("sample", "label", "likely", "text"),
                    found.suspects().stream().limit(count).map(LabelCheck::row).toList());
        }
        terminal.result("%s of %s %s likely wrong, in all splits of %s"
                .formatted(
                        Terminal.number(found.suspects().size()),
                        Counted.of(found.checked(), "label"),
                        found.suspects().size() == 1 ? "is" : "are",
                        dataset.reference()));
        if (found.suspects().size() > count) {
            terminal.note("The %d surest are shown: --count N shows more, --json all".formatted(count));
        }
    }

    private static List<String> row(LabelErrors.Suspect suspect) {
        String text = suspect.text().replaceAll("\\p{Cc}+", " ");
        return List.of(
                suspect.id(),
                suspect.given(),
                String.format(Locale.ROOT, "%s %.0f %%", suspect.likely(), 100 * suspect.chance()),
                text.codePointCount(0, text.length()) <= WIDTH
                        ? text
                        : text.substring(0, text.offsetByCodePoints(0, WIDTH)) + " ...");
    }
}
