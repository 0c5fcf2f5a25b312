package dev.athanor.generate;

import dev.athanor.data.Hashes;
import dev.athanor.model.ModelFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a model's content goes back to. What its card does not say is empty.
///
/// @param model the model's name
/// @param weights SHA-256 of its weight files, joined by `+` where there are several
/// @param run the run that trained it
/// @param dataset what it learnt from, as `name@version`
/// @param fingerprint of that version's content
/// @param sources the files that version was made from
public record Origin(
        String model, String weights, String run, String dataset, String fingerprint, List<String> sources) {
    public Origin {
        sources = List.copyOf(sources);
    }

    /// Reads `run` and `dataset` (`reference`, `fingerprint`, `sources`) from the model's card, and hashes its
    /// weights. What a model started from leads to its sources, too.
    public static Origin of(ModelFolder folder) {
        JsonNode card = folder.card();
        JsonNode dataset = card.path("dataset");
        List<String> sources = new ArrayList<>();
        dataset.path("sources")
                .forEach(source -> sources.add(source.path("path").asString("")));
        for (JsonNode parent = card.path("parent"); parent.isObject(); parent = parent.path("parent")) {
            String by = " (by %s, trained on %s)"
                    .formatted(
                            parent.path("name").asString(""),
                            parent.path("dataset").path("reference").asString("unknown data"));
            parent.path("dataset")
                    .path("sources")
                    .forEach(source -> sources.add(source.path("path").asString("") + by));
        }
        return new Origin(
                folder.name(),
                folder.weights().stream()
                        .map((Path file) -> Hashes.sha256(file))
                        .collect(Collectors.joining("+")),
                card.path("run").asString(""),
                dataset.path("reference").asString(""),
                dataset.path("fingerprint").asString(""),
                sources);
    }

    /// The same for content that a second model has a part in, as a vocoder in sounds: what that one learnt
    /// from leads to its sources, too.
    public Origin with(ModelFolder second) {
        Origin other = of(second);
        List<String> all = new ArrayList<>(sources);
        other.sources().stream()
                .map(source -> source.endsWith(")")
                        ? source
                        : "%s (by %s, trained on %s)".formatted(source, other.model(), other.dataset()))
                .forEach(all::add);
        return new Origin(model, weights, run, dataset, fingerprint, all);
    }

    void write(ObjectNode json) {
        json.put("model", model);
        json.put("weights", weights);
        json.put("run", run);
        json.put("dataset", dataset);
        json.put("fingerprint", fingerprint);
        sources.forEach(json.putArray("sources")::add);
    }

    static Origin read(JsonNode json) {
        return new Origin(
                json.path("model").asString(""),
                json.path("weights").asString(""),
                json.path("run").asString(""),
                json.path("dataset").asString(""),
                json.path("fingerprint").asString(""),
                json.path("sources").valueStream().map(JsonNode::asString).toList());
    }
}
