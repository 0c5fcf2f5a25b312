package dev.athanor.data;

import dev.athanor.data.duplicate.Groups;
import dev.athanor.data.duplicate.Likeness;
import dev.athanor.data.duplicate.Search;
import java.util.Optional;

/// Samples that are equal or similar, also by way of others, and therefore have one chance when a dataset is divided:
/// else a model is judged with what it has nearly learnt.
///
/// The chance of a group is that of one of its samples, which depends on their contents alone: with more samples it
/// changes only where one of them takes that place. Memory holds 20 bytes for each sample.
final class Kin {
    private final DuplicateLayout layout;
    private final Groups groups;
    private final double[] chances;
    private final int[] chosen; // by the first row of a group

    private Kin(DuplicateLayout layout) {
        this.layout = layout;
        this.groups = new Groups(layout.rows());
        this.chances = new double[layout.rows()];
        this.chosen = new int[layout.rows()];
    }

    static Kin of(Dataset dataset, Likeness likeness, SplitPlan plan) {
        Kin kin = new Kin(DuplicateLayout.of(dataset, Optional.empty()));
        long[] ranks = new long[kin.layout.rows()];
        Search.Taker taker = (row, sample) -> {
            kin.chances[row] = SplitChance.of(plan, sample);
            ranks[row] = new Seed(0).branch(SplitChance.content(sample)).value();
        };
        return Durable.scratch(dataset.folder().resolveSibling("similar"), folder -> {
            try (Search search = Processors.all().search(likeness, kin.layout.sections(), folder)) {
                search.look(all -> kin.layout.read(_ -> {}, all), Optional.of(taker));
                search.equal(kin.groups::unite);
                search.similar(kin.layout.wanted(), pair -> kin.groups.unite(pair.first(), pair.second()));
            }
            kin.choose(ranks);
            return kin;
        });
    }

    private void choose(long[] ranks) {
        for (int row = 0; row < chosen.length; row++) {
            int first = groups.first(row);
            chosen[first] = row == first || ranks[row] < ranks[chosen[first]] ? row : chosen[first];
        }
    }

    /// The number from 0 to below 1 of a sample of a split.
    ///
    /// @param number of the sample, from 0
    double chance(Split split, int number) {
        int begin = layout.subject(split).map(DuplicateLayout.Part::begin).orElseThrow();
        return chances[chosen[groups.first(begin + number)]];
    }
}
