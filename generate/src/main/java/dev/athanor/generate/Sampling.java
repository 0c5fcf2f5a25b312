package dev.athanor.generate;

/// How the next token is chosen from its scores, with the meaning that these words have in `transformers`. The
/// filters apply in the order of the fields.
///
/// @param repetitionPenalty scores of tokens already in the sequence are divided by it where positive,
///     multiplied where negative (Keskar et al. 2019); 1 for none
/// @param temperature scores are divided by it; 0 takes the best token every time (greedy)
/// @param topK only the `k` best tokens are kept (Fan et al. 2018); 0 for all
/// @param topP only the smallest set of best tokens with this much probability is kept, at least one token
///     (Holtzman et al. 2020); 1 for all
/// @param minP only tokens with this share of the best one's probability are kept (Nguyen et al. 2024); 0 for all
public record Sampling(double repetitionPenalty, double temperature, int topK, double topP, double minP) {
    public Sampling {
        within("repetition penalty", repetitionPenalty, 0.01, 100, "1 leaves repetition alone, 1.1 to 1.3 is usual");
        within("temperature", temperature, 0, 100, "0 takes the best token every time, 0.7 to 1 is usual");
        if (temperature > 0 && temperature < 1e-3) {
            throw new IllegalArgumentException(
                    "temperature %s divides scores beyond what float32 holds: use 0 for the best token every time, or at least 0.001"
                            .formatted(temperature));
        }
        if (topK < 0) {
            throw new IllegalArgumentException("top-k %d: expected 0 (all tokens) or how many to keep".formatted(topK));
        }
        within("top-p", topP, 0, 1, "1 keeps all tokens, 0.9 is usual");
        within("min-p", minP, 0, 1, "0 keeps all tokens, 0.05 is usual");
    }

    private static void within(String name, double value, double low, double high, String advice) {
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException("%s %s: expected a number from %s to %s; %s"
                    .formatted(name, value, plain(low), plain(high), advice));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /// The best token every time.
    public static Sampling greedy() {
        return new Sampling(1, 0, 0, 1, 0);
    }

    /// Drawn from the model's own distribution, unfiltered.
    public static Sampling plain() {
        return new Sampling(1, 1, 0, 1, 0);
    }

    public Sampling withRepetitionPenalty(double penalty) {
        return new Sampling(penalty, temperature, topK, topP, minP);
    }

    public Sampling withTemperature(double temperature) {
        return new Sampling(repetitionPenalty, temperature, topK, topP, minP);
    }

    public Sampling withTopK(int k) {
        return new Sampling(repetitionPenalty, temperature, k, topP, minP);
    }

    public Sampling withTopP(double p) {
        return new Sampling(repetitionPenalty, temperature, topK, p, minP);
    }

    public Sampling withMinP(double p) {
        return new Sampling(repetitionPenalty, temperature, topK, topP, p);
    }

    /// Whether chance plays no part.
    public boolean isGreedy() {
        return temperature == 0;
    }
}
