package dev.athanor.model;

import dev.athanor.torch.cpu.Ahead;
import dev.athanor.torch.cpu.Cells;
import dev.athanor.torch.cpu.Curve;
import dev.athanor.torch.cpu.Dense;
import dev.athanor.torch.cpu.Look;
import dev.athanor.torch.cpu.NormedCurve;
import java.util.Arrays;

/// The attention of [UNet], there and back. A picture's places stand side by side here, (N, P, ·), since its
/// attention is its own.
///
/// Letters: N pictures, P places, C channels.
final class LookByHand {
    private final int channels;
    private final NormedCurve norm;
    private final Dense queryKeyValue;
    private final Look look;
    private final Dense mixed;
    private final Ahead queryKeyValueAhead;
    private final Ahead mixedAhead;
    private Cells normed;
    private Cells output;
    private float[] rows = {}; // (N, P, C), normed
    private float[] source = {}; // (N, P, 3C)
    private float[] looked = {}; // (N, P, C)
    private float[] result = {}; // (N, P, C)
    private float[] dSource = {}; // (N, P, 3C)

    LookByHand(Places places, ResidualByHand.Level level) {
        channels = level.channels();
        norm = places.norm("look.norm", channels, Curve.LINE);
        queryKeyValue = places.dense("look.query_key_value", channels, 3 * channels);
        look = new Look(channels, channels % 64 == 0 ? channels / 64 : 1); // as in UNet
        mixed = places.dense("look.mixed", channels, channels);
        queryKeyValueAhead = new Ahead(queryKeyValue);
        mixedAhead = new Ahead(mixed);
        normed = level.cells();
        output = level.cells();
    }

    void take(float[] weights) {
        queryKeyValueAhead.take(weights);
        mixedAhead.take(weights);
    }

    /// @param x must stay as it is until the way back
    Cells forward(float[] weights, Cells x) {
        int N = x.pictures();
        int P = x.places();
        reserve(N * P * channels);
        normed = normed.forPictures(N);
        output = output.forPictures(N);
        norm.forward(weights, x, NormedCurve.Told.NOTHING, normed);
        gather(normed, rows);
        queryKeyValueAhead.forward(weights, rows, source, N * P);
        look.forward(source, looked, N, P);
        mixedAhead.forward(weights, looked, result, N * P);
        scatter(result, output);
        output.add(x);
        return output;
    }

    private void reserve(int length) {
        if (rows.length < length) {
            rows = new float[length];
            source = new float[3 * length];
            looked = new float[length];
            result = new float[length];
            dSource = new float[3 * length];
        }
    }

    /// Takes the gradient in `d` from behind the attention to before it.
    ///
    /// @param inner of this size, whatever is in it
    void backward(float[] weights, float[] gradient, Cells d, Cells inner) {
        int N = d.pictures();
        int count = N * d.places();
        gather(d, result);
        mixed.learn(gradient, looked, result, count);
        Arrays.fill(looked, 0, count * channels, 0);
        mixed.backward(weights, result, looked, count);
        look.backward(looked, dSource, N);
        queryKeyValue.learn(gradient, rows, dSource, count);
        Arrays.fill(rows, 0, count * channels, 0);
        queryKeyValue.backward(weights, dSource, rows, count);
        Cells dNormed = inner.forPictures(N);
        scatter(rows, dNormed);
        norm.backward(weights, gradient, dNormed);
        d.add(dNormed);
    }

    private static void gather(Cells cells, float[] rows) {
        int C = cells.channels();
        for (int place = 0; place < cells.places(); place++) {
            for (int picture = 0; picture < cells.pictures(); picture++) {
                int row = picture * cells.places() + place;
                System.arraycopy(cells.values()[place], picture * C, rows, row * C, C);
            }
        }
    }

    private static void scatter(float[] rows, Cells cells) {
        int C = cells.channels();
        for (int place = 0; place < cells.places(); place++) {
            for (int picture = 0; picture < cells.pictures(); picture++) {
                int row = picture * cells.places() + place;
                System.arraycopy(rows, row * C, cells.values()[place], picture * C, C);
            }
        }
    }
}
