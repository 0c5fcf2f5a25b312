package dev.athanor.generate.image;

import dev.athanor.data.Seed;
import java.util.SplittableRandom;

/// Random numbers that pictures begin with, and what lies between them.
final class Noise {
    private Noise() {}

    /// Standard normal numbers, from a branch of the seed for each picture: one of many is the same as alone.
    static float[] of(Seed seed, int row, int size) {
        SplittableRandom random =
                new SplittableRandom(seed.branch("picture-" + row).value());
        float[] noise = new float[size];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextGaussian();
        }
        return noise;
    }

    /// Between two points on a sphere: noise between two noises keeps its length (Shoemake 1985).
    static float[] between(float[] a, float[] b, double share) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }
        double lengths = Math.sqrt(aa * bb);
        double angle = lengths == 0 ? 0 : Math.acos(Math.clamp(ab / lengths, -1, 1));
        if (angle < 1e-4) {
            return Solver.mix(a, (float) (1 - share), b, (float) share);
        }
        return Solver.mix(a, (float) (Math.sin((1 - share) * angle) / Math.sin(angle)), b, (float)
                (Math.sin(share * angle) / Math.sin(angle)));
    }

    /// The same numbers for each of several rows.
    static int[] repeated(int[] numbers, int rows) {
        int[] all = new int[numbers.length * rows];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(numbers, 0, all, row * numbers.length, numbers.length);
        }
        return all;
    }
}
