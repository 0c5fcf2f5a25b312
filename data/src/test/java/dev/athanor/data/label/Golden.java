package dev.athanor.data.label;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What other programs make of the same votes: golden.json, written by golden.py beside it, and the
/// formulas of both.
final class Golden {
    static final JsonNode VALUES = read();

    private Golden() {}

    private static JsonNode read() {
        try (InputStream in = Golden.class.getResourceAsStream("golden.json")) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    static double wave(int i, int j) {
        double value = Math.sin(12.9898 * (i + 1) + 78.233 * (j + 1)) * 43758.5453;
        return value - Math.floor(value);
    }

    static int[][] votes(int samples, double[] rates, int labels) {
        int[][] table = new int[samples][rates.length];
        for (int i = 0; i < samples; i++) {
            for (int j = 0; j < rates.length; j++) {
                if (wave(i, 3 * j) < 0.2) {
                    table[i][j] = Ballots.ABSTAINS;
                } else if (wave(i, 3 * j + 1) < rates[j]) {
                    table[i][j] = i % labels;
                } else {
                    table[i][j] = (i + 1 + (int) (wave(i, 3 * j + 2) * (labels - 1))) % labels;
                }
            }
        }
        return table;
    }
}
