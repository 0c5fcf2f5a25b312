package dev.athanor.train;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// How far pictures are from each other, each from every other: the root of the mean squared difference of
/// their numbers.
///
/// @param across (N, N), real ones to made ones
/// @param real (N, N), among themselves
/// @param made (N, N), among themselves
record Distances(Tensor across, Tensor real, Tensor made) {

    /// @param real (N, …)
    /// @param made (N, …)
    static Distances of(Tensor real, Tensor made) {
        Tensor x = rows(real);
        Tensor y = rows(made);
        return new Distances(torch.cdist(x, y), torch.cdist(x, x), torch.cdist(y, y));
    }

    private static Tensor rows(Tensor pictures) {
        Tensor rows = pictures.flatten(1, -1);
        return rows.div(new Scalar(Math.sqrt(rows.size(1))));
    }

    /// 2·E|X − Y| − E|X − X′| − E|Y − Y′|, (): the energy distance (Székely and Rizzo 2013).
    Tensor energy() {
        return across.mean().mul(new Scalar(2)).sub(spread(real)).sub(spread(made));
    }

    /// The mean distance between two different pictures, ().
    static Tensor spread(Tensor within) {
        long N = within.size(0);
        return within.sum().div(new Scalar((double) Math.max(1, N * (N - 1))));
    }

    /// The mean distance to the picture that is most alike, ().
    static Tensor gap(Tensor within) {
        Tensor others = within.add(torch.eye(within.size(0), within.options()).mul(new Scalar(1e9)));
        return others.amin(new long[] {1}, false).mean();
    }
}
