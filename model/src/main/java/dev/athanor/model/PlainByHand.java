package dev.athanor.model;

import dev.athanor.model.ResidualByHand.Level;
import dev.athanor.torch.cpu.Cells;
import dev.athanor.torch.cpu.Curve;
import dev.athanor.torch.cpu.Dropped;
import dev.athanor.torch.cpu.Winograd;

/// A residual block of [ImageGan], without normalisation and told nothing, there and back.
final class PlainByHand implements BlockByHand {
    private final Winograd convolution1;
    private final Winograd convolution2;
    private Cells input = Cells.none(0, 0, 0);
    private Cells activated1; // what the first convolution reads
    private Cells middle; // what it gives
    private Cells activated2; // what the second reads
    private Cells output;

    PlainByHand(Places places, String name, Level level) {
        convolution1 = places.convolution(name + ".convolution1", level.channels(), level.channels());
        convolution2 = places.convolution(name + ".convolution2", level.channels(), level.channels());
        activated1 = level.cells();
        middle = level.cells();
        activated2 = level.cells();
        output = level.cells();
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
        activated1 = activated1.forPictures(N);
        middle = middle.forPictures(N);
        activated2 = activated2.forPictures(N);
        output = output.forPictures(N);
        activated1.through(Curve.LEAKY, x);
        convolution1.forward(activated1, middle);
        activated2.through(Curve.LEAKY, middle);
        convolution2.forward(activated2, output);
        output.add(x);
        return output;
    }

    @Override
    public void backward(UNetByHand.Back back, Cells d, Cells[] inner, Dropped dropped) {
        Cells second = inner[0].forPictures(d.pictures());
        Cells first = inner[1].forPictures(d.pictures());
        second.clear();
        convolution2.backward(activated2, d, second);
        convolution2.learn(back.gradient());
        second.back(Curve.LEAKY, middle);
        first.clear();
        convolution1.backward(activated1, second, first);
        convolution1.learn(back.gradient());
        first.back(Curve.LEAKY, input);
        d.add(first);
    }
}
