package dev.athanor.generate;

import dev.athanor.data.Seed;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What shall be written.
///
/// @param prompt the first words, which the text goes on from; may be empty
/// @param fields what the text shall be about, by the names of the fields that the model is conditioned on
/// @param count how many texts, each with a branch of the seed of its own
/// @param maximumTokens how long each may get
/// @param stops where a text ends, before the sequence itself; at most 16
/// @param sampling how tokens are chosen
/// @param seed where chance comes from: the same request gives the same texts
public record TextRequest(
        String prompt,
        SequencedMap<String, String> fields,
        int count,
        int maximumTokens,
        List<String> stops,
        Sampling sampling,
        Seed seed) {
    private static final int MOST_STOPS = 16;

    public TextRequest {
        fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
        stops = List.copyOf(stops);
        if (count < 1) {
            throw new IllegalArgumentException(
                    "count %d: expected how many texts to write, 1 or more".formatted(count));
        }
        if (maximumTokens < 1) {
            throw new IllegalArgumentException(
                    "maximum of %d tokens: expected how long a text may get, 1 or more".formatted(maximumTokens));
        }
        if (stops.size() > MOST_STOPS) {
            throw new IllegalArgumentException(
                    "%d stop sequences were given: at most %d are watched for".formatted(stops.size(), MOST_STOPS));
        }
        if (stops.contains("")) {
            throw new IllegalArgumentException("a stop sequence is empty: it would end every text before it begins");
        }
    }

    /// One text of at most 256 tokens from a prompt, drawn at temperature 0.8 from the 95 % most likely tokens.
    public static TextRequest of(String prompt, Seed seed) {
        Sampling usual = Sampling.plain().withTemperature(0.8).withTopP(0.95);
        return new TextRequest(prompt, new LinkedHashMap<>(), 1, 256, List.of(), usual, seed);
    }

    public TextRequest withFields(Map<String, String> fields) {
        return new TextRequest(prompt, new LinkedHashMap<>(fields), count, maximumTokens, stops, sampling, seed);
    }

    public TextRequest withCount(int count) {
        return new TextRequest(prompt, fields, count, maximumTokens, stops, sampling, seed);
    }

    public TextRequest withMaximumTokens(int tokens) {
        return new TextRequest(prompt, fields, count, tokens, stops, sampling, seed);
    }

    public TextRequest withStops(List<String> stops) {
        return new TextRequest(prompt, fields, count, maximumTokens, stops, sampling, seed);
    }

    public TextRequest withSampling(Sampling sampling) {
        return new TextRequest(prompt, fields, count, maximumTokens, stops, sampling, seed);
    }
}
