package dev.athanor.train;

import dev.athanor.data.Seed;
import dev.athanor.model.ImageShape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Batches of pictures: all of them in each epoch, every time in another order.
///
/// @param rows of a batch
/// @param mirrored whether half of them are shown as in a mirror
record ImageBatches(Pictures pictures, int rows, Seed seed, boolean mirrored) implements Batches<ImageBatch> {

    @Override
    public ImageBatch batch(long index) {
        int[] numbers = new int[rows];
        long first = index * rows;
        long epoch = -1;
        int[] order = {};
        for (int row = 0; row < rows; row++) {
            long place = first + row;
            if (place / pictures.count() != epoch) {
                epoch = place / pictures.count();
                order = order(epoch);
            }
            numbers[row] = order[(int) (place % pictures.count())];
        }
        ImageBatch batch = pictures.batch(numbers);
        if (mirrored) {
            mirror(batch, new SplittableRandom(seed.branch("mirror-" + index).value()));
        }
        return batch;
    }

    /// Fisher and Yates, from a seed of the epoch's own.
    private int[] order(long epoch) {
        int[] order = IntStream.range(0, pictures.count()).toArray();
        SplittableRandom random = new SplittableRandom(seed.branch("epoch-" + epoch).value());
        for (int last = order.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int kept = order[last];
            order[last] = order[other];
            order[other] = kept;
        }
        return order;
    }

    private static void mirror(ImageBatch batch, SplittableRandom random) {
        ImageShape shape = batch.shape();
        int width = shape.width();
        int lines = shape.channels() * shape.height();
        for (int row = 0; row < batch.rows(); row++) {
            if (random.nextBoolean()) {
                for (int line = 0; line < lines; line++) {
                    turn(batch.pixels(), (row * lines + line) * width, width);
                }
            }
        }
    }

    private static void turn(float[] numbers, int from, int count) {
        for (int left = from, right = from + count - 1; left < right; left++, right--) {
            float kept = numbers[left];
            numbers[left] = numbers[right];
            numbers[right] = kept;
        }
    }

    @Override
    public double perEpoch() {
        return (double) pictures.count() / rows;
    }

    /// All pictures once, in order.
    static List<ImageBatch> once(Pictures pictures, int rows) {
        List<ImageBatch> batches = new ArrayList<>();
        for (int from = 0; from < pictures.count(); from += rows) {
            batches.add(pictures.batch(IntStream.range(from, Math.min(from + rows, pictures.count()))
                    .toArray()));
        }
        return batches;
    }
}
