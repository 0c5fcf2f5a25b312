package dev.athanor.model;

import java.util.Locale;

/// How a picture is turned into noise, and what a model of the way back predicts. At time t from 0 to 1 a
/// picture x and noise ε of a standard normal make `alpha(t)·x + sigma(t)·ε`.
public enum NoiseProcess {
    /// Straight lines from the picture to the noise; the model predicts the velocity ε − x (flow matching:
    /// Lipman et al. 2023, equation 23; Liu et al. 2023, equation 1).
    FLOW_MATCHING {
        @Override
        public double alpha(double time) {
            return 1 - time;
        }

        @Override
        public double sigma(double time) {
            return time;
        }

        @Override
        public double alphaSlope(double time) {
            return -1;
        }

        @Override
        public double sigmaSlope(double time) {
            return 1;
        }
    },
    /// The variance stays 1, on a cosine (Nichol and Dhariwal 2021, equation 17, with s = 0 and time in one
    /// piece); the model predicts the noise ε (Ho et al. 2020, equation 14).
    DDPM {
        @Override
        public double alpha(double time) {
            return Math.cos(Math.PI / 2 * time);
        }

        @Override
        public double sigma(double time) {
            return Math.sin(Math.PI / 2 * time);
        }

        @Override
        public double alphaSlope(double time) {
            return -Math.PI / 2 * Math.sin(Math.PI / 2 * time);
        }

        @Override
        public double sigmaSlope(double time) {
            return Math.PI / 2 * Math.cos(Math.PI / 2 * time);
        }
    };

    public abstract double alpha(double time);

    public abstract double sigma(double time);

    /// The derivative of alpha.
    public abstract double alphaSlope(double time);

    /// The derivative of sigma.
    public abstract double sigmaSlope(double time);

    /// As a recipe says it.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static NoiseProcess read(String word) {
        for (NoiseProcess process : values()) {
            if (process.word().equals(word)) {
                return process;
            }
        }
        throw new ModelException("config.json has the process \"%s\": expected flow-matching or ddpm".formatted(word));
    }
}
