package dev.athanor.train;

import dev.athanor.data.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Batches of pictures: all of them in each epoch, every time in another order.
///
/// @param rows of a batch
record ImageBatches(Pictures pictures, int rows, Seed seed, Augmentation augmentation) implements Batches<ImageBatch> {

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
        augmentation.change(
                batch, new SplittableRandom(seed.branch("change-" + index).value()));
        return batch;
    }

    /// Fisher and Yates, from a seed of the epoch's own.
    private int[] order(long epoch) {
        int[] order = IntStream.range(0, pictures.count()).toArray();
        SplittableRandom random =
                new SplittableRandom(seed.branch("epoch-" + epoch).value());
        for (int last = order.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int kept = order[last];
            order[last] = order[other];
            order[other] = kept;
        }
        return order;
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
