package dev.athanor.model;

import java.util.Locale;

/// How a picture is turned into noise, and what a model of the way back predicts. At time t from 0 to 1 a
/// picture x and noise ε of a standard normal make `alpha(t)·x + sigma(t)·ε`.
public enum NoiseProcess {
    /// Straight lines from the picture to the noise; the model predicts the velocity ε − x (flow matching:
    /// Lipman et al. 2023, equation 23; Liu et al. 2023, equation 1).
    FLOW_MATCHING {
        @Override
        public double wanted(double pixel, double noise) {
            return noise - pixel;
        }

        @Override
        public double clean(double noisy, double prediction, double alpha, double sigma) {
            return noisy - sigma * prediction;
        }

        @Override
        public double noise(double noisy, double prediction, double alpha, double sigma) {
            return noisy + alpha * prediction;
        }
    },
    /// The same lines; the model predicts the picture x, and how far it is from that counts as the velocity's
    /// error does that follows from it (Li and He 2025, table 1). A picture has an order that noise has not, so
    /// that fewer channels can carry it: for squares with more numbers than a level has channels.
    FLOW_TO_PICTURE {
        @Override
        public double wanted(double pixel, double noise) {
            return pixel;
        }

        @Override
        public double clean(double noisy, double prediction, double alpha, double sigma) {
            return prediction;
        }

        @Override
        public double noise(double noisy, double prediction, double alpha, double sigma) {
            return (noisy - alpha * prediction) / sigma;
        }

        @Override
        public double weight(double time) {
            return 1 / Math.pow(Math.max(time, LEAST), 2);
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

        @Override
        public double wanted(double pixel, double noise) {
            return noise;
        }

        @Override
        public double clean(double noisy, double prediction, double alpha, double sigma) {
            return (noisy - sigma * prediction) / alpha;
        }

        @Override
        public double noise(double noisy, double prediction, double alpha, double sigma) {
            return prediction;
        }
    };

    /// Earlier times than this weigh no more (Li and He 2025, section 4).
    public static final double LEAST = 0.05;

    public double alpha(double time) {
        return 1 - time;
    }

    public double sigma(double time) {
        return time;
    }

    /// The derivative of alpha.
    public double alphaSlope(double time) {
        return -1;
    }

    /// The derivative of sigma.
    public double sigmaSlope(double time) {
        return 1;
    }

    /// What the model shall predict for a pixel and its noise.
    public abstract double wanted(double pixel, double noise);

    /// What a prediction takes the pixel to be.
    ///
    /// @param noisy the pixel with its noise
    /// @param alpha of the time
    /// @param sigma of the time
    public abstract double clean(double noisy, double prediction, double alpha, double sigma);

    /// What a prediction takes the noise to be.
    public abstract double noise(double noisy, double prediction, double alpha, double sigma);

    /// What a squared error of the prediction counts.
    public double weight(double time) {
        return 1;
    }

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
        throw new ModelException(
                "config.json has the process \"%s\": expected flow-matching, flow-to-picture or ddpm".formatted(word));
    }
}
