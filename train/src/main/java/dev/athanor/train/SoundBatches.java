package dev.athanor.train;

import dev.athanor.data.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Batches of pieces from anywhere in the sounds, as often from each second of them as from any other.
///
/// @param ends samples of all sounds up to the end of each
/// @param shape of a batch
record SoundBatches(Sounds sounds, long[] ends, Shape shape, Seed seed) implements Batches<SoundBatch> {

    /// @param rows of a batch
    /// @param length samples of a piece
    record Shape(int rows, int length) {}

    SoundBatches(Sounds sounds, Shape shape, Seed seed) {
        this(sounds, ends(sounds), shape, seed);
    }

    private static long[] ends(Sounds sounds) {
        long[] ends = new long[sounds.count()];
        long end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += sounds.samples().get(i).length;
            ends[i] = end;
        }
        return ends;
    }

    @Override
    public SoundBatch batch(long index) {
        SplittableRandom random =
                new SplittableRandom(seed.branch("batch-" + index).value());
        List<Sounds.Place> places = new ArrayList<>();
        for (int row = 0; row < shape.rows(); row++) {
            int sound = holding(random.nextLong(ends[ends.length - 1]));
            int room = sounds.samples().get(sound).length - shape.length();
            places.add(new Sounds.Place(sound, room > 0 ? random.nextInt(room + 1) : 0));
        }
        return sounds.cut(places, shape.length());
    }

    private int holding(long sample) {
        int place = java.util.Arrays.binarySearch(ends, sample);
        return place >= 0 ? place + 1 : -place - 1;
    }

    @Override
    public double perEpoch() {
        return (double) ends[ends.length - 1] / ((long) shape.rows() * shape.length());
    }

    /// All sounds once, in order, piece by piece.
    static List<SoundBatch> once(Sounds sounds, Shape shape) {
        List<SoundBatch> batches = new ArrayList<>();
        List<Sounds.Place> places = new ArrayList<>();
        for (int sound = 0; sound < sounds.count(); sound++) {
            for (int from = 0; from < sounds.samples().get(sound).length; from += shape.length()) {
                places.add(new Sounds.Place(sound, from));
                if (places.size() == shape.rows()) {
                    batches.add(sounds.cut(places, shape.length()));
                    places.clear();
                }
            }
        }
        if (!places.isEmpty()) {
            batches.add(sounds.cut(places, shape.length()));
        }
        return batches;
    }
}
