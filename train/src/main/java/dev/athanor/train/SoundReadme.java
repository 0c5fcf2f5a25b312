package dev.athanor.train;

import dev.athanor.model.SoundConfig;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The model card of a vocoder for people, Markdown with YAML front matter.
final class SoundReadme {
    private SoundReadme() {}

    static String of(SoundCourse course, ObjectNode card) {
        SoundConfig config = course.config();
        String licence = card.path("dataset").path("licence").asString("");
        return """
                ---
                library_name: athanor
                pipeline_tag: audio-to-audio
                tags: [athanor, %s]
                ---
                # %s

                A %s of %s parameters that makes sounds at %d samples a second of spectrograms of %d bands, trained
                with Athanor from nothing but the dataset %s%s.

                | | |
                | --- | --- |
                | heard | %d s of sound |
                | trained | %s, run %s |
                | steps | %d, the best at %d, %.0f s |
                | loss on the validation split | %s |
                | engine | %s |

                Models of sounds at this rate in the same workspace use it by themselves. `card.json` holds the recipe,
                the seed and the fingerprints of the data.
                """.formatted(
                        config.family(),
                        card.path("name").asString(),
                        config.family(),
                        String.format(Locale.ROOT, "%,d", config.parameters()),
                        config.mel().rate(),
                        config.mel().mels(),
                        course.name(),
                        licence.isEmpty() ? "" : " (licence: " + licence + ")",
                        card.path("secondsHeard").asLong(),
                        card.path("made").asString(),
                        card.path("run").asString(),
                        card.path("steps").asLong(),
                        card.path("bestStep").asLong(),
                        card.path("trainingSeconds").asDouble(),
                        loss(card, course),
                        card.path("versions").path("engine").asString());
    }

    private static String loss(JsonNode card, SoundCourse course) {
        JsonNode loss = card.path("metrics").path("validationLoss");
        return loss.isMissingNode()
                ? "not measured"
                : String.format(
                        Locale.ROOT, "%.4f (%s)", loss.asDouble(), course.unit().loss());
    }
}
