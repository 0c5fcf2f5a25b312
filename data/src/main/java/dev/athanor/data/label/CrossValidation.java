package dev.athanor.data.label;

import dev.athanor.data.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// What a classifier thinks of each text that learnt from the others alone.
public final class CrossValidation {
    private static final int PARTS = 5;

    private CrossValidation() {}

    /// How likely each label is of each text, by a [TextClassifier] trained on four fifths that the text
    /// is not in; each label is spread evenly over the fifths. The same for the same seed, on one core or
    /// several.
    ///
    /// @return text × label; a label of fewer than two texts is likely for none
    public static float[][] chances(TextClassifier.Examples examples, Seed seed) {
        int[] parts = parts(examples, seed.branch("parts").random());
        float[][] chances = new float[examples.labels().length][];
        IntStream.range(0, PARTS).parallel().forEach(part -> {
            List<TextFeatures> texts = new ArrayList<>();
            List<Integer> labels = new ArrayList<>();
            for (int text = 0; text < parts.length; text++) {
                if (parts[text] != part) {
                    texts.add(examples.texts().get(text));
                    labels.add(examples.labels()[text]);
                }
            }
            TextClassifier classifier = TextClassifier.train(
                    new TextClassifier.Examples(
                            texts, labels.stream().mapToInt(Integer::intValue).toArray(), examples.kinds()),
                    seed.branch("part " + part));
            for (int text = 0; text < parts.length; text++) {
                if (parts[text] == part) {
                    chances[text] = classifier.chances(examples.texts().get(text));
                }
            }
        });
        return chances;
    }

    /// The part of each text: those of a label in an order by chance, dealt out in turn.
    private static int[] parts(TextClassifier.Examples examples, RandomGenerator random) {
        int[] order = IntStream.range(0, examples.labels().length).toArray();
        TextClassifier.shuffle(order, random);
        int[] dealt = new int[examples.kinds()];
        int[] parts = new int[order.length];
        for (int text : order) {
            int label = examples.labels()[text];
            parts[text] = (label + dealt[label]++) % PARTS;
        }
        return parts;
    }
}
