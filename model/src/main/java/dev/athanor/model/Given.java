package dev.athanor.model;

import org.bytedeco.pytorch.Tensor;

/// What a model of pictures is told to make, for each picture of a batch.
///
/// @param labels (B, F) of int64, one number for each of F fields: 0 where it is left open, else 1 + the
///     value's place among the field's values
/// @param captions (B, L) of int64, 0 behind a caption's end; (B, 0) for models that know no captions
public record Given(Tensor labels, Tensor captions) {}
