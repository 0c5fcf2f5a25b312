package dev.athanor.generate;

/// Weights by name, as float32 in row-major order: a safetensors file, or arrays in a test.
@FunctionalInterface
public interface WeightSource {

    /// The numbers of one weight, as many as the product of its shape.
    ///
    /// @throws RuntimeException of the source's own kind where the name is absent or has another shape
    float[] read(String name, int... shape);
}
