package dev.athanor.model;

import dev.athanor.torch.Engine;
import dev.athanor.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A trained classifier that is asked on plain arrays. Owns native memory: close it.
public final class Judge implements AutoCloseable {
    private static final int TOGETHER = 256; // pictures of a forward pass: bounds the memory, whatever is asked

    private final PointerScope scope;
    private final ImageClassifier model;
    private final ImageFormat.Field field;
    private final Engine engine;

    private Judge(PointerScope scope, ImageClassifier model, ImageFormat.Field field, Engine engine) {
        this.scope = scope;
        this.model = model;
        this.field = field;
        this.engine = engine;
    }

    /// @throws IllegalArgumentException where the folder's model is of another family
    public static Judge open(ModelFolder folder, Engine engine) {
        if (!(folder.config() instanceof ImageClassifier.Config config)) {
            throw new IllegalArgumentException(
                    "the model %s is an %s, and a classifier is needed here: train one with the recipe image-classifier"
                            .formatted(folder.name(), folder.config().family()));
        }
        List<ImageFormat.Field> fields = folder.images().fields();
        if (fields.size() != 1 || fields.getFirst().values().size() != config.values()) {
            throw new ModelException(
                    "%s: config.json has a head for %d values and names the fields %s with %s values: expected one field with as many. Take the folder from a backup, or train the model again"
                            .formatted(
                                    folder.folder(),
                                    config.values(),
                                    folder.images().names(),
                                    folder.images().classes()));
        }
        PointerScope scope = new PointerScope();
        ImageClassifier model = (ImageClassifier) folder.open();
        model.to(engine.place(), false);
        model.eval();
        return new Judge(scope, model, fields.getFirst(), engine);
    }

    /// The pictures that it judges.
    public ImageShape shape() {
        return model.config().shape();
    }

    /// The name of the field that it tells the value of.
    public String field() {
        return field.name();
    }

    /// The values that it knows, in the order of their probabilities.
    public List<String> values() {
        return field.values();
    }

    /// What it holds of some pictures.
    ///
    /// @param probabilities (rows, values)
    /// @param features (rows, [ImageClassifier#FEATURES]), what the pictures are known by before the values are
    ///     weighed
    public record Verdict(float[] probabilities, float[] features, int rows) {

        /// The place of the likeliest value of a picture.
        public int likeliest(int row) {
            int values = probabilities.length / rows;
            int best = 0;
            for (int value = 1; value < values; value++) {
                if (probabilities[row * values + value] > probabilities[row * values + best]) {
                    best = value;
                }
            }
            return best;
        }
    }

    /// Judges pictures, (rows, channels, height, width) from -1 to 1.
    public Verdict judge(float[] pictures, int rows) {
        if (pictures.length != rows * shape().numbers()) {
            throw new IllegalArgumentException("%d numbers are given for %d pictures of %s: expected %d"
                    .formatted(pictures.length, rows, shape(), rows * shape().numbers()));
        }
        float[] probabilities = new float[rows * values().size()];
        float[] features = new float[rows * ImageClassifier.FEATURES];
        for (int from = 0; from < rows; from += TOGETHER) {
            look(pictures, from, Math.min(TOGETHER, rows - from), probabilities, features);
        }
        return new Verdict(probabilities, features, rows);
    }

    private void look(float[] pictures, int from, int rows, float[] probabilities, float[] features) {
        int size = shape().numbers();
        float[] some = Arrays.copyOfRange(pictures, from * size, (from + rows) * size);
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Tensor x = Tensors.of(some, rows, shape().channels(), shape().height(), shape().width())
                    .to(engine.place(), torch.ScalarType.Float);
            ImageClassifier.Seen seen = model.forward(x);
            put(torch.softmax(seen.logits(), 1), probabilities, from * values().size());
            put(seen.features(), features, from * ImageClassifier.FEATURES);
        }
    }

    private static void put(Tensor numbers, float[] into, int at) {
        float[] values = Tensors.floats(numbers);
        System.arraycopy(values, 0, into, at, values.length);
    }

    @Override
    public void close() {
        scope.close();
    }
}
