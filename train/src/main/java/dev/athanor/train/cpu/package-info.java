/// Loss and gradient of the model families on a CPU, written out by hand instead of recorded and replayed by
/// libtorch. In: weights as one row of numbers, a batch. Out: the loss, and the gradient added to another row.
/// Open [LstmGradient] first, the shortest; [ByHand] shares a batch between cores. Products are the BLAS's;
/// what stands between them is plain loops ([Pointwise]). What a model is stands in `model`, and a test holds
/// every gradient here against libtorch's.
package dev.athanor.train.cpu;
