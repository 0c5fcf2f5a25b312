package dev.athanor.evaluate;

import dev.athanor.evaluate.page.Block;
import dev.athanor.evaluate.page.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a model of pictures, or of sounds as spectrograms, is worth, for people (Markdown, HTML) and for programs
/// (JSON).
///
/// @param split whose pictures are the real ones that the model has not seen
/// @param made how the samples were
/// @param rebuilding of that split's pictures, where the model is an autoencoder
public record ImageReportCard(
        String model, String dataset, String split, Made made, SampleQuality quality, Optional<Rebuilding> rebuilding) {

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("model", model).put("dataset", dataset).put("split", split);
        made.addTo(json);
        json.setAll(quality.toJson());
        rebuilding.ifPresent(measured -> json.set("reconstruction", measured.toJson()));
        return json;
    }

    public String toMarkdown() {
        return CardText.markdown(title(), table(), notices()) + quality.shares();
    }

    /// @param shown pictures and what is said with them: contact sheets of samples, pairs with the nearest
    ///     training pictures
    public Page toPage(List<Block> shown) {
        return Page.titled(title(), "")
                .with(new Block.Facts(facts()))
                .withAll(List.copyOf(notices()))
                .withAll(shown)
                .with(new Block.Section("All measures", CardText.REAL_ONES))
                .with(table().toTable())
                .withAll(quality.labels());
    }

    private String title() {
        return CardText.title(model, dataset, split);
    }

    private MeasureTable table() {
        MeasureTable table = new MeasureTable();
        quality.addTo(table);
        rebuilding.ifPresent(measured -> measured.addTo(table));
        return table;
    }

    private List<Block.Fact> facts() {
        List<Block.Fact> facts = new ArrayList<>(quality.facts());
        rebuilding.map(Rebuilding::fact).ifPresent(facts::add);
        return facts;
    }

    private List<Block.Notice> notices() {
        List<Block.Notice> notices = new ArrayList<>(quality.notices());
        notices.addAll(made.notices());
        rebuilding.map(Rebuilding::notices).ifPresent(notices::addAll);
        return notices;
    }
}
