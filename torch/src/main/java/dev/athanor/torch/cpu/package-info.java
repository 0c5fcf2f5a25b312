/// Layers of pictures on a CPU, there and back, on arrays of the Java heap: what is multiplied goes to the
/// BLAS, what stands between are plain loops. In: [Cells], numbers place by place. Out: the same, and
/// gradients added to rows of their own. Open [Winograd] first, where most of the time goes. One thread uses
/// one of each; which layers a model has stands in `model`, and tests hold every gradient here against
/// libtorch's.
package dev.athanor.torch.cpu;
