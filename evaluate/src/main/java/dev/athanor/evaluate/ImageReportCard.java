package dev.athanor.evaluate;

import dev.athanor.evaluate.page.Block;
import dev.athanor.evaluate.page.Page;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a model of pictures is worth, for people (Markdown, HTML) and for programs (JSON).
///
/// @param split whose pictures are the real ones that the model has not seen
/// @param reconstruction of that split's pictures, where the model has an encoder
public record ImageReportCard(
        String model, String dataset, String split, SampleQuality quality, Optional<Reconstruction> reconstruction) {

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("model", model).put("dataset", dataset).put("split", split);
        json.setAll(quality.toJson());
        reconstruction.ifPresent(lost -> {
            ObjectNode node = json.putObject("reconstruction");
            node.put("absoluteError", lost.absoluteError()).put("squaredError", lost.squaredError());
            if (Double.isFinite(lost.decibels())) { // JSON has no word for infinity, which nothing lost is
                node.put("psnr", lost.decibels());
            }
            node.put("ssim", lost.similarity()).put("count", lost.count());
        });
        return json;
    }

    public String toMarkdown() {
        return CardText.markdown(title(), table(), quality.notices());
    }

    /// @param shown pictures and what is said with them: contact sheets of samples, pairs with the nearest
    ///     training pictures
    public Page toPage(List<Block> shown) {
        return Page.titled(title(), "")
                .with(new Block.Facts(quality.facts()))
                .withAll(List.copyOf(quality.notices()))
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
        reconstruction.ifPresent(lost -> {
            String of = "over %,d pictures taken apart and put together again".formatted(lost.count());
            table.add("mean absolute error", decimals(lost.absoluteError()), "", of + "; 1 is from black to white");
            table.add("mean squared error", decimals(lost.squaredError()), "", "the same of squares");
            table.add("PSNR", String.format(Locale.ROOT, "%.1f dB", lost.decibels()), "", "higher is nearer");
            table.add("SSIM", String.format(Locale.ROOT, "%.3f", lost.similarity()), "", "1 is the same to the eye");
        });
        return table;
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
