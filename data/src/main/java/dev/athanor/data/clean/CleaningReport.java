package dev.athanor.data.clean;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the steps of a pipeline did to a dataset, put together from what they did to its parts.
public final class CleaningReport implements Serializable {
    private final List<Step> steps;
    private final List<Tally> tallies;
    private long changed;
    private long kept;

    public CleaningReport(List<Step> steps) {
        this(steps, Collections.nCopies(steps.size(), Tally.Enough.NOTHING));
    }

    /// @param enough what needs no examples, by the number of the step
    CleaningReport(List<Step> steps, List<Tally.Enough> enough) {
        this.steps = List.copyOf(steps);
        this.tallies = enough.stream().map(Tally::new).toList();
    }

    /// @param step the number of a step
    Tally tally(int step) {
        return tallies.get(step);
    }

    /// Adds what the same steps did to the samples that follow.
    public void add(CleaningReport later) {
        for (int i = 0; i < tallies.size(); i++) {
            tallies.get(i).add(later.tallies.get(i));
        }
        kept += later.kept;
        changed += later.changed;
    }

    /// Counts a sample that came through all steps.
    public void keep(Passing sample) {
        kept++;
        changed += sample.changed() ? 1 : 0;
    }

    /// How many samples came through.
    public long kept() {
        return kept;
    }

    /// What needs no more examples, by the number of the step.
    public List<Tally.Enough> enough() {
        return tallies.stream().map(Tally::enough).toList();
    }

    /// `dropped` and `changed` are those of all steps together.
    public ObjectNode toJson() {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("changed", changed);
        ObjectNode dropped = report.putObject("dropped");
        tallies.forEach(tally -> tally.reasons()
                .forEach((reason, count) ->
                        dropped.put(reason, dropped.path(reason).asLong(0) + count)));
        for (int i = 0; i < steps.size(); i++) {
            report.withArray("/steps").add(tallies.get(i).toJson(steps.get(i)));
        }
        return report;
    }
}
