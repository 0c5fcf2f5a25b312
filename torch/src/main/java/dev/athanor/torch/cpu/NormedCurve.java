package dev.athanor.torch.cpu;

import java.util.Arrays;

/// Group normalisation (Wu and He 2018, equation 7) and the curve behind it, with a scale and a shift of each
/// picture's own where there is one (Dhariwal and Nichol 2021, equation 3),
///
///     y = curve((x̂ · gain + bias) · (1 + scale) + shift),  x̂ = (x − mean) / √(variance + ε).
///
/// All of it is one line `factor · x + addend` for each picture and channel, and one curve.
///
/// Letters: N pictures, C channels, P places, G groups.
public final class NormedCurve {
    private static final double EPSILON = 1e-5; // Wu and He 2018, section 3.1

    private final Form form;
    private final int gain; // place of (C)
    private final int bias; // place of (C)
    private final Scratch scratch;
    private Cells source = Cells.none(0, 0, 0);
    private Told told = Told.NOTHING;
    private float[] factor = {}; // (N, C)
    private float[] addend = {}; // (N, C)
    private float[] mean = {}; // (N, C), the same in a group
    private float[] inverse = {}; // (N, C), 1 / √(variance + ε), likewise

    public record Form(int channels, int groups, Curve curve) {}

    /// What each picture scales and shifts, (N, C) each; empty for nothing.
    public record Told(float[] scale, float[] shift) {
        public static final Told NOTHING = new Told(new float[0], new float[0]);

        boolean isNothing() {
            return scale.length == 0;
        }
    }

    /// @param gain where the gains stand in the row of weights
    /// @param bias where the biases do
    public NormedCurve(Form form, int gain, int bias, Scratch scratch) {
        this.form = form;
        this.gain = gain;
        this.bias = bias;
        this.scratch = scratch;
    }

    /// @param x (N, C) at each place, which must stay as it is until the way back
    /// @param told likewise
    /// @param y (N, C) at each place, set
    public void forward(float[] weights, Cells x, Told told, Cells y) {
        this.source = x;
        this.told = told;
        int count = x.numbers();
        reserve(count);
        measure(x);
        for (int from = 0; from < count; from += form.channels()) {
            join(weights, from);
        }
        for (int place = 0; place < x.places(); place++) {
            line(x.values()[place], factor, addend, y.values()[place], count);
            form.curve().forward(y.values()[place], y.values()[place], count);
        }
    }

    /// Makes one line of the norm and what was told for one picture.
    private void join(float[] weights, int from) {
        boolean plain = told.isNothing();
        for (int channel = 0; channel < form.channels(); channel++) {
            int i = from + channel;
            float scale = plain ? 1 : 1 + told.scale()[i];
            float shift = plain ? 0 : told.shift()[i];
            float slope = weights[gain + channel] * scale * inverse[i];
            factor[i] = slope;
            addend[i] = Math.fma(weights[bias + channel], scale, Math.fma(-slope, mean[i], shift));
        }
    }

    private void reserve(int count) {
        if (factor.length < count) {
            factor = new float[count];
            addend = new float[count];
            mean = new float[count];
            inverse = new float[count];
        }
    }

    /// Sums are taken of what the numbers differ from those of the first place by, so that a large mean takes
    /// no digits from the variance.
    private void measure(Cells x) {
        int count = x.numbers();
        float[] first = x.values()[0];
        float[] sums = cleared(0, count);
        float[] squares = cleared(1, count);
        for (float[] place : x.values()) {
            sum(place, first, sums, squares, count);
        }
        int size = form.channels() / form.groups();
        double places = x.places();
        for (int from = 0; from < count; from += size) {
            double all = 0;
            for (int i = from; i < from + size; i++) {
                all += first[i] + sums[i] / places;
            }
            double middle = all / size;
            double variance = 0;
            for (int i = from; i < from + size; i++) {
                double own = sums[i] / places;
                double away = first[i] + own - middle;
                variance += squares[i] / places - own * own + away * away;
            }
            Arrays.fill(mean, from, from + size, (float) middle);
            Arrays.fill(inverse, from, from + size, (float) (1 / Math.sqrt(Math.max(0, variance / size) + EPSILON)));
        }
    }

    /// Finds the gradient of x in place of that of y, and adds that of gains and biases.
    ///
    /// @param dy (N, C) at each place
    /// @return the gradient of what was told, in arrays that the next call uses anew
    public Told backward(float[] weights, float[] gradient, Cells dy) {
        int count = source.numbers();
        float[] z = scratch.row(2, count);
        float[] sums = cleared(0, count);
        float[] products = cleared(1, count);
        float[] first = source.values()[0];
        for (int place = 0; place < source.places(); place++) {
            float[] x = source.values()[place];
            float[] d = dy.values()[place];
            line(x, factor, addend, z, count);
            form.curve().backward(z, d, count);
            gather(x, first, d, sums, products, count);
        }
        return spread(weights, gradient, dy, new Sums(sums, products));
    }

    /// @param plain of dz, by picture and channel
    /// @param products of dz and what x differs from the first place by; then of dz and x̂
    private record Sums(float[] plain, float[] products) {}

    /// dx = factor · dz + slope · x + level, where slope and level are the same in a group.
    private Told spread(float[] weights, float[] gradient, Cells dy, Sums sums) {
        int count = source.numbers();
        float[] slope = scratch.row(2, count);
        float[] level = scratch.row(3, count);
        float[] first = source.values()[0];
        float[] plain = sums.plain();
        float[] products = sums.products();
        for (int i = 0; i < count; i++) {
            products[i] = (products[i] + (first[i] - mean[i]) * plain[i]) * inverse[i];
        }
        int size = form.channels() / form.groups();
        double numbers = (double) source.places() * size;
        for (int from = 0; from < count; from += size) {
            double along = 0;
            double across = 0;
            for (int i = from; i < from + size; i++) {
                along += factor[i] * plain[i]; // factor holds one of the two inverses already
                across += factor[i] * products[i];
            }
            double steep = -across * inverse[from] / numbers;
            Arrays.fill(slope, from, from + size, (float) steep);
            Arrays.fill(level, from, from + size, (float) (-along / numbers - steep * mean[from]));
        }
        for (int place = 0; place < source.places(); place++) {
            combine(source.values()[place], new Row(factor, slope, level), dy.values()[place], count);
        }
        return learn(weights, gradient, sums);
    }

    private record Row(float[] factor, float[] slope, float[] level) {}

    /// The gradient of gains and biases is added, that of what was told takes the place of the sums.
    private Told learn(float[] weights, float[] gradient, Sums sums) {
        float[] plain = sums.plain();
        float[] products = sums.products();
        for (int from = 0; from < source.numbers(); from += form.channels()) {
            for (int channel = 0; channel < form.channels(); channel++) {
                int i = from + channel;
                float scale = told.isNothing() ? 1 : 1 + told.scale()[i];
                gradient[gain + channel] += products[i] * scale;
                gradient[bias + channel] += plain[i] * scale;
                products[i] = products[i] * weights[gain + channel] + plain[i] * weights[bias + channel];
            }
        }
        return new Told(products, plain);
    }

    private float[] cleared(int number, int count) {
        float[] row = scratch.row(number, count);
        Arrays.fill(row, 0, count, 0);
        return row;
    }

    private static void line(float[] x, float[] factor, float[] addend, float[] y, int count) {
        for (int i = 0; i < count; i++) {
            y[i] = Math.fma(factor[i], x[i], addend[i]);
        }
    }

    private static void sum(float[] x, float[] first, float[] sums, float[] squares, int count) {
        for (int i = 0; i < count; i++) {
            float away = x[i] - first[i];
            sums[i] += away;
            squares[i] = Math.fma(away, away, squares[i]);
        }
    }

    private static void gather(float[] x, float[] first, float[] dz, float[] sums, float[] products, int count) {
        for (int i = 0; i < count; i++) {
            float d = dz[i];
            sums[i] += d;
            products[i] = Math.fma(d, x[i] - first[i], products[i]);
        }
    }

    private static void combine(float[] x, Row row, float[] d, int count) {
        float[] factor = row.factor();
        float[] slope = row.slope();
        float[] level = row.level();
        for (int i = 0; i < count; i++) {
            d[i] = Math.fma(factor[i], d[i], Math.fma(slope[i], x[i], level[i]));
        }
    }
}
