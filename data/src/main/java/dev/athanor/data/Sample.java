package dev.athanor.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One text, picture, sound or row of a table, with its fields and where it came from.
///
/// @param id stable within a dataset version
/// @param text the text itself; the caption of a picture, what is said in a sound: may be empty there; always
///     empty in a table
/// @param media the picture or sound; [Media#NONE] for a text or a row
/// @param fields label and attributes by column name, in the order of the dataset's schema; absent values are
///     left out
/// @param origin the source, as `file:line` or `file#record`, that lineage leads back to
public record Sample(String id, String text, Media media, SequencedMap<String, String> fields, String origin) {
    public Sample {
        fields = fields instanceof RecordValues
                ? fields
                : Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
    }

    /// A text.
    public Sample(String id, String text, SequencedMap<String, String> fields, String origin) {
        this(id, text, Media.NONE, fields, origin);
    }

    /// What makes it the same as others, media aside: its text; of a row of a table, which has none, the fields
    /// as JSON, by the order of their names.
    public String textOrRow() {
        if (!text.isEmpty() || fields.isEmpty()) {
            return text;
        }
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(fields).forEach(row::put);
        return row.toString();
    }

    /// Characters and bytes that memory holds of it.
    public long weight() {
        long weight = text.length() + media.bytes().length;
        for (String value : fields.values()) {
            weight += value.length();
        }
        return weight;
    }

    /// The same with another text.
    public Sample withText(String other) {
        return new Sample(id, other, media, fields, origin);
    }
}
