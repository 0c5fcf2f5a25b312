package dev.athanor.data;

import dev.athanor.data.duplicate.Passage;
import dev.athanor.data.duplicate.PassageSearch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Counts the passages that are found, and writes them down.
final class PassageTally {
    private static final Comparator<Passage> LONGEST_FIRST = Comparator.comparingInt(Passage::words)
            .reversed()
            .thenComparing(Passage::second)
            .thenComparing(Passage::from);

    private final DuplicateLayout layout;
    private final PassageRemover.Plan plan;
    private final DuplicateLines lines;
    private final Map<Split, Long> shortened = new EnumMap<>(Split.class);
    private final Map<Split, Long> dropped = new EnumMap<>(Split.class);
    private final Foremost<Passage> longest = new Foremost<>(LONGEST_FIRST);
    private long passages;
    private long characters;

    PassageTally(DuplicateLayout layout, PassageRemover.Plan plan, DuplicateLines lines) {
        this.layout = layout;
        this.plan = plan;
        this.lines = lines;
        for (DuplicateLayout.Part part : layout.subjects()) {
            shortened.put(part.split(), 0L);
            dropped.put(part.split(), 0L);
        }
    }

    void take(PassageSearch.Repeating repeating) throws IOException {
        Split split = layout.at(repeating.row()).split();
        (repeating.rest() == PassageSearch.Rest.NOTHING ? dropped : shortened).merge(split, 1L, Long::sum);
        passages += repeating.passages().size();
        characters += repeating.characters();
        for (Passage passage : repeating.passages()) {
            lines.write(passage);
            longest.add(passage);
        }
    }

    PassageFindings findings() throws IOException {
        List<ObjectNode> shown = new ArrayList<>();
        for (Passage passage : longest.inOrder()) {
            shown.add(lines.json(passage));
        }
        return new PassageFindings(layout.rows(), passages, characters, shortened, dropped, shown, plan);
    }
}
