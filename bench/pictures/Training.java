package dev.athanor.train;

import dev.athanor.data.Seed;
import dev.athanor.model.CaptionShape;
import dev.athanor.model.ImageConfig;
import dev.athanor.model.ImageFormat;
import dev.athanor.model.ImageModel;
import dev.athanor.model.ImageShape;
import dev.athanor.torch.AdamW;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.torch.FlatParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;

/// Times training steps of a built-in recipe for pictures on 28x28 grey with ten labels: prints pictures a second, and how
/// many parameters learn.
///
/// `Training RECIPE STEPS`, in the package of the training loop since it uses the loop's own parts.
public final class Training {
    private static final int PICTURES = 1024;
    private static final int WARM_UP = 20;

    public static void main(String[] arguments) {
        Recipe recipe = RecipeFile.read(arguments[0], List.of());
        int steps = Integer.parseInt(arguments[1]);
        ImageShape shape = new ImageShape(1, 28, 28);
        ImageFormat format = new ImageFormat(
                List.of(new ImageFormat.Field(
                        "label", IntStream.range(0, 10).mapToObj(Integer::toString).toList())),
                0);
        ImageConfig config = recipe.model().image(shape, format.classes(), CaptionShape.NONE);
        Engine engine = Engine.start(Device.CPU);
        TrainingPart training = recipe.training();
        ImageBatches batches = new ImageBatches(
                pictures(shape), training.batch(), new Seed(1), Augmentation.of(recipe.image()));
        ImageCourse course =
                new ImageCourse("bench", recipe, format, Optional.empty(), config, batches, List.of(), List.of());
        try (PointerScope _ = new PointerScope()) {
            engine.seed(1);
            ImageModel model = config.open();
            FlatParameters parameters = new FlatParameters(model.module());
            AdamW optimizer = new AdamW(
                    parameters,
                    new AdamW.Settings(training.beta1(), training.beta2(), 1e-8, training.weightDecay()));
            try (Learner<ImageBatch> learner = course.learner(
                    new Learner.Subject<>(
                            model,
                            course.objective(model, engine),
                            parameters,
                            optimizer,
                            parameters.values().clone()),
                    engine)) {
                double[] times = new double[steps];
                for (int step = -WARM_UP; step < steps; step++) {
                    long begun = System.nanoTime();
                    try (PointerScope _ = new PointerScope()) {
                        model.module().train(true);
                        learner.step(
                                List.of(batches.batch(step + WARM_UP)),
                                new Learner.Moment(step + WARM_UP, 0, training.rate()));
                    }
                    if (step >= 0) {
                        times[step] = (System.nanoTime() - begun) / 1e9;
                    }
                }
                Arrays.sort(times);
                System.out.printf("%.1f %d%n", training.batch() / times[steps / 2], config.parameters());
            }
        }
        System.exit(0);
    }

    private static Pictures pictures(ImageShape shape) {
        Random random = new Random(1);
        Pictures pictures = new Pictures(shape, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < PICTURES; i++) {
            short[] pixels = new short[shape.numbers()];
            for (int p = 0; p < pixels.length; p++) {
                pixels[p] = (short) random.nextInt();
            }
            pictures.pixels().add(pixels);
            pictures.labels().add(new int[] {1 + random.nextInt(10)});
            pictures.captions().add(new int[0]);
        }
        return pictures;
    }
}
