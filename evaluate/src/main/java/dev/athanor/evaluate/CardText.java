package dev.athanor.evaluate;

import dev.athanor.evaluate.page.Block;
import java.util.List;

/// What the cards of pictures and sounds say alike.
final class CardText {
    static final String REAL_ONES =
            "Real ones that the model has not seen are measured in the same way, and as many: no"
                    + " model can be expected to come closer than they do.";

    private CardText() {}

    static String title(String model, String dataset, String split) {
        return "Report card: %s on %s, %s split".formatted(model, dataset, split);
    }

    static String markdown(String title, MeasureTable table, List<Block.Notice> notices) {
        StringBuilder text = new StringBuilder("# " + MeasureTable.plain(title) + "\n\n");
        text.append(table.toMarkdown()).append('\n');
        notices.forEach(notice ->
                text.append("- ").append(MeasureTable.plain(notice.text())).append('\n'));
        return text.toString();
    }
}
