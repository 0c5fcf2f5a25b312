package dev.athanor.torch;

import java.util.Locale;

/// Where tensors live and products are computed.
public enum Device {
    /// CUDA where it can be had, else the CPU.
    AUTO,
    CPU,
    CUDA;

    /// As it is given on the command line.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
