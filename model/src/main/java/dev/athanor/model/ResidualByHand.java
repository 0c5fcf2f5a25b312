package dev.athanor.model;

import dev.athanor.torch.cpu.Cells;
import dev.athanor.torch.cpu.Curve;
import dev.athanor.torch.cpu.Dense;
import dev.athanor.torch.cpu.Dropped;
import dev.athanor.torch.cpu.NormedCurve;
import dev.athanor.torch.cpu.Winograd;

/// A residual block of [UNet], there and back.
///
/// Letters: N pictures, C channels, E width of what is told.
final class ResidualByHand implements BlockByHand {
    private final int channels;
    private final NormedCurve norm1;
    private final Winograd convolution1;
    private final Dense scale; // the first half of `given`
    private final Dense shift; // the second
    private final NormedCurve norm2;
    private final Winograd convolution2;

    private Cells input = Cells.none(0, 0, 0);
    private Cells normed1; // what the first convolution reads
    private Cells middle; // what it gives
    private Cells normed2; // what the second reads
    private Cells output;
    private float[] scales = {}; // (N, C)
    private float[] shifts = {}; // (N, C)

    ResidualByHand(Places places, String name, Level level, int told) {
        channels = level.channels();
        norm1 = places.norm(name + ".norm1", channels, Curve.SILU);
        convolution1 = places.convolution(name + ".convolution1", channels, channels);
        Dense given = places.dense(name + ".given", told, channels);
        scale = given;
        shift = new Dense(given.weight() + channels * told, given.bias() + channels, told, channels);
        norm2 = places.norm(name + ".norm2", channels, Curve.SILU);
        convolution2 = places.convolution(name + ".convolution2", channels, channels);
        normed1 = level.cells();
        middle = level.cells();
        normed2 = level.cells();
        output = level.cells();
    }

    /// The size of what a block works on.
    record Level(int height, int width, int channels) {
        static Level of(UNet.Config config, int number) {
            int factor = config.patch() << number;
            ImageShape shape = config.shape();
            return new Level(shape.height() / factor, shape.width() / factor, config.channels(number));
        }

        Cells cells() {
            return Cells.none(height, width, channels);
        }
    }

    @Override
    public void take(float[] weights) {
        convolution1.take(weights);
        convolution2.take(weights);
    }

    @Override
    public Cells forward(float[] weights, Cells x, float[] told, Dropped dropped) {
        input = x;
        int N = x.pictures();
        normed1 = normed1.forPictures(N);
        middle = middle.forPictures(N);
        normed2 = normed2.forPictures(N);
        output = output.forPictures(N);
        if (scales.length < N * channels) {
            scales = new float[N * channels];
            shifts = new float[N * channels];
        }
        scale.forward(weights, told, scales, N);
        shift.forward(weights, told, shifts, N);
        norm1.forward(weights, x, NormedCurve.Told.NOTHING, normed1);
        convolution1.forward(normed1, middle);
        norm2.forward(weights, middle, new NormedCurve.Told(scales, shifts), normed2);
        dropped.from(normed2);
        convolution2.forward(normed2, output);
        output.add(x);
        return output;
    }

    @Override
    public void backward(UNetByHand.Back back, Cells d, Cells[] inner, Dropped dropped) {
        Cells second = inner[0].forPictures(d.pictures());
        Cells first = inner[1].forPictures(d.pictures());
        second.clear();
        convolution2.backward(normed2, d, second);
        convolution2.learn(back.gradient());
        dropped.from(second);
        NormedCurve.Told dTold = norm2.backward(back.weights(), back.gradient(), second);
        learn(scale, dTold.scale(), back, d.pictures());
        learn(shift, dTold.shift(), back, d.pictures());
        first.clear();
        convolution1.backward(normed1, second, first);
        convolution1.learn(back.gradient());
        norm1.backward(back.weights(), back.gradient(), first);
        d.add(first);
    }

    private static void learn(Dense part, float[] dPart, UNetByHand.Back back, int pictures) {
        part.learn(back.gradient(), back.told(), dPart, pictures);
        part.backward(back.weights(), dPart, back.dTold(), pictures);
    }
}
