package dev.athanor.evaluate;

import dev.athanor.data.image.Image;
import dev.athanor.evaluate.page.Block;
import dev.athanor.model.Autoencoder;
import dev.athanor.model.ImageFormat;
import dev.athanor.model.ImageVae;
import dev.athanor.model.ModelFolder;
import dev.athanor.torch.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pictures that an autoencoder has taken apart and put together again.
///
/// @param rebuilt one of each original
record Rebuilt(List<Image> originals, List<Image> rebuilt) {
    private static final int SHOWN = 12;
    private static final int TOGETHER = 256; // pictures that are numbers at once

    /// The real pictures of examples as the model gives them back, told what they show; of a model that has no
    /// way from pictures to points none.
    static Optional<Rebuilt> of(ModelFolder folder, Engine engine, Examples examples) {
        if (!(folder.config() instanceof ImageVae.Config)) {
            return Optional.empty();
        }
        List<Image> rebuilt = new ArrayList<>();
        try (Autoencoder autoencoder = Autoencoder.open(folder, engine)) {
            for (int from = 0; from < examples.real().size(); from += TOGETHER) {
                int to = Math.min(from + TOGETHER, examples.real().size());
                rebuilt.addAll(through(
                        autoencoder,
                        folder.images(),
                        examples.real().subList(from, to),
                        examples.fields().subList(from, to)));
            }
        }
        return Optional.of(new Rebuilt(examples.real(), rebuilt));
    }

    private static List<Image> through(
            Autoencoder autoencoder,
            ImageFormat format,
            List<Image> pictures,
            List<? extends Map<String, String>> fields) {
        int rows = pictures.size();
        int size = autoencoder.config().shape().numbers();
        float[] planes = new float[rows * size];
        int[] labels = fields.stream()
                .flatMapToInt(told -> Arrays.stream(format.asked(told)))
                .toArray();
        for (int row = 0; row < rows; row++) {
            System.arraycopy(autoencoder.config().shape().planes(pictures.get(row)), 0, planes, row * size, size);
        }
        float[] back = autoencoder.decode(autoencoder.encode(planes, labels, rows), labels, rows);
        List<Image> images = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            images.add(autoencoder.config().shape().image(Arrays.copyOfRange(back, row * size, (row + 1) * size)));
        }
        return images;
    }

    /// @param mean of the training pictures
    Rebuilding measured(Image mean) {
        return new Rebuilding(
                Reconstruction.of(originals, rebuilt),
                Reconstruction.of(originals, Collections.nCopies(originals.size(), mean)));
    }

    List<Block> shown() {
        return List.of(
                new Block.Section(
                        "Reconstruction",
                        "Pictures that the model has not seen, and below each what it makes of the latent numbers that it has found for it."),
                new PairSheet(Examples.spread(originals, SHOWN), Examples.spread(rebuilt, SHOWN))
                        .block("above: original; below: reconstruction"));
    }
}
