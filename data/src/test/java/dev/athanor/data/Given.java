package dev.athanor.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A text and the split it is given for.
record Given(Split split, String text) {

    static Given train(String text) {
        return new Given(Split.TRAIN, text);
    }

    static Given test(String text) {
        return new Given(Split.TEST, text);
    }

    /// A version of such texts, whose ids, and labels, are `s0`, `s1` and so on.
    static Dataset version(Desk desk, String name, Given... texts) {
        VersionWriter.Schema schema = new VersionWriter.Schema(name, Kind.TEXT, "label", List.of("label"));
        return desk.written(schema, new SplitPlan.Given(), writer -> {
            for (int i = 0; i < texts.length; i++) {
                String id = "s" + i;
                SequencedMap<String, String> fields = new LinkedHashMap<>(Map.of("label", id));
                writer.add(new Sample(id, texts[i].text(), fields, "list:" + id), Optional.of(texts[i].split()));
            }
        });
    }
}
