package dev.athanor.train;

import dev.athanor.model.ImageClassifier;
import dev.athanor.model.ImageConfig;
import dev.athanor.model.ImageFormat;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The model card of a model of pictures for people, Markdown with YAML front matter.
final class ImageReadme {
    private ImageReadme() {}

    static String of(ImageCourse course, ObjectNode card) {
        ImageConfig config = course.config();
        String model = card.path("name").asString();
        String licence = card.path("dataset").path("licence").asString("");
        boolean judges = config instanceof ImageClassifier.Config;
        return """
                ---
                library_name: athanor
                pipeline_tag: %s
                tags: [athanor, %s]
                ---
                # %s

                An %s of %s parameters that %s pictures of %s, trained with Athanor from nothing but the dataset
                %s%s.

                | | |
                | --- | --- |
                | %s | %s |
                | trained | %s, run %s |
                | steps | %d, the best at %d, %.0f s |
                | loss on the validation split | %s |
                %s| engine | %s |

                %s `card.json` holds the recipe, the seed and the fingerprints of the data.
                """.formatted(
                        judges ? "image-classification" : "unconditional-image-generation",
                        config.family(),
                        model,
                        config.family(),
                        String.format(Locale.ROOT, "%,d", config.parameters()),
                        judges ? "judges" : "makes",
                        config.shape(),
                        course.name(),
                        licence.isEmpty() ? "" : " (licence: " + licence + ")",
                        judges ? "tells" : "told what to make by",
                        told(course.format()),
                        card.path("made").asString(),
                        card.path("run").asString(),
                        card.path("steps").asLong(),
                        card.path("bestStep").asLong(),
                        card.path("trainingSeconds").asDouble(),
                        loss(card, config),
                        accuracy(card.path("metrics")),
                        card.path("versions").path("engine").asString(),
                        judges ? "It judges what pictures show." : use(model));
    }

    private static String told(ImageFormat format) {
        String fields = format.fields().stream()
                .map(field ->
                        "%s (%d values)".formatted(field.name(), field.values().size()))
                .collect(Collectors.joining(", "));
        if (format.captionLength() == 0) {
            return fields.isEmpty() ? "nothing" : fields;
        }
        return fields.isEmpty() ? "a prompt" : fields + ", or a prompt";
    }

    private static String loss(JsonNode card, ImageConfig config) {
        JsonNode loss = card.path("metrics").path("validationLoss");
        return loss.isMissingNode()
                ? "not measured"
                : String.format(Locale.ROOT, "%.4f (%s)", loss.asDouble(), config.loss());
    }

    private static String accuracy(JsonNode metrics) {
        return metrics.has("accuracy")
                ? String.format(
                        Locale.ROOT,
                        "| accuracy on the %s split | %.2f %% |%n",
                        metrics.path("accuracyOf").asString(),
                        100 * metrics.path("accuracy").asDouble())
                : "";
    }

    private static String use(String model) {
        return """
                Generate with it: `athanor generate %s --count 16`

                What it makes is AI-generated: mark it so where the law asks for it.""".formatted(model);
    }
}
