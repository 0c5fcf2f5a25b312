package dev.athanor.data;

import dev.athanor.data.duplicate.Groups;
import dev.athanor.data.duplicate.Pair;
import dev.athanor.data.duplicate.Search;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Brings the pairs that were found together: which samples form a group, which of them go, and how many that
/// makes. Memory holds three numbers for each sample at most.
final class DuplicateTally {
    private static final Comparator<Pair> BY_SIMILARITY = Comparator.comparingDouble(Pair::similarity)
            .thenComparing(Pair::first)
            .thenComparing(Pair::second);

    private final DuplicateLayout layout;
    private final Deduplicator.Plan plan;
    private final DuplicateLines lines;
    private final Search.Wanted wanted;
    private final Groups groups;
    private final BitSet dropped;
    private final BitSet likeReference = new BitSet();
    private final ToLongFunction<Sample> worth;
    private final long[] worths;
    /// Those nearest to the threshold: they tell best whether it is the right one.
    private final Foremost<Pair> examples = new Foremost<>(BY_SIMILARITY);

    private List<DuplicateFindings.Across> equalAcross = List.of();
    private long unranked;
    private long repeated;
    private long similar;

    /// @param worth which sample is better than another
    DuplicateTally(DuplicateLayout layout, Deduplicator.Plan plan, ToLongFunction<Sample> worth, DuplicateLines lines) {
        this.layout = layout;
        this.plan = plan;
        this.lines = lines;
        this.wanted = layout.wanted();
        this.groups = new Groups(layout.rows());
        this.dropped = new BitSet(layout.rows());
        this.worth = worth;
        this.worths = new long[plan.reference().isPresent() || plan.keep() instanceof Keep.First ? 0 : layout.rows()];
    }

    /// Whether it must see each sample, to tell which one is better.
    boolean ranks() {
        return worths.length > 0;
    }

    /// Where it [#ranks].
    void taken(int row, Sample sample) {
        worths[row] = worth.applyAsLong(sample);
        unranked += worths[row] == Worth.NONE ? 1 : 0;
    }

    void equal(int first, int second) throws IOException {
        groups.unite(first, second);
        if (wanted.test(first, second)) {
            repeated++;
            lines.write(new Pair(first, second, 1));
        }
    }

    /// All equal ones are told.
    void equalsDone() {
        equalAcross = across();
    }

    void similar(Pair pair) throws IOException {
        similar++;
        lines.write(pair);
        examples.add(pair);
        if (plan.reference().isEmpty()) {
            groups.unite(pair.first(), pair.second());
        } else {
            likeReference.set(pair.second());
        }
    }

    /// All but one of each group go.
    void choose() {
        int[] chosen = new int[worths.length];
        for (int row = 0; row < worths.length; row++) {
            int first = groups.first(row);
            boolean better = row == first
                    || layout.index(row) == layout.index(chosen[first]) && worths[row] > worths[chosen[first]];
            chosen[first] = better ? row : chosen[first];
        }
        for (int row = 0; row < layout.rows(); row++) {
            int first = groups.first(row);
            if (row != (worths.length == 0 ? first : chosen[first])) {
                dropped.set(row);
            }
        }
    }

    /// What is equal or similar to a sample of the reference goes, and what is equal to a similar one.
    void dropWhatTheReferenceHas() {
        for (int row = 0; row < layout.rows(); row++) {
            int first = groups.first(row);
            if (!layout.isReference(row) && (layout.isReference(first) || likeReference.get(first))) {
                dropped.set(row);
            }
        }
    }

    BitSet dropped() {
        return dropped;
    }

    /// How many groups have samples in both of two parts.
    private List<DuplicateFindings.Across> across() {
        List<DuplicateLayout.Part> parts = layout.parts();
        byte[] present = new byte[layout.rows()];
        for (int row = 0; row < present.length; row++) {
            present[groups.first(row)] |= (byte) (1 << layout.index(row));
        }
        List<DuplicateFindings.Across> across = new ArrayList<>();
        for (int a = 0; a < parts.size(); a++) {
            for (int b = a + 1; b < parts.size(); b++) {
                int both = 1 << a | 1 << b;
                long count = 0;
                for (byte in : present) {
                    count += (in & both) == both ? 1 : 0;
                }
                across.add(new DuplicateFindings.Across(
                        parts.get(a).name(), parts.get(b).name(), count));
            }
        }
        return across;
    }

    DuplicateFindings findings(long compared) throws IOException {
        Map<Split, Long> bySplit = new EnumMap<>(Split.class);
        for (DuplicateLayout.Part part : layout.subjects()) {
            bySplit.put(
                    part.split(), (long) dropped.get(part.begin(), part.end()).cardinality());
        }
        List<ObjectNode> shown = new ArrayList<>();
        for (Pair pair : examples.inOrder()) {
            shown.add(lines.json(pair));
        }
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        plan.likeness().describe(settings);
        Sizes sizes = sizes();
        return new DuplicateFindings(
                layout.rows(),
                repeated,
                similar,
                compared,
                sizes.several(),
                sizes.largest(),
                bySplit,
                equalAcross,
                across(),
                shown,
                settings,
                unranked,
                plan);
    }

    /// @param several groups of two samples or more
    /// @param largest samples of one group
    private record Sizes(long several, int largest) {}

    private Sizes sizes() {
        int[] members = new int[layout.rows()];
        int largest = 0;
        long several = 0;
        for (int row = 0; row < members.length; row++) {
            int count = ++members[groups.first(row)];
            several += count == 2 ? 1 : 0;
            largest = Math.max(largest, count);
        }
        return new Sizes(several, largest);
    }
}
