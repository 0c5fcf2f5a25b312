package dev.athanor.torch.cpu;

/// The one-dimensional transforms of minimal filtering (Winograd 1980; Lavin and Gray 2016, section 4.1) for a
/// filter of three numbers g: `outputs` numbers y in a row from two more numbers x,
///
///     y = Aᵀ[(G·g) · (Bᵀ·x)],   g's gradient Gᵀ[(A·dy) · (Bᵀ·x)],   x's gradient B[(G·g) · (A·dy)].
///
/// The polynomials are multiplied at the points 0, 1, −1, 2, −2 and ∞ (numbers 0 to 5 here). Fewer outputs
/// need fewer points; B takes up what that changes, so that G is the same for all three and a picture's rest
/// at the edge, which is shorter than four, uses the transformed filter of the rest.
///
/// Each method works on the first `count` numbers of whole arrays: `x` and `y` hold arrays
/// by their position in the row, `points` by the number of the point. Bodies are kept under the size from
/// which the compiler no longer unrolls a loop and hence makes no vectors of it (JDK 25, LoopUnrollLimit): six
/// inputs, six outputs and a dozen operations, from the first number on (another beginning costs checks).
enum Reach {
    TWO(0, 1, 2, 5) {
        @Override
        void read(float[][] x, float[][] points, int count) {
            float[] x0 = x[0], x1 = x[1], x2 = x[2], x3 = x[3];
            float[] p0 = points[0], p1 = points[1], p2 = points[2], p5 = points[5];
            for (int i = 0; i < count; i++) {
                float b = x1[i];
                float c = x2[i];
                p0[i] = x0[i] - c;
                p1[i] = -3 * (b + c);
                p2[i] = 3 * (b - c);
                p5[i] = x3[i] - b;
            }
        }

        @Override
        void write(float[][] points, float[][] y, int count) {
            float[] p0 = points[0], p1 = points[1], p2 = points[2], p5 = points[5];
            float[] y0 = y[0], y1 = y[1];
            for (int i = 0; i < count; i++) {
                y0[i] = p0[i] + p1[i] + p2[i];
                y1[i] = p1[i] - p2[i] + p5[i];
            }
        }

        @Override
        void spread(float[][] y, float[][] points, int count) {
            float[] y0 = y[0], y1 = y[1];
            float[] p0 = points[0], p1 = points[1], p2 = points[2], p5 = points[5];
            for (int i = 0; i < count; i++) {
                float a = y0[i];
                float b = y1[i];
                p0[i] = a;
                p1[i] = a + b;
                p2[i] = a - b;
                p5[i] = b;
            }
        }

        @Override
        void unread(float[][] points, float[][] x, int count) {
            float[] p0 = points[0], p1 = points[1], p2 = points[2], p5 = points[5];
            float[] x1 = x[1], x2 = x[2];
            for (int i = 0; i < count; i++) {
                float b = p1[i];
                float c = p2[i];
                x1[i] = Math.fma(3f, c - b, -p5[i]);
                x2[i] = Math.fma(-3f, b + c, -p0[i]);
            }
        }

        @Override
        void addUnread(float[][] points, float[][] x, int count) {
            float[] p0 = points[0], p1 = points[1], p2 = points[2], p5 = points[5];
            float[] x0 = x[0], x1 = x[1], x2 = x[2], x3 = x[3];
            for (int i = 0; i < count; i++) {
                float b = p1[i];
                float c = p2[i];
                x0[i] += p0[i];
                x1[i] += Math.fma(3f, c - b, -p5[i]);
                x2[i] += Math.fma(-3f, b + c, -p0[i]);
                x3[i] += p5[i];
            }
        }
    },
    THREE(0, 1, 2, 3, 5) {
        @Override
        void read(float[][] x, float[][] points, int count) {
            float[] x0 = x[0], x1 = x[1], x2 = x[2], x3 = x[3], x4 = x[4];
            float[] p0 = points[0], p1 = points[1], p2 = points[2], p3 = points[3], p5 = points[5];
            for (int i = 0; i < count; i++) {
                float b = x1[i];
                float c = x2[i];
                float s = x3[i] - b;
                p0[i] = Math.fma(0.5f, s, x0[i] - c);
                p1[i] = 3 * (s - b - c);
                p2[i] = Math.fma(3f, b - c, s);
                p3[i] = 4 * s;
                p5[i] = x4[i] - c - (s + s);
            }
        }

        @Override
        void write(float[][] points, float[][] y, int count) {
            float[] p0 = points[0], p1 = points[1], p2 = points[2], p3 = points[3], p5 = points[5];
            float[] y0 = y[0], y1 = y[1], y2 = y[2];
            for (int i = 0; i < count; i++) {
                float p = p1[i] + p2[i];
                float r = p3[i];
                y0[i] = p0[i] + p + r;
                y1[i] = Math.fma(2f, r, p1[i] - p2[i]);
                y2[i] = Math.fma(4f, r, p) + p5[i];
            }
        }

        @Override
        void spread(float[][] y, float[][] points, int count) {
            float[] y0 = y[0], y1 = y[1], y2 = y[2];
            float[] p0 = points[0], p1 = points[1], p2 = points[2], p3 = points[3], p5 = points[5];
            for (int i = 0; i < count; i++) {
                float a = y0[i];
                float b = y1[i];
                float c = y2[i];
                p0[i] = a;
                p1[i] = a + c + b;
                p2[i] = a + c - b;
                p3[i] = Math.fma(4f, c, Math.fma(2f, b, a));
                p5[i] = c;
            }
        }

        @Override
        void unread(float[][] points, float[][] x, int count) {
            float[] p0 = points[0], p1 = points[1], p2 = points[2], p3 = points[3], p5 = points[5];
            float[] x1 = x[1], x2 = x[2], x3 = x[3];
            for (int i = 0; i < count; i++) {
                float b = p1[i];
                float c = p2[i];
                float f = p5[i];
                float s = Math.fma(0.5f, p0[i], Math.fma(3f, b, c)) + Math.fma(4f, p3[i], -2 * f);
                x3[i] = s;
                x1[i] = Math.fma(3f, c - b, -s);
                x2[i] = Math.fma(-3f, b + c, -p0[i]) - f;
            }
        }

        @Override
        void addUnread(float[][] points, float[][] x, int count) {
            float[] p0 = points[0], p1 = points[1], p2 = points[2], p3 = points[3], p5 = points[5];
            float[] x1 = x[1], x2 = x[2], x3 = x[3];
            for (int i = 0; i < count; i++) {
                float b = p1[i];
                float c = p2[i];
                float f = p5[i];
                float s = Math.fma(0.5f, p0[i], Math.fma(3f, b, c)) + Math.fma(4f, p3[i], -2 * f);
                x3[i] += s;
                x1[i] += Math.fma(3f, c - b, -s);
                x2[i] += Math.fma(-3f, b + c, -p0[i]) - f;
            }
            add(p0, x[0], count);
            add(p5, x[4], count);
        }
    },
    FOUR(0, 1, 2, 3, 4, 5) {
        @Override
        void read(float[][] x, float[][] points, int count) {
            float[] x0 = x[0], x1 = x[1], x2 = x[2], x3 = x[3], x4 = x[4], x5 = x[5];
            float[] p0 = points[0], p1 = points[1], p2 = points[2], p3 = points[3], p4 = points[4], p5 = points[5];
            for (int i = 0; i < count; i++) {
                float b = x1[i];
                float c = x2[i];
                float d = x3[i];
                float e = x4[i];
                float p = Math.fma(-4f, c, e);
                float q = Math.fma(-4f, b, d);
                float r = e - c;
                float s = d - b;
                float t = s + s;
                p0[i] = Math.fma(0.25f, r, x0[i] - c);
                p1[i] = p + q;
                p2[i] = p - q;
                p3[i] = r + t;
                p4[i] = r - t;
                p5[i] = Math.fma(-4f, s, x5[i] - d);
            }
        }

        @Override
        void write(float[][] points, float[][] y, int count) {
            float[] p0 = points[0], p1 = points[1], p2 = points[2], p3 = points[3], p4 = points[4], p5 = points[5];
            float[] y0 = y[0], y1 = y[1], y2 = y[2], y3 = y[3];
            for (int i = 0; i < count; i++) {
                float p = p1[i] + p2[i];
                float q = p1[i] - p2[i];
                float r = p3[i] + p4[i];
                float s = p3[i] - p4[i];
                y0[i] = p0[i] + p + r;
                y1[i] = Math.fma(2f, s, q);
                y2[i] = Math.fma(4f, r, p);
                y3[i] = Math.fma(8f, s, q) + p5[i];
            }
        }

        @Override
        void spread(float[][] y, float[][] points, int count) {
            float[] y0 = y[0], y1 = y[1], y2 = y[2], y3 = y[3];
            float[] p0 = points[0], p1 = points[1], p2 = points[2], p3 = points[3], p4 = points[4], p5 = points[5];
            for (int i = 0; i < count; i++) {
                float a = y0[i];
                float b = y1[i];
                float c = y2[i];
                float d = y3[i];
                float p = a + c;
                float q = b + d;
                float r = Math.fma(4f, c, a);
                float s = Math.fma(4f, d, b);
                p0[i] = a;
                p1[i] = p + q;
                p2[i] = p - q;
                p3[i] = Math.fma(2f, s, r);
                p4[i] = Math.fma(-2f, s, r);
                p5[i] = d;
            }
        }

        @Override
        void unread(float[][] points, float[][] x, int count) {
            float[] p0 = points[0], p1 = points[1], p2 = points[2], p3 = points[3], p4 = points[4], p5 = points[5];
            float[] x1 = x[1], x2 = x[2], x3 = x[3], x4 = x[4];
            for (int i = 0; i < count; i++) {
                float a = p0[i];
                float f = p5[i];
                float p = p1[i] + p2[i];
                float q = p1[i] - p2[i] - f;
                float r = p3[i] + p4[i];
                float s = p3[i] - p4[i];
                x1[i] = -2 * Math.fma(2f, q, s);
                x2[i] = Math.fma(-1.25f, a, Math.fma(-4f, p, -r));
                x3[i] = Math.fma(2f, s, Math.fma(-4f, f, q));
                x4[i] = Math.fma(0.25f, a, p + r);
            }
        }

        @Override
        void addUnread(float[][] points, float[][] x, int count) {
            addEven(points, x, count);
            addOdd(points, x, count);
        }
    };

    /// How many points there are.
    static final int POINTS = 6;

    private final int[] points;

    Reach(int... points) {
        this.points = points;
    }

    /// How many numbers come out.
    int outputs() {
        return points.length - 2;
    }

    /// How many numbers go in.
    int inputs() {
        return points.length;
    }

    /// The numbers of the points used.
    int[] points() {
        return points;
    }

    /// Bᵀ: values at the points from inputs.
    abstract void read(float[][] x, float[][] points, int count);

    /// Aᵀ: outputs from values at the points.
    abstract void write(float[][] points, float[][] y, int count);

    /// A: the gradient of values at the points from that of outputs.
    abstract void spread(float[][] y, float[][] points, int count);

    /// B: the gradient of inputs from that of values at the points. Those of the first input and the last are
    /// those of point 0 and of ∞ as they stand, and are not copied.
    abstract void unread(float[][] points, float[][] x, int count);

    /// The same, added, for all inputs.
    abstract void addUnread(float[][] points, float[][] x, int count);

    private static void add(float[] x, float[] y, int count) {
        for (int i = 0; i < count; i++) {
            y[i] += x[i];
        }
    }

    private static void addEven(float[][] points, float[][] x, int count) {
        float[] p0 = points[0], p1 = points[1], p2 = points[2], p3 = points[3], p4 = points[4];
        float[] x0 = x[0], x2 = x[2], x4 = x[4];
        for (int i = 0; i < count; i++) {
            float a = p0[i];
            float p = p1[i] + p2[i];
            float r = p3[i] + p4[i];
            x0[i] += a;
            x2[i] = Math.fma(-1.25f, a, Math.fma(-4f, p, x2[i] - r));
            x4[i] = Math.fma(0.25f, a, x4[i] + p + r);
        }
    }

    private static void addOdd(float[][] points, float[][] x, int count) {
        float[] p1 = points[1], p2 = points[2], p3 = points[3], p4 = points[4], p5 = points[5];
        float[] x1 = x[1], x3 = x[3], x5 = x[5];
        for (int i = 0; i < count; i++) {
            float f = p5[i];
            float q = p1[i] - p2[i] - f;
            float s = p3[i] - p4[i];
            x1[i] = Math.fma(-2f, Math.fma(2f, q, s), x1[i]);
            x3[i] = Math.fma(2f, s, Math.fma(-4f, f, x3[i] + q));
            x5[i] += f;
        }
    }
}
