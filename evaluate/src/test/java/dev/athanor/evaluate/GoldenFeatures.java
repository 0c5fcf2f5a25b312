package dev.athanor.evaluate;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The features and reference values of distances.py.
final class GoldenFeatures {
    private GoldenFeatures() {}

    static List<JsonNode> cases() throws IOException {
        return read("distances.json").path("cases").valueStream().toList();
    }

    /// Relative.
    static double tolerance() throws IOException {
        return read("distances.json").path("tolerance").asDouble();
    }

    static JsonNode read(String resource) throws IOException {
        try (InputStream in = GoldenFeatures.class.getResourceAsStream(resource)) {
            return JsonMapper.shared().readTree(in);
        }
    }

    static Features real(JsonNode values) {
        return of(values.path("real").asInt(), values.path("width").asInt(), 0, 1);
    }

    static Features generated(JsonNode values) {
        float offset = (float) values.path("offset").asDouble();
        return of(values.path("generated").asInt(), values.path("width").asInt(), offset, 2);
    }

    /// The recipe that stands in distances.py.
    static Features of(int count, int width, float offset, long seed) {
        long state = seed;
        float[][] rows = new float[count][width];
        for (float[] row : rows) {
            float before = 0;
            for (int j = 0; j < width; j++) {
                float number = -1.5f;
                for (int draw = 0; draw < 3; draw++) {
                    state = (1103515245 * state + 12345) % (1L << 31);
                    number += (state >> 8 & 0xFFFF) / 65536f;
                }
                row[j] = number + before / 2 + offset;
                before = number;
            }
        }
        return new Features("test", rows);
    }

    static Features points(float[]... rows) {
        return new Features("test", rows);
    }
}
