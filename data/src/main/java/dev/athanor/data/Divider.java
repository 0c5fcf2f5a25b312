package dev.athanor.data;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;

/// Divides the samples of a dataset anew, as its next version.
public final class Divider {
    private Divider() {}

    public static Dataset run(Datasets datasets, Dataset dataset, SplitPlan plan) {
        Manifest old = dataset.manifest();
        return VersionWriter.write(datasets, VersionWriter.Schema.of(old), plan, writer -> {
            for (Split split : Split.values()) {
                try (Stream<Sample> samples = dataset.samples(split)) {
                    samples.forEach(sample -> writer.add(
                            sample, plan instanceof SplitPlan.Given ? Optional.of(split) : Optional.empty()));
                }
            }
            return new VersionWriter.Description(
                    old.sources(),
                    List.of(old.reference()),
                    old.licence(),
                    JsonNodeFactory.instance.objectNode().put("divided", plan.toString()));
        });
    }
}
