package dev.athanor.torch.cpu;

import dev.athanor.torch.Blas;
import dev.athanor.torch.Blas.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

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

    /// Pictures below which several tiles go through one product: filters are read for each product, and for few
    /// pictures that costs more than to put tiles together.
    private static final int FEW = 16;

    /// Rows of such a product.
    private static final int TOGETHER = 64;

    /// Places of all pictures up to which filters are better read plain: transformed they are four times as large.
    private static final int FEW_PLACES = 48;

    private final Dense place;
    private final int inputs;
    private final int outputs;
    private final Scratch scratch;
    private final Filters ahead; // by input: a product whose factors both stand as they are is the fastest
    private final Filters back; // by output, for the same reason
    private final Filters dFilters;
    private final Gathered gathered;
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
        this.gathered = new Gathered(place);
        this.bias = new float[outputs];
    }

    /// A rectangle of outputs.
    private record Tile(Span rows, Span columns, int pictures) {
        Pair pair() {
            return new Pair(rows.reach(), columns.reach());
        }
    }

    /// How a tile is computed in both directions.
    private record Pair(Reach along, Reach across) {
        /// Numbers of the pairs of points.
        int[] points() {
            int[] first = along.points();
            int[] second = across.points();
            int[] points = new int[first.length * second.length];
            for (int i = 0; i < points.length; i++) {
                points[i] = first[i / second.length] * POINTS + second[i % second.length];
            }
            return points;
        }
    }

    /// Takes over weights. They are kept, transformed, until the next call.
    public void take(float[] weights) {
        ahead.take(weights, place.weight());
        back.take(weights, place.weight());
        gathered.take(weights);
        System.arraycopy(weights, place.bias(), bias, 0, outputs);
    }

    /// @param x (N, C) at each place
    /// @param y (N, K) at each place, set
    public void forward(Cells x, Cells y) {
        if (x.pictures() * x.places() <= FEW_PLACES) {
            gathered.forward(bias, x, y);
            return;
        }
        reserve(x);
        if (x.pictures() < FEW) {
            int most = TOGETHER / x.pictures();
            for (List<Tile> alike : alike(x)) {
                for (int first = 0; first < alike.size(); first += most) {
                    together(alike.subList(first, Math.min(alike.size(), first + most)), x, y);
                }
            }
            return;
        }
        for (Tile tile : tiles(x)) {
            read(x, tile);
            multiply(tile.pair(), tile.pictures, u, v);
            write(y, tile);
        }
    }

    private static List<Tile> tiles(Cells x) {
        List<Tile> tiles = new ArrayList<>();
        for (Span columns : Span.cover(x.width())) {
            for (Span rows : Span.cover(x.height())) {
                tiles.add(new Tile(rows, columns, x.pictures()));
            }
        }
        return tiles;
    }

    /// Tiles that use the same points.
    private static Collection<List<Tile>> alike(Cells x) {
        return tiles(x).stream()
                .collect(Collectors.groupingBy(Tile::pair, LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    /// [#forward] of several tiles that use the same points.
    private void together(List<Tile> tiles, Cells x, Cells y) {
        Pair pair = tiles.getFirst().pair();
        int in = x.pictures() * inputs;
        int out = x.pictures() * outputs;
        float[][] read = scratch.set(3, tiles.size() * in);
        float[][] made = scratch.set(4, tiles.size() * out);
        for (int number = 0; number < tiles.size(); number++) {
            read(x, tiles.get(number));
            for (int point : pair.points()) {
                System.arraycopy(u[point], 0, read[point], number * in, in);
            }
        }
        multiply(pair, tiles.size() * x.pictures(), read, made);
        for (int number = 0; number < tiles.size(); number++) {
            for (int point : pair.points()) {
                System.arraycopy(made[point], number * out, v[point], 0, out);
            }
            write(y, tiles.get(number));
        }
    }

    /// The way back of [#forward]; the gradient of the weights is kept until [#learn].
    ///
    /// @param x as it was
    /// @param dy (N, K) at each place
    /// @param dx (N, C) at each place, added to
    public void backward(Cells x, Cells dy, Cells dx) {
        reserve(x);
        for (Tile tile : tiles(x)) {
            read(x, tile);
            spread(dy, tile);
            add(v[EVERYWHERE], dShift, tile.pictures * outputs);
            multiplyBack(tile);
            unread(dx, tile);
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

    /// v = u · filters at each pair of points, for so many rows.
    private void multiply(Pair pair, int rows, float[][] u, float[][] v) {
        for (int point : pair.points()) {
            View products = View.of(v[point], 0, rows, outputs);
            View read = View.of(u[point], 0, rows, inputs);
            View filter = View.of(ahead.at(point), 0, inputs, outputs);
            if (point == EVERYWHERE) {
                for (int row = 0; row < rows; row++) {
                    System.arraycopy(bias, 0, v[point], row * outputs, outputs);
                }
                Blas.add(products, read, filter);
            } else {
                Blas.set(products, read, filter);
            }
        }
    }

    /// The filters' gradient += vᵀ · u, and then u = v · filters, at each pair of points.
    private void multiplyBack(Tile tile) {
        for (int point : tile.pair().points()) {
            View dProducts = View.of(v[point], 0, tile.pictures, outputs);
            View read = View.of(u[point], 0, tile.pictures, inputs);
            Blas.add(View.of(dFilters.at(point), 0, outputs, inputs), dProducts.turned(), read);
            Blas.set(read, dProducts, View.of(back.at(point), 0, outputs, inputs));
        }
    }

    private static void add(float[] x, float[] y, int count) {
        for (int i = 0; i < count; i++) {
            y[i] += x[i];
        }
    }
}
