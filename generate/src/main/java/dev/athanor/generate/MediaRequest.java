package dev.athanor.generate;

import dev.athanor.data.Seed;
import dev.athanor.data.image.Image;
import dev.athanor.data.sound.Sound;
import dev.athanor.generate.image.ImageRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What pictures or sounds were asked for.
///
/// @param fields what they shall show or say, such as `label: sneaker`; empty where nothing was said
/// @param prompt the caption that they shall follow; empty where there is none
/// @param sources the pictures or sounds that they were made from
public record MediaRequest(
        Task task,
        SequencedMap<String, String> fields,
        String prompt,
        Denoising denoising,
        Seed seed,
        List<Source> sources) {

    /// What is done.
    public enum Task {
        /// From noise.
        GENERATE,
        /// Another one like the source.
        VARIATION,
        /// A region of the source anew.
        INPAINT,
        /// The source without its damage, or larger.
        RESTORE,
        /// On the way from one source to another.
        INTERPOLATE
    }

    /// How noise became media.
    ///
    /// @param sampler its name; empty for a model that needs no steps
    /// @param steps how many; 0 for a model that needs none
    /// @param guidance how much the fields and the prompt were stressed; 1: as they are
    /// @param strength how much of the source was given up, from 0 to 1; 1 where there is none
    public record Denoising(String sampler, int steps, double guidance, double strength) {
        /// For models that make their content at once.
        public static final Denoising NONE = new Denoising("", 0, 1, 1);

        public Denoising {
            if (!(strength >= 0 && strength <= 1)) {
                throw new IllegalArgumentException(
                        "strength %s: expected a number from 0 (the source as it is) to 1 (nothing of it)"
                                .formatted(strength));
            }
        }
    }

    /// A picture or sound that content was made from.
    ///
    /// @param name its file's name, without folders
    /// @param sha256 of its pixels or samples, see [Content]
    public record Source(String name, String sha256) {
        public static Source of(String name, Image picture) {
            return new Source(name, Content.hash(picture));
        }

        public static Source of(String name, Sound sound) {
            return new Source(name, Content.hash(sound));
        }
    }

    public MediaRequest {
        fields = Making.copy(fields);
        sources = List.copyOf(sources);
    }

    /// Anything that the model makes, from noise.
    public static MediaRequest of(Seed seed) {
        return new MediaRequest(Task.GENERATE, new LinkedHashMap<>(), "", Denoising.NONE, seed, List.of());
    }

    /// Pictures from noise, as a model was asked for them; other tasks by `from`.
    public static MediaRequest of(ImageRequest request) {
        ImageRequest.Denoising way = request.denoising();
        return new MediaRequest(
                Task.GENERATE,
                request.fields(),
                request.prompt(),
                new Denoising(way.solver().word(), way.steps(), way.guidance(), 1),
                request.seed(),
                List.of());
    }

    public MediaRequest withFields(SequencedMap<String, String> chosen) {
        return new MediaRequest(task, chosen, prompt, denoising, seed, sources);
    }

    public MediaRequest withPrompt(String chosen) {
        return new MediaRequest(task, fields, chosen, denoising, seed, sources);
    }

    public MediaRequest withDenoising(Denoising chosen) {
        return new MediaRequest(task, fields, prompt, chosen, seed, sources);
    }

    /// The same, made from other media.
    public MediaRequest from(Task chosen, List<Source> given) {
        return new MediaRequest(chosen, fields, prompt, denoising, seed, given);
    }

    /// As lines for people.
    ///
    /// @param which piece of the request it is
    List<String> explain(String which) {
        List<String> lines = new ArrayList<>();
        lines.add("task     " + word(task));
        if (!prompt.isEmpty()) {
            lines.add("prompt   " + prompt);
        }
        sources.forEach(source -> lines.add("from     " + source.name() + ", sha256 " + source.sha256()));
        fields.forEach((field, value) -> lines.add("field    " + field + ": " + value));
        if (denoising.steps() > 0) {
            lines.add("sampler  %s, %d steps, guidance %s, strength %s"
                    .formatted(denoising.sampler(), denoising.steps(), denoising.guidance(), denoising.strength()));
        }
        lines.add("seed     " + seed.value() + ", " + which);
        return lines;
    }

    void write(ObjectNode json, int index) {
        json.put("task", word(task));
        json.put("prompt", prompt);
        ObjectNode about = json.putObject("fields");
        fields.forEach(about::put);
        if (!denoising.equals(Denoising.NONE)) {
            json.putObject("denoising")
                    .put("sampler", denoising.sampler())
                    .put("steps", denoising.steps())
                    .put("guidance", denoising.guidance())
                    .put("strength", denoising.strength());
        }
        json.put("seed", seed.value());
        json.put("index", index);
        if (!sources.isEmpty()) {
            ArrayNode from = json.putArray("from");
            sources.forEach(
                    source -> from.addObject().put("name", source.name()).put("sha256", source.sha256()));
        }
    }

    /// @throws IllegalArgumentException where the task is unknown
    static MediaRequest read(JsonNode json) {
        JsonNode denoising = json.path("denoising");
        return new MediaRequest(
                task(json.path("task").asString("")),
                Making.fields(json.path("fields")),
                json.path("prompt").asString(""),
                new Denoising(
                        denoising.path("sampler").asString(""),
                        denoising.path("steps").asInt(0),
                        denoising.path("guidance").asDouble(1),
                        denoising.path("strength").asDouble(1)),
                new Seed(json.path("seed").asLong(0)),
                json.path("from")
                        .valueStream()
                        .map(source -> new Source(
                                source.path("name").asString(""),
                                source.path("sha256").asString("")))
                        .toList());
    }

    private static String word(Task task) {
        return task.name().toLowerCase(Locale.ROOT);
    }

    private static Task task(String word) {
        return List.of(Task.values()).stream()
                .filter(task -> word(task).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the record's task is \"%s\": expected generate, variation, inpaint, restore or interpolate"
                                .formatted(word)));
    }
}
