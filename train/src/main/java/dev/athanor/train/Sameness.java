package dev.athanor.train;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Whether pictures differ at all. A model that learns from copies of one can only make that one, and nobody
/// should wait for it unawares; it is a warning and no refusal, since learning one picture by heart is how a
/// model is tried out.
///
/// @param different how many of them differ from all others
record Sameness(int count, int different) {

    static Sameness of(Pictures pictures) {
        Set<Integer> seen = new HashSet<>(); // hashes: two pictures that share one by chance matter nothing here
        pictures.pixels().forEach(pixels -> seen.add(Arrays.hashCode(pixels)));
        return new Sameness(pictures.count(), seen.size());
    }

    List<String> warnings() {
        if (different == 1 && count > 1) {
            return List.of(
                    "all %d pictures to learn from are the same: a model can only learn that one".formatted(count));
        }
        if (2 * different <= count) {
            return List.of("the %d pictures to learn from are only %d different ones: a model will learn those by heart"
                    .formatted(count, different));
        }
        return List.of();
    }
}
