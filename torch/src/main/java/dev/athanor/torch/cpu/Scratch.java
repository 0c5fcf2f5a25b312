package dev.athanor.torch.cpu;

/// Arrays that the layers of one thread use in turn, so that they stay in the core's cache.
public final class Scratch {
    private static final int SETS = 5;
    private static final int ROWS = 4;

    private final float[][][] sets = new float[SETS][Reach.POINTS * Reach.POINTS][0];
    private final float[][] rows = new float[ROWS][0];
    private float[] zeros = {};
    private float[] unread = {};

    /// Arrays of at least this length, one for each pair of points. What is in them is left over.
    float[][] set(int number, int length) {
        float[][] set = sets[number];
        for (int i = 0; i < set.length; i++) {
            if (set[i].length < length) {
                set[i] = new float[length];
            }
        }
        return set;
    }

    /// An array of at least this length. What is in it is left over.
    float[] row(int number, int length) {
        if (rows[number].length < length) {
            rows[number] = new float[length];
        }
        return rows[number];
    }

    /// Zeros, never to be written: what is read outside of a picture.
    float[] zeros(int length) {
        if (zeros.length < length) {
            zeros = new float[length];
        }
        return zeros;
    }

    /// Never to be read: where what falls outside of a picture is written.
    float[] unread(int length) {
        if (unread.length < length) {
            unread = new float[length];
        }
        return unread;
    }
}
