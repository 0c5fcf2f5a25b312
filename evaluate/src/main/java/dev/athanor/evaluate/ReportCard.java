package dev.athanor.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a model is worth, for people (Markdown) and for programs (JSON).
///
/// @param references BLEU against the references, where samples of one set of fields exist
/// @param coverage of the fields asked for, where the model is conditioned on fields
public record ReportCard(
        String model,
        String dataset,
        String split,
        HeldOut heldOut,
        Diversity diversity,
        Copying copying,
        Optional<Double> references,
        Optional<Coverage> coverage,
        List<String> samples) {
    public ReportCard {
        samples = List.copyOf(samples);
    }

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("model", model);
        json.put("dataset", dataset);
        json.put("split", split);
        json.putObject("heldOut")
                .put("tokens", heldOut.tokens())
                .put("characters", heldOut.characters())
                .put("bytes", heldOut.bytes())
                .put("loss", heldOut.loss())
                .put("perplexity", heldOut.perplexity())
                .put("bitsPerCharacter", heldOut.bitsPerCharacter())
                .put("bitsPerByte", heldOut.bitsPerByte());
        json.putObject("diversity")
                .put("distinct1", diversity.distinct1())
                .put("distinct2", diversity.distinct2())
                .put("distinct3", diversity.distinct3())
                .put("repetition", diversity.repetition())
                .put("selfBleu", diversity.selfBleu());
        json.putObject("copying").put("share", copying.share()).put("longest", copying.longest());
        references.ifPresent(bleu -> json.put("bleu", bleu));
        coverage.ifPresent(c -> json.putObject("coverage")
                .put("said", c.said())
                .put("asked", c.asked())
                .put("share", c.share()));
        samples.forEach(json.putArray("samples")::add);
        return json;
    }

    public String toMarkdown() {
        StringBuilder text = new StringBuilder();
        text.append("# Report card: %s on %s, %s split\n\n".formatted(model, dataset, split));
        text.append("| measure | value | what it says |\n| --- | --- | --- |\n");
        row(
                text,
                "loss",
                "%.4f".formatted(heldOut.loss()),
                "nats for each of %,d tokens; lower is better".formatted(heldOut.tokens()));
        row(text, "perplexity", "%.2f".formatted(heldOut.perplexity()), "choices between which the model wavers");
        row(text, "bits per character", "%.3f".formatted(heldOut.bitsPerCharacter()), "comparable between tokenizers");
        row(text, "bits per byte", "%.3f".formatted(heldOut.bitsPerByte()), "comparable between scripts");
        row(
                text,
                "distinct words, pairs, triples",
                "%.2f, %.2f, %.2f".formatted(diversity.distinct1(), diversity.distinct2(), diversity.distinct3()),
                "share of different ones; higher is more varied");
        row(
                text,
                "repetition",
                "%.1f %%".formatted(100 * diversity.repetition()),
                "runs of four words said again in one text");
        row(
                text,
                "self-BLEU",
                "%.1f".formatted(diversity.selfBleu()),
                "likeness of the samples to each other; lower is more varied");
        row(
                text,
                "copied",
                "%.1f %%".formatted(100 * copying.share()),
                "runs of eight words that stand in the training text; the longest stretch has %d"
                        .formatted(copying.longest()));
        references.ifPresent(
                bleu -> row(text, "BLEU", "%.1f".formatted(bleu), "against all references of the same fields"));
        coverage.ifPresent(c -> row(
                text,
                "attributes said",
                "%.1f %%".formatted(100 * c.share()),
                "%,d of %,d asked for".formatted(c.said(), c.asked())));
        text.append("\n## Samples\n");
        for (String sample : samples.subList(0, Math.min(5, samples.size()))) {
            text.append("\n> ").append(sample.strip().replace("\n", "\n> ")).append('\n');
        }
        return text.toString();
    }

    private static void row(StringBuilder text, String name, String value, String meaning) {
        text.append(String.format(Locale.ROOT, "| %s | %s | %s |%n", name, value, meaning));
    }
}
