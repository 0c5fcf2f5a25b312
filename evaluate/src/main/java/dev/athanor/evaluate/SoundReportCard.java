package dev.athanor.evaluate;

import dev.athanor.evaluate.page.Block;
import dev.athanor.evaluate.page.Page;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a model of sounds is worth, for people (Markdown, HTML) and for programs (JSON).
///
/// @param split whose sounds are the real ones that the model has not seen
/// @param quality of generated sounds, where the model generates
/// @param vocoders that make sounds of spectrograms, the model's own and those it is held against
public record SoundReportCard(
        String model, String dataset, String split, Optional<SampleQuality> quality, List<Vocoder> vocoders) {
    public SoundReportCard {
        vocoders = List.copyOf(vocoders);
        if (quality.isEmpty() && vocoders.isEmpty()) {
            throw new IllegalArgumentException(
                    "a report card of %s without any measure: give that of samples or of vocoders".formatted(model));
        }
    }

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("model", model).put("dataset", dataset).put("split", split);
        quality.ifPresent(measured -> json.setAll(measured.toJson()));
        ArrayNode array = json.putArray("vocoders");
        for (Vocoder vocoder : vocoders) {
            ObjectNode node = array.addObject();
            node.put("name", vocoder.name()).put("logSpectralDistance", vocoder.decibels());
            node.put("realTimeFactor", vocoder.realTimeFactor()).put("count", vocoder.count());
        }
        return json;
    }

    public String toMarkdown() {
        return CardText.markdown(
                        title(), table(), quality.map(SampleQuality::notices).orElse(List.of()))
                + quality.map(SampleQuality::shares).orElse("");
    }

    /// @param shown sounds and spectrograms and what is said with them
    public Page toPage(List<Block> shown) {
        Page page = Page.titled(title(), "");
        if (quality.isPresent()) {
            page = page.with(new Block.Facts(quality.get().facts()))
                    .withAll(List.copyOf(quality.get().notices()));
        }
        page = page.withAll(shown).with(new Block.Section("All measures", CardText.REAL_ONES));
        page = page.with(table().toTable())
                .withAll(quality.map(SampleQuality::labels).orElse(List.of()));
        return vocoders.isEmpty() ? page : page.withAll(vocoderBars());
    }

    private List<Block> vocoderBars() {
        List<Block.Bar> bars = vocoders.stream()
                .map(vocoder ->
                        new Block.Bar(vocoder.name(), vocoder.decibels(), decibels(vocoder), OptionalDouble.empty()))
                .toList();
        return List.of(
                new Block.Section(
                        "From spectrogram to sound", "Log-spectral distance from the original; shorter is nearer."),
                new Block.Bars("", bars));
    }

    private String title() {
        return CardText.title(model, dataset, split);
    }

    private MeasureTable table() {
        MeasureTable table = new MeasureTable();
        quality.ifPresent(measured -> measured.addTo(table));
        for (Vocoder vocoder : vocoders) {
            table.add(
                    "log-spectral distance of " + vocoder.name(),
                    decibels(vocoder),
                    "",
                    String.format(
                            Locale.ROOT,
                            "from the original of %,d sounds; lower is nearer; takes %.3g of the time that the sound lasts",
                            vocoder.count(),
                            vocoder.realTimeFactor()));
        }
        return table;
    }

    private static String decibels(Vocoder vocoder) {
        return String.format(Locale.ROOT, "%.2f dB", vocoder.decibels());
    }
}
