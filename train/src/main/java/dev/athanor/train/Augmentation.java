package dev.athanor.train;

import dev.athanor.model.ImageShape;
import java.util.SplittableRandom;

/// How pictures are changed each time before they are learnt from.
///
/// @param mirrored whether half of them are shown as in a mirror
/// @param shifted pixels by which they are moved at most, down or up and to a side; what comes in from beyond
///     the edge is the edge again
record Augmentation(boolean mirrored, int shifted) {

    static Augmentation of(Recipe.ImagePart image) {
        return new Augmentation(image.mirrored(), image.shifted());
    }

    /// Changes the pictures of a batch in place.
    void change(ImageBatch batch, SplittableRandom random) {
        ImageShape shape = batch.shape();
        float[] before = new float[shape.numbers()];
        for (int row = 0; row < batch.rows(); row++) {
            int from = row * shape.numbers();
            if (mirrored && random.nextBoolean()) {
                mirror(batch.pixels(), from, shape);
            }
            if (shifted > 0) {
                int down = random.nextInt(-shifted, shifted + 1);
                int right = random.nextInt(-shifted, shifted + 1);
                System.arraycopy(batch.pixels(), from, before, 0, before.length);
                for (int i = 0; i < before.length; i++) {
                    batch.pixels()[from + i] = before[source(i, down, right, shape)];
                }
            }
        }
    }

    /// Where the number at place i of a moved picture comes from.
    private static int source(int i, int down, int right, ImageShape shape) {
        int column = Math.clamp(i % shape.width() - right, 0, shape.width() - 1);
        int row = Math.clamp(i / shape.width() % shape.height() - down, 0, shape.height() - 1);
        int plane = i / (shape.width() * shape.height());
        return (plane * shape.height() + row) * shape.width() + column;
    }

    private static void mirror(float[] numbers, int from, ImageShape shape) {
        for (int line = from; line < from + shape.numbers(); line += shape.width()) {
            for (int left = line, right = line + shape.width() - 1; left < right; left++, right--) {
                float kept = numbers[left];
                numbers[left] = numbers[right];
                numbers[right] = kept;
            }
        }
    }
}
