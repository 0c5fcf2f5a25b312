package dev.athanor.data.clean;

import dev.athanor.data.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Steps at work on one dataset, one after the other on each sample.
///
/// Where personal data is replaced, examples in the report have it replaced, too, those of earlier steps included.
public final class Pipeline {
    private record Working(Treatment treatment, Tally tally) {}

    private final List<Working> steps;
    private final LongSupplier nanoTime;
    private long changed;
    private long kept;

    private Pipeline(List<Working> steps, LongSupplier nanoTime) {
        this.steps = steps;
        this.nanoTime = nanoTime;
    }

    /// @param nanoTime as [System#nanoTime]
    /// @throws IllegalArgumentException for a step that is not for such samples, or lacks an option
    public static Pipeline open(List<Step> steps, Surroundings around, LongSupplier nanoTime) {
        UnaryOperator<String> hide = steps.stream()
                .filter(Personal.class::isInstance)
                .map(step -> ((Personal) step).hiding(around))
                .findFirst()
                .orElse(UnaryOperator.identity());
        List<Working> working = new ArrayList<>();
        for (Step step : steps) {
            if (!step.suits(around.kind())) {
                throw new IllegalArgumentException("the step %s is not for samples of the kind %s: leave it out"
                        .formatted(step.name(), around.kind().word()));
            }
            working.add(new Working(step.open(around), new Tally(step, hide)));
        }
        return new Pipeline(List.copyOf(working), nanoTime);
    }

    /// What all steps make of a sample; empty where one drops it.
    public Optional<Sample> treat(Sample sample) {
        Sample current = sample;
        long before = nanoTime.getAsLong();
        for (Working step : steps) {
            Outcome outcome = step.treatment().of(current);
            long after = nanoTime.getAsLong();
            step.tally().count(current, outcome, after - before);
            before = after;
            switch (outcome) {
                case Outcome.Kept(Sample next) -> current = next;
                case Outcome.Dropped _ -> {
                    return Optional.empty();
                }
            }
        }
        kept++;
        changed += current == sample ? 0 : 1;
        return Optional.of(current);
    }

    /// How many samples came through.
    public long kept() {
        return kept;
    }

    /// What every step did so far. `dropped` and `changed` are those of all steps together.
    public ObjectNode report() {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("changed", changed);
        ObjectNode dropped = report.putObject("dropped");
        steps.forEach(step -> step.tally()
                .reasons()
                .forEach((reason, count) ->
                        dropped.put(reason, dropped.path(reason).asLong(0) + count)));
        steps.forEach(step -> report.withArray("/steps")
                .add(step.tally().toJson(step.treatment().found())));
        return report;
    }
}
