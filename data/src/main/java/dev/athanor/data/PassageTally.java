package dev.athanor.data;

import dev.athanor.data.duplicate.Passage;
import dev.athanor.data.duplicate.PassageSearch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import tools.jackson.databind.node.ObjectNode;

/// Counts the passages that are found, and writes them down.
final class PassageTally {
    private static final int EXAMPLES = 20;

    private static final Comparator<Passage> BY_LENGTH = Comparator.comparingInt(Passage::words)
            .thenComparing(Comparator.comparingInt(Passage::second)
                    .thenComparing(Passage::from)
                    .reversed());

    private final DuplicateLayout layout;
    private final PassageRemover.Plan plan;
    private final PassagePairs pairs;
    private final Map<Split, Long> shortened = new EnumMap<>(Split.class);
    private final Map<Split, Long> dropped = new EnumMap<>(Split.class);
    private final PriorityQueue<Passage> longest = new PriorityQueue<>(BY_LENGTH);
    private long passages;
    private long characters;

    PassageTally(DuplicateLayout layout, PassageRemover.Plan plan, PassagePairs pairs) {
        this.layout = layout;
        this.plan = plan;
        this.pairs = pairs;
        for (DuplicateLayout.Part part : layout.parts()) {
            if (part.role() == DuplicateLayout.Role.SUBJECT) {
                shortened.put(part.split(), 0L);
                dropped.put(part.split(), 0L);
            }
        }
    }

    /// Whether a passage that is first in one row goes from another.
    boolean isWanted(int first, int second) {
        return plan.reference().isEmpty() || layout.isReference(first) && !layout.isReference(second);
    }

    void take(PassageSearch.Repeating repeating) throws IOException {
        Split split = layout.at(repeating.row()).split();
        (repeating.rest() == PassageSearch.Rest.NOTHING ? dropped : shortened).merge(split, 1L, Long::sum);
        passages += repeating.passages().size();
        characters += repeating.characters();
        for (Passage passage : repeating.passages()) {
            pairs.write(passage);
            longest.add(passage);
            if (longest.size() > EXAMPLES) {
                longest.remove();
            }
        }
    }

    PassageFindings findings() throws IOException {
        List<ObjectNode> shown = new ArrayList<>();
        for (Passage passage : longest.stream().sorted(BY_LENGTH.reversed()).toList()) {
            shown.add(pairs.json(passage));
        }
        return new PassageFindings(layout.rows(), passages, characters, shortened, dropped, shown, plan);
    }
}
