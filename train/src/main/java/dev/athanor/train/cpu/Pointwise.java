package dev.athanor.train.cpu;

import dev.athanor.torch.Blas;

/// What stands between the products, over stretches of arrays.
///
/// The compiler turns a loop into vector instructions only where every array is read and written at one and
/// the same index: elsewhere two arrays might be one, shifted (JDK 25; seven times slower). Hence `at` stands
/// for all arrays of a method, and what stands elsewhere is first copied into a row of its own. A sum is kept
/// in several parts, since the compiler keeps the order of one.
final class Pointwise {
    private Pointwise() {}

    /// `e^x` as a sigmoid or a softmax needs it: within 2e-8 of its value for |x| up to 16, and of 1 beyond,
    /// up to 80. The Taylor polynomial of e^(x/128) of degree 6, squared seven times, in double and without
    /// looking into bits, so that loops of it become vector instructions: a third of the time of the usual way
    /// (November 2026, JDK 25).
    static double exp(double x) {
        double r = x * (1.0 / 128);
        double p = 1 / 720.0;
        p = Math.fma(p, r, 1 / 120.0);
        p = Math.fma(p, r, 1 / 24.0);
        p = Math.fma(p, r, 1 / 6.0);
        p = Math.fma(p, r, 0.5);
        p = Math.fma(p, r, 1);
        p = Math.fma(p, r, 1);
        p *= p;
        p *= p;
        p *= p;
        p *= p;
        p *= p;
        p *= p;
        p *= p;
        return p;
    }

    /// The argument of [#exp] is kept where its polynomial holds: beyond, a sigmoid is 0 or 1 to the last bit
    /// anyway.
    private static double limited(float x) {
        return Math.max(-80.0, Math.min(80.0, x));
    }

    /// y = 1 / (1 + e^−x).
    static void sigmoid(float[] x, float[] y, int at, int count) {
        for (int i = at; i < at + count; i++) {
            y[i] = 1 / (float) (1 + exp(-limited(x[i])));
        }
    }

    /// y = tanh x, as 2 / (1 + e^−2x) − 1 in double, which keeps the digits near zero.
    static void tanh(float[] x, float[] y, int at, int count) {
        for (int i = at; i < at + count; i++) {
            y[i] = (float) (2 / (1 + exp(-2 * Math.max(-40.0, Math.min(40.0, x[i])))) - 1);
        }
    }

    /// The sum of x · y. Not the BLAS's, which adds in an order that depends on where the arrays happen to
    /// stand in memory: a run must end with the same bits every time.
    static float dot(float[] x, int at, float[] y, int from, int count) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        int i = 0;
        for (; i + 7 < count; i += 8) {
            a += x[at + i] * y[from + i];
            b += x[at + i + 1] * y[from + i + 1];
            c += x[at + i + 2] * y[from + i + 2];
            d += x[at + i + 3] * y[from + i + 3];
            e += x[at + i + 4] * y[from + i + 4];
            f += x[at + i + 5] * y[from + i + 5];
            g += x[at + i + 6] * y[from + i + 6];
            h += x[at + i + 7] * y[from + i + 7];
        }
        for (; i < count; i++) {
            a += x[at + i] * y[from + i];
        }
        return a + b + (c + d) + (e + f + (g + h));
    }

    /// The sum of each column of x (rows, columns), added to y.
    static void addColumns(float[] x, int rows, float[] y, int into, int columns) {
        for (int row = 0; row < rows; row++) {
            Blas.add(x, row * columns, y, into, columns);
        }
    }

    /// Row `ids[i]` of a table (·, columns) to row i of y.
    static void gather(float[] table, int at, int[] ids, float[] y, int columns) {
        for (int i = 0; i < ids.length; i++) {
            System.arraycopy(table, at + ids[i] * columns, y, i * columns, columns);
        }
    }

    /// The reverse: row i of x is added to row `ids[i]` of a table.
    static void scatter(float[] x, int[] ids, float[] table, int at, int columns) {
        for (int i = 0; i < ids.length; i++) {
            Blas.add(x, i * columns, table, at + ids[i] * columns, columns);
        }
    }

    /// Sets a share of x to zero and enlarges the rest to keep the expected sum (Srivastava et al. 2014,
    /// section 10). The same
    /// key drops the same numbers, so the backward pass needs no memory of the forward one.
    static void drop(float[] x, int count, double share, long key) {
        if (share == 0) {
            return;
        }
        int threshold = (int) (share * Integer.MAX_VALUE);
        float scale = (float) (1 / (1 - share));
        int salt = Long.hashCode(key);
        for (int i = 0; i < count; i++) {
            int hash = salt + i * 0x9E3779B9; // the finalizer of MurmurHash3 (Appleby 2011), public domain
            hash = (hash ^ hash >>> 16) * 0x85EBCA6B;
            hash = (hash ^ hash >>> 13) * 0xC2B2AE35;
            hash ^= hash >>> 16;
            x[i] = (hash & Integer.MAX_VALUE) < threshold ? 0 : x[i] * scale;
        }
    }

    /// −ln p(target) of one row of scores, which become the gradient of `scale` times that loss: (p −
    /// 1[target]) · scale.
    static double crossEntropy(float[] scores, int at, int count, int target, float scale) {
        float highest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            highest = Math.max(highest, scores[at + i]);
        }
        double wanted = scores[at + target] - highest;
        for (int i = 0; i < count; i++) {
            scores[at + i] = (float) exp(limited(scores[at + i] - highest));
        }
        double sum = sum(scores, at, count);
        float factor = (float) (scale / sum);
        for (int i = 0; i < count; i++) {
            scores[at + i] *= factor;
        }
        scores[at + target] -= scale;
        return Math.log(sum) - wanted;
    }

    /// The first `count` scores, times `scale`, to shares that sum to one; those up to `width` become zero.
    static void softmax(float[] scores, int at, int count, int width, float scale) {
        float highest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            highest = Math.max(highest, scores[at + i]);
        }
        for (int i = 0; i < count; i++) {
            scores[at + i] = (float) exp(limited((scores[at + i] - highest) * scale));
        }
        float factor = (float) (1 / sum(scores, at, count));
        for (int i = 0; i < count; i++) {
            scores[at + i] *= factor;
        }
        for (int i = count; i < width; i++) {
            scores[at + i] = 0;
        }
    }

    private static double sum(float[] x, int at, int count) {
        double a = 0;
        double b = 0;
        int i = 0;
        for (; i + 1 < count; i += 2) {
            a += x[at + i];
            b += x[at + i + 1];
        }
        return i < count ? a + b + x[at + i] : a + b;
    }
}
