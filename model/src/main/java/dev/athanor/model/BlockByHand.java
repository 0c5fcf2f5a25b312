package dev.athanor.model;

import dev.athanor.torch.cpu.Cells;
import dev.athanor.torch.cpu.Dropped;

/// A residual block of one size, there and back.
sealed interface BlockByHand permits ResidualByHand, PlainByHand {

    /// Takes over weights, all of them in a row.
    void take(float[] weights);

    /// @param x must stay as it is until the way back
    /// @param told (N, E), as far as the block is told anything
    Cells forward(float[] weights, Cells x, float[] told, Dropped dropped);

    /// Takes the gradient in `d` from behind the block to before it.
    ///
    /// @param inner two layers of this size, whatever is in them
    void backward(UNetByHand.Back back, Cells d, Cells[] inner, Dropped dropped);
}
