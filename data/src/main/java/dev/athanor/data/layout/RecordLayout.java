package dev.athanor.data.layout;

import dev.athanor.data.Unusable;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/// How a program lays out a record. It is known by its keys.
public sealed interface RecordLayout permits Messages, SpeakerTurns, Alpaca, LabelStudio, Argilla, Plain {
    /// In the order in which they are tried; the last takes everything.
    List<RecordLayout> KNOWN = List.of(
            new Messages(),
            SpeakerTurns.SHARE_GPT,
            SpeakerTurns.SCHEMA_GUIDED,
            new Alpaca(),
            new LabelStudio(),
            new Argilla(),
            new Plain());

    /// The first that fits.
    static RecordLayout of(JsonNode record) {
        return KNOWN.stream().filter(layout -> layout.fits(record)).findFirst().orElseThrow(); // Plain fits always
    }

    /// What people call it.
    String word();

    boolean fits(JsonNode record);

    /// The record's values by column; the text is called `text` where the layout knows one.
    ///
    /// @throws Unusable where the keys are those of the layout and the values are not
    SequencedMap<String, String> values(JsonNode record) throws Unusable;
}
