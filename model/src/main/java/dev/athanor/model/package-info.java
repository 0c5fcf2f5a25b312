/// The model families, one file each, and what a trained model is on disk.
///
/// In: a configuration, or a folder. Out: a libtorch module with named tensors, or a folder that explains
/// itself. Open [Transformer] first: the others read alike. [ModelFolder] is the form on disk, [SampleFormat]
/// how a sample's text and fields become tokens. Nothing here knows how a model is trained or how tokens are
/// drawn from it.
package dev.athanor.model;
