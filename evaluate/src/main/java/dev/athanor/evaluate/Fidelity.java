package dev.athanor.evaluate;

import dev.athanor.data.Seed;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How near samples come to real ones, and beside it how near other real ones come: no number here means much
/// alone. Both sets have the same count, drawn by lot, and are held against the same reference.
///
/// @param features whose they are: values in those of another model cannot be compared
/// @param count samples in each set
/// @param samples of the generated ones
/// @param floor of real ones that are not in the reference: what a perfect model would get
public record Fidelity(String features, int count, Scores samples, Scores floor) {

    /// One set against the reference.
    public record Scores(FrechetDistance frechet, KernelDistance kernel, PrecisionRecall precisionRecall) {
        private static Scores of(Features reference, Features set, Seed seed) {
            int count = Math.min(reference.count(), set.count());
            return new Scores(
                    FrechetDistance.of(reference, set),
                    KernelDistance.of(reference, set, seed.branch("kernel")),
                    PrecisionRecall.of(reference.draw(count, seed.branch("neighbours")), set));
        }

        private ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("frechet", frechet.value());
            json.put("kernel", kernel.value()).put("kernelDeviation", kernel.deviation());
            json.put("precision", precisionRecall.precision()).put("recall", precisionRecall.recall());
            json.put("density", precisionRecall.density()).put("coverage", precisionRecall.coverage());
            return json;
        }
    }

    /// @param reference real samples, usually those of training
    /// @param heldOut other real samples
    public static Fidelity of(Features reference, Features heldOut, Features generated, Seed seed) {
        int count = Math.min(heldOut.count(), generated.count());
        return new Fidelity(
                reference.source(),
                count,
                Scores.of(reference, generated.draw(count, seed.branch("generated")), seed),
                Scores.of(reference, heldOut.draw(count, seed.branch("held out")), seed));
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("features", features).put("count", count);
        json.set("samples", samples.toJson());
        json.set("floor", floor.toJson());
        return json;
    }

    void addTo(MeasureTable table) {
        PrecisionRecall found = samples.precisionRecall();
        PrecisionRecall real = floor.precisionRecall();
        table.add(
                "Fréchet distance in the features of " + features,
                number(samples.frechet().value()),
                number(floor.frechet().value()),
                "lower is nearer; over %,d samples, so not to be held against other counts or features"
                        .formatted(count));
        table.add(
                "kernel distance in the same",
                kernel(samples.kernel()),
                kernel(floor.kernel()),
                "lower is nearer; no bias for few samples; ± one deviation over subsets");
        table.add(
                "precision", percent(found.precision()), percent(real.precision()), "samples that look like real ones");
        table.add(
                "recall",
                percent(found.recall()),
                percent(real.recall()),
                "real ones that have their like among samples");
        table.add(
                "density",
                String.format(Locale.ROOT, "%.2f", found.density()),
                String.format(Locale.ROOT, "%.2f", real.density()),
                "real ones around a sample; precision that no outlier deceives");
        table.add("coverage", percent(found.coverage()), percent(real.coverage()), "real ones with a sample close by");
    }

    /// Three digits that count, without an exponent.
    static String number(double value) {
        return digits(value, 3);
    }

    private static String digits(double value, int count) {
        int whole = (int) Math.log10(Math.max(1, Math.abs(value))) + 1; // none of these is rounded away
        return new BigDecimal(value)
                .round(new MathContext(Math.max(whole, count)))
                .toPlainString();
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String kernel(KernelDistance distance) {
        return number(distance.value()) + " ± " + digits(distance.deviation(), 2);
    }
}
