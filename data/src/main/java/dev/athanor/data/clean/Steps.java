package dev.athanor.data.clean;

import dev.athanor.data.Kind;
import java.util.List;

/// The steps that there are, each with its usual options.
public final class Steps {
    /// In an order that is good for most: characters first, then what is dropped, last what costs most.
    static final List<Step> KNOWN = List.of(
            Control.USUAL,
            Unicode.USUAL,
            Html.USUAL,
            Whitespace.USUAL,
            Chinese.USUAL,
            Length.USUAL,
            Matching.USUAL,
            Repetition.USUAL,
            Quality.USUAL,
            C4.USUAL,
            FineWeb.USUAL,
            Language.USUAL,
            Perplexity.USUAL,
            Personal.USUAL,
            Pictures.USUAL,
            Sounds.USUAL,
            Duplicates.USUAL);

    private Steps() {}

    /// What is done where nothing else is asked for.
    public static List<Step> usual(Kind kind) {
        return switch (kind) {
            case TEXT -> usual(Length.USUAL.shortest(), Length.USUAL.longest());
            case TABLE -> List.of(Duplicates.USUAL);
            case IMAGE, SOUND -> List.of(Control.USUAL, Whitespace.USUAL, Duplicates.USUAL);
        };
    }

    /// The usual steps for texts, with other limits to their length.
    ///
    /// @throws IllegalArgumentException for limits between which no text can be
    public static List<Step> usual(int shortest, int longest) {
        return List.of(Control.USUAL, Whitespace.USUAL, new Length(shortest, longest), Duplicates.USUAL);
    }

    static List<String> names() {
        return KNOWN.stream().map(Step::name).toList();
    }

    /// A step for people.
    ///
    /// @param about what it does, without a full stop
    public record Description(String name, String about, List<Option> options) {}

    /// An option of a step for people.
    ///
    /// @param usual its value where none is given, as YAML has it
    public record Option(String name, String usual, String about) {}

    /// Every step with its options.
    public static List<Description> described() {
        return KNOWN.stream().map(StepOptions::described).toList();
    }
}
