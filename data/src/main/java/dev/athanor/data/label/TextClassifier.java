package dev.athanor.data.label;

import dev.athanor.data.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Guesses the label of a text: multinomial logistic regression over [TextFeatures], each counted by its
/// logarithm and how rare it is, texts brought to length 1. Learns by stochastic gradient descent whose
/// rate falls to nothing, the same for the same texts and seed. A few hundred texts take less than a
/// second.
///
/// Letters: x the features of a text, K labels, w the weights, λ the strength that draws them to 0.
public final class TextClassifier {
    /// Chosen in November 2026 on 1,000 and all training texts of banking77 (English) and chnsenticorp
    /// (Chinese) among epochs of 6, 12 and 30, rates of 2, 4, 8 and 12, and λ of 1e-6 and 3e-5;
    /// docs/results.md says how well it does.
    private static final int EPOCHS = 12;

    private static final double RATE = 4;
    private static final double LAMBDA = 1e-6;

    /// 200 MB.
    private static final long MOST_WEIGHTS = 50_000_000;

    /// The bias meets every text and would swing with the rate of the others.
    private static final double BIAS_RATE = 0.1;

    /// Texts with their labels.
    ///
    /// @param labels of each text, from 0 to below `kinds`
    /// @param kinds K
    public record Examples(List<TextFeatures> texts, int[] labels, int kinds) {
        public Examples {
            if (texts.size() != labels.length || texts.isEmpty()) {
                throw new IllegalArgumentException("%d texts with %d labels: give at least one text, and each a label"
                        .formatted(texts.size(), labels.length));
            }
        }
    }

    private final int kinds;
    private final int[] rows; // by bucket: its row of weights, or -1
    private final float[] rarity; // by row
    private final float[] weights; // row × label
    private final float[] bias;

    private TextClassifier(int kinds, int[] rows, float[] rarity) {
        this.kinds = kinds;
        this.rows = rows;
        this.rarity = rarity;
        weights = new float[rarity.length * kinds];
        bias = new float[kinds];
    }

    /// Learns from examples.
    public static TextClassifier train(Examples examples, Seed seed) {
        TextClassifier classifier = counting(examples);
        Scaled[] texts = examples.texts().stream().map(classifier::scaled).toArray(Scaled[]::new);
        classifier.descend(texts, examples.labels(), seed.branch("classifier").random());
        return classifier;
    }

    /// One without weights that knows which buckets there are, and how rare each is.
    private static TextClassifier counting(Examples examples) {
        int[] texts = new int[TextFeatures.BUCKETS];
        for (TextFeatures text : examples.texts()) {
            for (int bucket : text.buckets()) {
                texts[bucket]++;
            }
        }
        int least = leastTexts(texts, examples.kinds());
        int[] rows = new int[TextFeatures.BUCKETS];
        float[] rarity = new float[TextFeatures.BUCKETS];
        int known = 0;
        for (int bucket = 0; bucket < rows.length; bucket++) {
            rows[bucket] = -1;
            if (texts[bucket] >= least) {
                rarity[known] = (float) (1 + Math.log((1.0 + examples.texts().size()) / (1.0 + texts[bucket])));
                rows[bucket] = known++;
            }
        }
        return new TextClassifier(examples.kinds(), rows, Arrays.copyOf(rarity, known));
    }

    /// In how many texts a bucket must be, so that the weights are not too many: 1 but for many labels
    /// and texts.
    private static int leastTexts(int[] texts, int kinds) {
        for (int least = 1; ; least++) {
            int enough = least;
            long rows = Arrays.stream(texts).filter(count -> count >= enough).count();
            if (rows * kinds <= MOST_WEIGHTS) {
                return least;
            }
        }
    }

    /// A text as the weights see it.
    private record Scaled(int[] rows, float[] values) {}

    private Scaled scaled(TextFeatures text) {
        int[] found = new int[text.buckets().length];
        float[] values = new float[found.length];
        int size = 0;
        double squares = 0;
        for (int i = 0; i < found.length; i++) {
            int row = rows[text.buckets()[i]];
            if (row >= 0) {
                found[size] = row;
                values[size] = (float) (1 + Math.log(text.counts()[i])) * rarity[row];
                squares += values[size] * values[size];
                size++;
            }
        }
        float length = (float) Math.sqrt(squares);
        for (int i = 0; i < size; i++) {
            values[i] /= length;
        }
        return new Scaled(Arrays.copyOf(found, size), Arrays.copyOf(values, size));
    }

    /// The weights are `scale` times what the array holds, so that drawing all of them to 0 is one
    /// multiplication.
    private void descend(Scaled[] texts, int[] labels, RandomGenerator random) {
        int[] order = new int[texts.length];
        Arrays.setAll(order, i -> i);
        double scale = 1;
        long steps = (long) EPOCHS * texts.length;
        long step = 0;
        float[] errors = new float[kinds];
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            shuffle(order, random);
            for (int text : order) {
                double rate = RATE * (1 - (double) step++ / steps);
                scores(texts[text], (float) scale, errors);
                softmax(errors);
                errors[labels[text]] -= 1;
                scale *= 1 - rate * LAMBDA;
                add(texts[text], (float) (-rate / scale), errors);
                for (int label = 0; label < kinds; label++) {
                    bias[label] -= (float) (BIAS_RATE * rate) * errors[label];
                }
            }
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= (float) scale;
        }
    }

    static void shuffle(int[] order, RandomGenerator random) {
        for (int last = order.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int kept = order[last];
            order[last] = order[other];
            order[other] = kept;
        }
    }

    private void scores(Scaled text, float scale, float[] into) {
        Arrays.fill(into, 0);
        for (int i = 0; i < text.rows().length; i++) {
            int row = text.rows()[i] * kinds;
            float value = text.values()[i];
            for (int label = 0; label < into.length; label++) {
                into[label] += value * weights[row + label];
            }
        }
        for (int label = 0; label < into.length; label++) {
            into[label] = into[label] * scale + bias[label];
        }
    }

    private void add(Scaled text, float factor, float[] errors) {
        for (int i = 0; i < text.rows().length; i++) {
            int row = text.rows()[i] * kinds;
            float value = factor * text.values()[i];
            for (int label = 0; label < errors.length; label++) {
                weights[row + label] += value * errors[label];
            }
        }
    }

    private static void softmax(float[] scores) {
        float highest = Float.NEGATIVE_INFINITY;
        for (float score : scores) {
            highest = Math.max(highest, score);
        }
        float sum = 0;
        for (int label = 0; label < scores.length; label++) {
            scores[label] = (float) Math.exp(scores[label] - highest);
            sum += scores[label];
        }
        for (int label = 0; label < scores.length; label++) {
            scores[label] /= sum;
        }
    }

    /// How likely each label is.
    public float[] chances(TextFeatures text) {
        float[] chances = new float[kinds];
        scores(scaled(text), 1, chances);
        softmax(chances);
        return chances;
    }

    /// How far the likeliest label is ahead of the second: near 0 where the classifier is in doubt
    /// (margin sampling, Scheffer et al. 2001).
    public static float margin(float[] chances) {
        float first = 0;
        float second = 0;
        for (float chance : chances) {
            if (chance > first) {
                second = first;
                first = chance;
            } else {
                second = Math.max(second, chance);
            }
        }
        return first - second;
    }

    /// The number of the likeliest label.
    public static int likeliest(float[] chances) {
        int best = 0;
        for (int label = 1; label < chances.length; label++) {
            best = chances[label] > chances[best] ? label : best;
        }
        return best;
    }
}
