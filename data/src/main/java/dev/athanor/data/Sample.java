package dev.athanor.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// One text, picture or sound with its fields and where it came from.
///
/// @param id stable within a dataset version
/// @param text the text itself; the caption of a picture, what is said in a sound: may be empty there
/// @param media the picture or sound; [Media#NONE] for a text
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

    /// The same with another text.
    public Sample withText(String other) {
        return new Sample(id, other, media, fields, origin);
    }
}
