package dev.athanor.torch.cpu;

/// What numbers go through on their own; over arrays from the first number on, for the reason that [Reach]
/// gives.
public enum Curve {
    /// As they are.
    LINE {
        @Override
        public void forward(float[] z, float[] y, int count) {
            if (z != y) {
                System.arraycopy(z, 0, y, 0, count);
            }
        }

        @Override
        public void backward(float[] z, float[] dy, int count) {}
    },
    /// A fifth of what is below 0 (Maas, Hannun and Ng 2013, section 2.2, with more slope).
    LEAKY {
        @Override
        public void forward(float[] z, float[] y, int count) {
            for (int i = 0; i < count; i++) {
                y[i] = Math.max(z[i], SLOPE * z[i]);
            }
        }

        @Override
        public void backward(float[] z, float[] dy, int count) {
            for (int i = 0; i < count; i++) {
                dy[i] = z[i] > 0 ? dy[i] : SLOPE * dy[i];
            }
        }
    },
    /// z · σ(z) (Hendrycks and Gimpel 2016, section 2).
    SILU {
        @Override
        public void forward(float[] z, float[] y, int count) {
            for (int i = 0; i < count; i++) {
                y[i] = z[i] * sigmoid(z[i]);
            }
        }

        @Override
        public void backward(float[] z, float[] dy, int count) {
            for (int i = 0; i < count; i++) {
                float open = sigmoid(z[i]);
                dy[i] = dy[i] * open * Math.fma(z[i], 1 - open, 1f);
            }
        }
    };

    /// The rational function of z² that is tanh(z/2)/(2·z) to 2e-8 of itself for |z| up to 18, where tanh is 1
    /// to the last bit: fitted by weighted least squares on 400 Chebyshev points, November 2026. In float32
    /// the sigmoid made of it is within 3e-7.
    private static final float P0 = 0.249999995f;

    private static final float P1 = 0.00836313544f;
    private static final float P2 = 5.46183969e-5f;
    private static final float P3 = 8.05035390e-8f;
    private static final float P4 = 1.30414284e-11f;
    private static final float Q1 = 0.116785831f;
    private static final float Q2 = 0.00161730885f;
    private static final float Q3 = 5.13377694e-6f;
    private static final float Q4 = 3.03767936e-9f;
    private static final float FAR = 18;

    private static final float SLOPE = 0.2f;

    /// y = curve(z); both may be one array.
    public abstract void forward(float[] z, float[] y, int count);

    /// The gradient of z in place of that of y.
    public abstract void backward(float[] z, float[] dy, int count);

    static float sigmoid(float z) {
        float c = Math.max(-FAR, Math.min(FAR, z));
        float s = c * c;
        float p = Math.fma(Math.fma(Math.fma(Math.fma(P4, s, P3), s, P2), s, P1), s, P0);
        float q = Math.fma(Math.fma(Math.fma(Math.fma(Q4, s, Q3), s, Q2), s, Q1), s, 1f);
        return 0.5f + c * p / q;
    }
}
