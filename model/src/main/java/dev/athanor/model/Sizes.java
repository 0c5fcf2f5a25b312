package dev.athanor.model;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// The checks that every configuration makes of its numbers.
final class Sizes {
    /// A weight matrix is one Java array and one safetensors entry; beyond this the recipe has a slip in it.
    private static final int LARGEST = 1 << 24;

    private Sizes() {}

    static void positive(String name, int value) {
        if (value < 1 || value > LARGEST) {
            throw new IllegalArgumentException(
                    "%s is %d: give a whole number from 1 to %d".formatted(name, value, LARGEST));
        }
    }

    static void divides(String whole, int value, String parts, int count) {
        if (value % count != 0) {
            throw new IllegalArgumentException("%s %d does not split over %d %s: use a multiple of %d"
                    .formatted(whole, value, count, parts, count));
        }
    }

    /// A whole number of `config.json` that must be there.
    static int read(JsonNode json, String key) {
        JsonNode value = json.path(key);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new ModelException("config.json has %s under \"%s\": expected a whole number"
                    .formatted(value.isMissingNode() ? "nothing" : value.toString(), key));
        }
        return value.intValue();
    }

    /// Whole numbers of `config.json` that must be there.
    static List<Integer> readAll(JsonNode json, String key) {
        JsonNode values = json.path(key);
        if (!values.isArray()
                || !values.valueStream().allMatch(value -> value.isIntegralNumber() && value.canConvertToInt())) {
            throw new ModelException("config.json has %s under \"%s\": expected a list of whole numbers"
                    .formatted(values.isMissingNode() ? "nothing" : values.toString(), key));
        }
        return values.valueStream().map(JsonNode::intValue).toList();
    }

    /// A configuration from a file: what its constructor refuses is then the file's fault.
    static <C> C fromFile(java.util.function.Supplier<C> config) {
        try {
            return config.get();
        } catch (IllegalArgumentException refused) {
            throw new ModelException("config.json cannot be used: " + refused.getMessage(), refused);
        }
    }
}
