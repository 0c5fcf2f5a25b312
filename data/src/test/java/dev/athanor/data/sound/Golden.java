package dev.athanor.data.sound;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What other programs make of the same sounds: golden.json, written by golden.py beside it.
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

    /// The formula of golden.py.
    static Sound tones(int rate, int count, double... frequencies) {
        float[] samples = new float[count];
        for (int i = 0; i < count; i++) {
            double sum = 0;
            for (int k = 0; k < frequencies.length; k++) {
                sum += 0.5 / (k + 1) * Math.sin(2 * Math.PI * frequencies[k] * i / rate + k);
            }
            samples[i] = (float) sum;
        }
        return new Sound(rate, samples);
    }

    static double[] numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }
}
