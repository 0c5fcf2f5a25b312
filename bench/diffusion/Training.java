package dev.athanor.train;

import dev.athanor.data.Seed;
import dev.athanor.model.CaptionShape;
import dev.athanor.model.ImageFormat;
import dev.athanor.model.ImageShape;
import dev.athanor.model.UNet;
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

/// Times training steps of the diffusion U-Net as recipe image-diffusion has it: prints pictures a second.
///
/// `Training STEPS`, in the package of the training loop since it uses the loop's own parts.
public final class Training {
    private static final int PICTURES = 1024;

    public static void main(String[] arguments) {
        int steps = Integer.parseInt(arguments[0]);
        Recipe recipe = RecipeFile.read("image-diffusion", List.of());
        ImageShape shape = new ImageShape(1, 28, 28);
        ImageFormat format = new ImageFormat(
                List.of(new ImageFormat.Field(
                        "label", IntStream.range(0, 10).mapToObj(Integer::toString).toList())),
                0);
        UNet.Config config =
                (UNet.Config) recipe.model().image(shape, format.classes(), CaptionShape.NONE);
        Engine engine = Engine.start(Device.CPU);
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
        TrainingPart training = recipe.training();
        ImageBatches batches = new ImageBatches(
                pictures, training.batch(), new Seed(1), Augmentation.of(recipe.image()));
        ImageCourse course = new ImageCourse("bench", recipe, format, Optional.empty(), config, batches, List.of(), List.of());
        try (PointerScope _ = new PointerScope()) {
            engine.seed(1);
            UNet model = config.open();
            FlatParameters parameters = new FlatParameters(model.module());
            AdamW optimizer = new AdamW(parameters, new AdamW.Settings(0.9, 0.99, 1e-8, 0.01));
            try (Learner<ImageBatch> learner = course.learner(
                    new Learner.Subject<>(
                            model, course.objective(model, engine), parameters, optimizer, parameters.values().clone()),
                    engine)) {
                double[] times = new double[steps];
                int warmUp = 20;
                for (int step = -warmUp; step < steps; step++) {
                    long begun = System.nanoTime();
                    try (PointerScope _ = new PointerScope()) {
                        learner.step(List.of(batches.batch(step + warmUp)), step + warmUp, 1e-3);
                    }
                    if (step >= 0) {
                        times[step] = (System.nanoTime() - begun) / 1e9;
                    }
                }
                Arrays.sort(times);
                System.out.printf("%.1f%n", training.batch() / times[steps / 2]);
            }
        }
        System.exit(0);
    }
}
