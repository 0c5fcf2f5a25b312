package dev.athanor.data.sound;

/// The discrete Fourier transform of many signals at once: each row holds one sample of all of them, so that
/// every loop runs over rows at one index, which is what the compiler turns into vector instructions.
/// Stockham's form, which needs no reordering, in steps of four and a last step of two where the size asks for
/// it (Van Loan 1992, Computational Frameworks for the Fast Fourier Transform, 1.7 and 2.4).
///
/// It works in rows of its own: not for several threads.
final class Fourier {
    private final int size;
    private final int lanes;
    private final float[] cosines;
    private final float[] sines;
    private float[][] real;
    private float[][] imaginary;
    private float[][] nextReal;
    private float[][] nextImaginary;

    /// @param size of a signal, a power of two
    /// @param lanes signals at once
    Fourier(int size, int lanes) {
        if (Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("a transform of %d samples: expected a power of two, %d for example"
                    .formatted(size, Integer.highestOneBit(Math.max(size, 1)) * 2));
        }
        this.size = size;
        this.lanes = lanes;
        this.cosines = new float[size];
        this.sines = new float[size];
        for (int i = 0; i < size; i++) {
            cosines[i] = (float) Math.cos(2 * Math.PI * i / size);
            sines[i] = (float) -Math.sin(2 * Math.PI * i / size);
        }
        this.real = new float[size][lanes];
        this.imaginary = new float[size][lanes];
        this.nextReal = new float[size][lanes];
        this.nextImaginary = new float[size][lanes];
    }

    /// The rows that go in, and after [#transform] those that come out.
    float[][] real() {
        return real;
    }

    float[][] imaginary() {
        return imaginary;
    }

    /// X_k = sum of x_n exp(-2πi kn / size). The other way is the same with real and imaginary parts
    /// exchanged, but for a factor of the size.
    void transform() {
        int length = size;
        int stride = 1;
        while (length >= 4) {
            int quarter = length / 4;
            for (int p = 0; p < quarter; p++) {
                for (int q = 0; q < stride; q++) {
                    four(q + stride * p, stride * quarter, q + stride * 4 * p, stride);
                }
            }
            swap();
            length = quarter;
            stride *= 4;
        }
        if (length == 2) {
            for (int q = 0; q < stride; q++) {
                two(q, q + stride);
            }
            swap();
        }
    }

    private void swap() {
        float[][] rows = real;
        real = nextReal;
        nextReal = rows;
        rows = imaginary;
        imaginary = nextImaginary;
        nextImaginary = rows;
    }

    private void two(int first, int second) {
        sumAndDifference(real[first], real[second], nextReal[first], nextReal[second]);
        sumAndDifference(imaginary[first], imaginary[second], nextImaginary[first], nextImaginary[second]);
    }

    private static void sumAndDifference(float[] a, float[] b, float[] sum, float[] difference) {
        for (int i = 0; i < sum.length; i++) {
            float x = a[i];
            float y = b[i];
            sum[i] = x + y;
            difference[i] = x - y;
        }
    }

    /// Four rows, `step` apart, become four rows, `stride` apart.
    private void four(int from, int step, int to, int stride) {
        int angle = (to - from) / 3; // p strides, and a stride is what one step of this length takes in the table
        float c1 = cosines[angle];
        float s1 = sines[angle];
        float c2 = cosines[2 * angle];
        float s2 = sines[2 * angle];
        float c3 = cosines[3 * angle];
        float s3 = sines[3 * angle];
        float[] ar = real[from];
        float[] ai = imaginary[from];
        float[] br = real[from + step];
        float[] bi = imaginary[from + step];
        float[] cr = real[from + 2 * step];
        float[] ci = imaginary[from + 2 * step];
        float[] dr = real[from + 3 * step];
        float[] di = imaginary[from + 3 * step];
        float[] r0 = nextReal[to];
        float[] i0 = nextImaginary[to];
        float[] r1 = nextReal[to + stride];
        float[] i1 = nextImaginary[to + stride];
        float[] r2 = nextReal[to + 2 * stride];
        float[] i2 = nextImaginary[to + 2 * stride];
        float[] r3 = nextReal[to + 3 * stride];
        float[] i3 = nextImaginary[to + 3 * stride];
        for (int i = 0; i < lanes; i++) {
            float evenReal = ar[i] + cr[i];
            float evenImaginary = ai[i] + ci[i];
            float apartReal = ar[i] - cr[i];
            float apartImaginary = ai[i] - ci[i];
            float oddReal = br[i] + dr[i];
            float oddImaginary = bi[i] + di[i];
            float turnedReal = di[i] - bi[i]; // i (b - d)
            float turnedImaginary = br[i] - dr[i];
            r0[i] = evenReal + oddReal;
            i0[i] = evenImaginary + oddImaginary;
            float xr = apartReal - turnedReal;
            float xi = apartImaginary - turnedImaginary;
            r1[i] = xr * c1 - xi * s1;
            i1[i] = xr * s1 + xi * c1;
            xr = evenReal - oddReal;
            xi = evenImaginary - oddImaginary;
            r2[i] = xr * c2 - xi * s2;
            i2[i] = xr * s2 + xi * c2;
            xr = apartReal + turnedReal;
            xi = apartImaginary + turnedImaginary;
            r3[i] = xr * c3 - xi * s3;
            i3[i] = xr * s3 + xi * c3;
        }
    }
}
