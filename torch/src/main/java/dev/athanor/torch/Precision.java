package dev.athanor.torch;

/// The precision of matrix products. Weights, and everything between the products, stay in float32.
public enum Precision {
    FLOAT32,
    /// Inputs and weights are rounded to bfloat16 for the product, sums are kept in float32.
    BFLOAT16
}
