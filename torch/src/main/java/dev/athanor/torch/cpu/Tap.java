package dev.athanor.torch.cpu;

import dev.athanor.torch.Blas;
import dev.athanor.torch.Blas.View;

/// A product that some places of one layer take to some of another: a convolution of 1 x 1, or one corner of a
/// convolution that makes four places of one or one of four.
///
/// @param from places of x
/// @param to places of y, as many
record Tap(int[] from, int[] to) {

    /// Each place to itself.
    static Tap same(int places) {
        int[] all = new int[places];
        for (int place = 0; place < places; place++) {
            all[place] = place;
        }
        return new Tap(all, all);
    }

    /// From each place of a layer to one of the four that it becomes where both sides double.
    ///
    /// @param corner row · 2 + column
    static Tap larger(int height, int width, int corner) {
        int[] from = new int[height * width];
        int[] to = new int[height * width];
        for (int place = 0; place < from.length; place++) {
            int row = place / width * 2 + corner / 2;
            int column = place % width * 2 + corner % 2;
            from[place] = place;
            to[place] = row * 2 * width + column;
        }
        return new Tap(from, to);
    }

    /// The other way round.
    Tap turned() {
        return new Tap(to, from);
    }

    /// y += x · ahead at the places.
    ///
    /// @param ahead (channels of x, channels of y)
    void add(Cells x, View ahead, Cells y) {
        for (int i = 0; i < from.length; i++) {
            Blas.add(y.at(to[i]), x.at(from[i]), ahead);
        }
    }

    /// dx += dy · weight at the places.
    ///
    /// @param weight (channels of y, channels of x)
    void back(Cells dy, View weight, Cells dx) {
        for (int i = 0; i < from.length; i++) {
            Blas.add(dx.at(from[i]), dy.at(to[i]), weight);
        }
    }

    /// The gradient of the weight, added: dyᵀ · x over the places.
    void learn(Cells x, Cells dy, View gradient) {
        for (int i = 0; i < from.length; i++) {
            Blas.add(gradient, dy.at(to[i]).turned(), x.at(from[i]));
        }
    }
}
