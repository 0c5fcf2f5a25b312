package dev.athanor.torch.cpu;

import dev.athanor.torch.Blas;
import dev.athanor.torch.Blas.View;
import java.util.Arrays;

/// A convolution of 3 x 3 that keeps the size, by minimal filtering in both directions (Lavin and Gray 2016,
/// section 4.1): a tile of 4 x 4 outputs takes 36 products of matrices where 144 would be taken place by
/// place, and each of its gradients as few, since both go back over the same transforms ([Reach]).
///
/// Numbers differ from those of a plain convolution by about 1e-5 of the largest.
///
/// Letters: N pictures, C inputs, K outputs.
public final class Winograd {
    private static final int POINTS = Reach.POINTS;

    /// The pair of points (1, 1): what is added to the value there is added to every output.
    private static final int EVERYWHERE = POINTS + 1;

    private final Dense place;
    private final int inputs;
    private final int outputs;
    private final Scratch scratch;
    private final Filters ahead; // by input: a product whose factors both stand as they are is the fastest
    private final Filters back; // by output, for the same reason
    private final Filters dFilters;
    private final float[] bias; // (K)
    private float[] dShift = {}; // (N, K)
    private final float[][] from = new float[POINTS][];
    private final float[][] to = new float[POINTS][];
    private final float[][] lines = new float[POINTS * POINTS][]; // through one direction, by row and point
    private float[][] u = {}; // Bᵀ·x·B by pair of points, (N, C) each
    private float[][] v = {}; // the products, (N, K) each

    /// @param place of the filters in the row of weights, (outputs, inputs, 3, 3), and of the bias
    public Winograd(Dense place, Scratch scratch) {
        this.place = place;
        this.inputs = place.inputs();
        this.outputs = place.outputs();
        this.scratch = scratch;
        this.ahead = new Filters(outputs, inputs, Filters.Order.BY_INPUT);
        this.back = new Filters(outputs, inputs, Filters.Order.BY_OUTPUT);
        this.dFilters = new Filters(outputs, inputs, Filters.Order.BY_OUTPUT);
        this.bias = new float[outputs];
    }

    /// A rectangle of outputs.
    private record Tile(Span rows, Span columns, int pictures) {}

    /// Takes over weights. They are kept, transformed, until the next call.
    public void take(float[] weights) {
        ahead.take(weights, place.weight());
        back.take(weights, place.weight());
        System.arraycopy(weights, place.bias(), bias, 0, outputs);
    }

    /// @param x (N, C) at each place
    /// @param y (N, K) at each place, set
    public void forward(Cells x, Cells y) {
        reserve(x);
        for (Span columns : Span.cover(x.width())) {
            for (Span rows : Span.cover(x.height())) {
                Tile tile = new Tile(rows, columns, x.pictures());
                read(x, tile);
                multiply(tile);
                write(y, tile);
            }
        }
    }

    /// The way back of [#forward]; the gradient of the weights is kept until [#learn].
    ///
    /// @param x as it was
    /// @param dy (N, K) at each place
    /// @param dx (N, C) at each place, added to
    public void backward(Cells x, Cells dy, Cells dx) {
        reserve(x);
        for (Span columns : Span.cover(x.width())) {
            for (Span rows : Span.cover(x.height())) {
                Tile tile = new Tile(rows, columns, x.pictures());
                read(x, tile);
                spread(dy, tile);
                add(v[EVERYWHERE], dShift, tile.pictures * outputs);
                multiplyBack(tile);
                unread(dx, tile);
            }
        }
    }

    /// Adds what [#backward] has found of the weights' gradient since the last time to a row of gradients.
    public void learn(float[] gradient) {
        dFilters.addGradient(gradient, place.weight());
        dFilters.clear();
        place.learnBias(gradient, dShift, dShift.length / outputs);
        Arrays.fill(dShift, 0);
    }

    private void reserve(Cells x) {
        if (dShift.length < x.pictures() * outputs) {
            dShift = Arrays.copyOf(dShift, x.pictures() * outputs);
        }
        int length = x.pictures() * Math.max(inputs, outputs);
        u = scratch.set(0, length);
        v = scratch.set(1, length);
        System.arraycopy(scratch.set(2, length), 0, lines, 0, lines.length);
    }

    /// u = Bᵀ·x·B.
    private void read(Cells x, Tile tile) {
        Reach along = tile.rows.reach();
        Reach across = tile.columns.reach();
        int count = tile.pictures * inputs;
        float[] zeros = scratch.zeros(count);
        for (int row = 0; row < along.inputs(); row++) {
            for (int column = 0; column < across.inputs(); column++) {
                from[column] = x.at(tile.rows.before() + row, tile.columns.before() + column, zeros);
            }
            pick(lines, row * POINTS, 1, to);
            across.read(from, to, count);
        }
        for (int j : across.points()) {
            pick(lines, j, POINTS, from);
            pick(u, j, POINTS, to);
            along.read(from, to, count);
        }
    }

    /// y = Aᵀ·v·A.
    private void write(Cells y, Tile tile) {
        Reach along = tile.rows.reach();
        Reach across = tile.columns.reach();
        int count = tile.pictures * outputs;
        float[] unread = scratch.unread(count);
        for (int j : across.points()) {
            pick(v, j, POINTS, from);
            pick(lines, j, POINTS, to);
            along.write(from, to, count);
        }
        for (int row = 0; row < along.outputs(); row++) {
            for (int column = 0; column < across.outputs(); column++) {
                to[column] = y.at(tile.rows.from() + row, tile.columns.from() + column, unread);
            }
            pick(lines, row * POINTS, 1, from);
            across.write(from, to, count);
        }
    }

    /// v = A·dy·Aᵀ.
    private void spread(Cells dy, Tile tile) {
        Reach along = tile.rows.reach();
        Reach across = tile.columns.reach();
        int count = tile.pictures * outputs;
        float[] zeros = scratch.zeros(count);
        for (int row = 0; row < along.outputs(); row++) {
            for (int column = 0; column < across.outputs(); column++) {
                from[column] = dy.at(tile.rows.from() + row, tile.columns.from() + column, zeros);
            }
            pick(lines, row * POINTS, 1, to);
            across.spread(from, to, count);
        }
        for (int j : across.points()) {
            pick(lines, j, POINTS, from);
            pick(v, j, POINTS, to);
            along.spread(from, to, count);
        }
    }

    /// dx += B·du·Bᵀ, where du stands in u.
    private void unread(Cells dx, Tile tile) {
        Reach along = tile.rows.reach();
        Reach across = tile.columns.reach();
        int count = tile.pictures * inputs;
        float[] unread = scratch.unread(count);
        for (int j : across.points()) {
            pick(u, j, POINTS, from);
            pick(lines, j, POINTS, to);
            along.unread(from, to, count);
        }
        int last = along.inputs() - 1;
        for (int row = 0; row <= last; row++) {
            int place = tile.rows.before() + row;
            if (place < 0 || place >= dx.height()) {
                continue;
            }
            for (int column = 0; column < across.inputs(); column++) {
                to[column] = dx.at(place, tile.columns.before() + column, unread);
            }
            boolean copied = row > 0 && row < last; // see Reach.unread
            pick(copied ? lines : u, row < last ? row * POINTS : (POINTS - 1) * POINTS, 1, from);
            across.addUnread(from, to, count);
        }
    }

    private static void pick(float[][] all, int first, int step, float[][] into) {
        for (int i = 0; i < POINTS; i++) {
            into[i] = all[first + i * step];
        }
    }

    /// v = u · filters at each pair of points.
    private void multiply(Tile tile) {
        for (int i : tile.rows.reach().points()) {
            for (int j : tile.columns.reach().points()) {
                int pair = i * POINTS + j;
                View filter = View.of(ahead.at(pair), 0, inputs, outputs);
                if (pair == EVERYWHERE) {
                    for (int picture = 0; picture < tile.pictures; picture++) {
                        System.arraycopy(bias, 0, v[pair], picture * outputs, outputs);
                    }
                    Blas.add(products(tile, pair), inputs(tile, pair), filter);
                } else {
                    Blas.set(products(tile, pair), inputs(tile, pair), filter);
                }
            }
        }
    }

    /// The filters' gradient += vᵀ · u, and then u = v · filters, at each pair of points.
    private void multiplyBack(Tile tile) {
        for (int i : tile.rows.reach().points()) {
            for (int j : tile.columns.reach().points()) {
                int pair = i * POINTS + j;
                View dProducts = products(tile, pair);
                View read = inputs(tile, pair);
                Blas.add(View.of(dFilters.at(pair), 0, outputs, inputs), dProducts.turned(), read);
                Blas.set(read, dProducts, View.of(back.at(pair), 0, outputs, inputs));
            }
        }
    }

    private View inputs(Tile tile, int pair) {
        return View.of(u[pair], 0, tile.pictures, inputs);
    }

    private View products(Tile tile, int pair) {
        return View.of(v[pair], 0, tile.pictures, outputs);
    }

    private static void add(float[] x, float[] y, int count) {
        for (int i = 0; i < count; i++) {
            y[i] += x[i];
        }
    }
}
