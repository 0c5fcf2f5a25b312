package dev.athanor.evaluate;

import dev.athanor.data.image.Image;
import dev.athanor.evaluate.page.Block;
import dev.athanor.model.Autoencoder;
import dev.athanor.model.ImageClassifier;
import dev.athanor.model.ImageFormat;
import dev.athanor.model.ImageGan;
import dev.athanor.model.ImageShape;
import dev.athanor.model.ImageVae;
import dev.athanor.model.LanguageConfig;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.SoundCodec;
import dev.athanor.model.SoundCoder;
import dev.athanor.model.SoundConfig;
import dev.athanor.model.UNet;
import dev.athanor.torch.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Pictures that an autoencoder has taken apart and put together again.
///
/// @param rebuilt one of each original
record Rebuilt(List<Image> originals, List<Image> rebuilt) {
    private static final int SHOWN = 12;
    private static final int TOGETHER = 256; // pictures that are numbers at once

    /// The real pictures of examples as the model gives them back, told what they show; of a model that cannot take
    /// them apart none. Sounds go through a codec as their spectrograms.
    static Optional<Rebuilt> of(ModelFolder folder, Engine engine, Examples examples) {
        return switch (folder.config()) {
            case ImageVae.Config _ -> {
                try (Autoencoder autoencoder = Autoencoder.open(folder, engine)) {
                    yield Optional.of(of(
                            folder.images(),
                            examples,
                            (planes, labels, rows) ->
                                    autoencoder.decode(autoencoder.encode(planes, labels, rows), labels, rows)));
                }
            }
            case SoundCodec.Config _ -> {
                try (SoundCoder coder = SoundCoder.open(folder, engine)) {
                    yield Optional.of(of(
                            folder.images(),
                            examples,
                            (planes, _, rows) -> coder.planes(coder.codes(planes, rows), rows)));
                }
            }
            case LanguageConfig _, SoundConfig _, UNet.Config _, ImageClassifier.Config _, ImageGan.Config _ ->
                Optional.empty();
        };
    }

    /// There and back.
    @FunctionalInterface
    private interface Way {
        float[] through(float[] planes, int[] labels, int rows);
    }

    private static Rebuilt of(ImageFormat format, Examples examples, Way way) {
        List<Image> rebuilt = new ArrayList<>();
        int count = examples.real().size();
        for (int from = 0; from < count; from += TOGETHER) {
            int to = Math.min(from + TOGETHER, count);
            int[] labels = examples.fields().subList(from, to).stream()
                    .flatMapToInt(told -> Arrays.stream(format.asked(told)))
                    .toArray();
            rebuilt.addAll(through(way, examples.shape(), examples.real().subList(from, to), labels));
        }
        return new Rebuilt(examples.real(), rebuilt);
    }

    private static List<Image> through(Way way, ImageShape shape, List<Image> pictures, int[] labels) {
        int rows = pictures.size();
        int size = shape.numbers();
        float[] planes = new float[rows * size];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(shape.planes(pictures.get(row)), 0, planes, row * size, size);
        }
        float[] back = way.through(planes, labels, rows);
        List<Image> images = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            images.add(shape.image(Arrays.copyOfRange(back, row * size, (row + 1) * size)));
        }
        return images;
    }

    /// @param mean of the training pictures
    Rebuilding measured(Image mean) {
        return new Rebuilding(
                Reconstruction.of(originals, rebuilt),
                Reconstruction.of(originals, Collections.nCopies(originals.size(), mean)));
    }

    /// @param examples that it was made of
    List<Block> shown(Examples examples) {
        return List.of(
                new Block.Section(
                        "Reconstruction",
                        "Pictures that the model has not seen, and below each what it makes of the latent numbers or codes that it has found for it."),
                new PairSheet(
                                examples.shown(Examples.spread(originals, SHOWN)),
                                examples.shown(Examples.spread(rebuilt, SHOWN)))
                        .block("above: original; below: reconstruction"));
    }
}
