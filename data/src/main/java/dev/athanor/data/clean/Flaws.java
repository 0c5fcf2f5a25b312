package dev.athanor.data.clean;

import dev.athanor.data.Kind;
import dev.athanor.data.Sample;
import java.util.List;

/// Counts how many sets of rules find fault with a text: repetition, quality and fineweb, with their usual numbers.
/// Nothing is dropped. Used by one caller at a time.
public final class Flaws {
    private static final List<Step> RULES = List.of(Repetition.USUAL, Quality.USUAL, FineWeb.USUAL);

    /// As many as a text can have.
    public static final int MOST = RULES.size();

    private final List<Treatment> rules;

    public Flaws() {
        Surroundings texts = new Surroundings(Kind.TEXT, "", new Salt("0".repeat(32))); // no rule asks for the salt
        rules = RULES.stream().map(rule -> rule.open(texts)).toList();
    }

    /// From 0 to [#MOST].
    public int of(Sample sample) {
        int flaws = 0;
        for (Treatment rule : rules) {
            flaws += rule.of(sample) instanceof Outcome.Dropped ? 1 : 0;
        }
        return flaws;
    }
}
