package dev.athanor.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// One text with its fields and where it came from.
///
/// @param id stable within a dataset version
/// @param text the text itself
/// @param fields label and attributes by column name, in the order of the dataset's schema; absent values are
///     left out
/// @param origin the source, as `file:line` or `file#record`, that lineage leads back to
public record Sample(String id, String text, SequencedMap<String, String> fields, String origin) {
    public Sample {
        fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
    }
}
