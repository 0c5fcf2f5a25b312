package dev.athanor.torch;

/// Where tensors live and products are computed.
public enum Device {
    /// CUDA where it can be had, else the CPU.
    AUTO,
    CPU,
    CUDA
}
