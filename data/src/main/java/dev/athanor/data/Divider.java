package dev.athanor.data;

import dev.athanor.data.duplicate.TextLikeness;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;

/// Divides the samples of a dataset anew, as its next version.
public final class Divider {
    private Divider() {}

    /// Which samples stay together where chance divides; equal ones always do.
    public enum Together {
        /// Texts that [TextLikeness] calls similar, too; of pictures and sounds equal ones alone, since many small
        /// pictures are alike.
        SIMILAR,
        EQUAL
    }

    public static Dataset run(Datasets datasets, Dataset dataset, SplitPlan plan, Together together) {
        Manifest old = dataset.manifest();
        plan.needs().ifPresent(VersionWriter.Schema.of(old)::require);
        Optional<Kin> kin = together == Together.SIMILAR && dataset.kind() == Kind.TEXT && plan.isByContent()
                ? Optional.of(Kin.of(dataset, new TextLikeness(TextLikeness.Settings.USUAL), plan))
                : Optional.empty();
        return VersionWriter.write(datasets, VersionWriter.Schema.of(old), plan, writer -> {
            for (Split split : Split.values()) {
                Optional<Split> given = plan instanceof SplitPlan.Given ? Optional.of(split) : Optional.empty();
                int number = 0;
                try (Stream<Sample> samples = dataset.samples(split)) {
                    for (Sample sample : (Iterable<Sample>) samples::iterator) {
                        int place = number++;
                        double chance = kin.map(found -> found.chance(split, place))
                                .orElseGet(() -> SplitChance.of(plan, sample));
                        writer.add(sample, given, chance);
                    }
                }
            }
            return new VersionWriter.Description(
                    old.sources(),
                    List.of(old.reference()),
                    old.licence(),
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("divided", plan.toString())
                            .put("together", kin.isPresent() ? "equal and similar texts" : "equal samples"));
        });
    }
}
