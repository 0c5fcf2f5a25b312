/// libtorch tamed: start-up, the verbs that models are made of, weight files.
///
/// In: arrays and safetensors files. Out: tensors with gradients, and files again. Open [Engine] first, which
/// must run before anything else here; then [Layers]. There is no tensor class of our own:
/// `org.bytedeco.pytorch.Tensor` is used as it is. Tensors born inside a `PointerScope` die with it: one scope
/// per step, and only numbers and arrays leave.
package dev.athanor.torch;
