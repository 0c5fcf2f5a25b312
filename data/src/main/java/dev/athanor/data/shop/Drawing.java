package dev.athanor.data.shop;

import dev.athanor.data.image.Image;
import dev.athanor.data.image.Rgb;
import java.util.List;
import java.util.random.RandomGenerator;

/// A product picture: one thing of a colour on paper, each time at a slightly other place, size and shade.
/// Drawn with plain arithmetic, so that it is the same on every machine.
///
/// @param scale 1 is as large as the usual thing
/// @param x how far its middle is from that of the picture, the side of the picture being 2
/// @param y the same, downwards
record Drawing(Thing thing, Tint tint, double scale, double x, double y, Rgb ink) {
    static final int SIDE = 32;
    private static final int FINE = 4; // places of a pixel's side that are looked at
    private static final Rgb PAPER = new Rgb(246, 241, 231);

    enum Thing {
        CUP("茶杯"),
        TEAPOT("茶壶"),
        TIN("茶罐"),
        LEAF("茶叶");

        final String chinese;

        Thing(String chinese) {
            this.chinese = chinese;
        }
    }

    enum Tint {
        GREEN("绿色", 70, 130, 60),
        RED("红色", 185, 60, 50),
        BLUE("蓝色", 50, 95, 160),
        GOLD("金色", 205, 160, 50),
        BROWN("棕色", 110, 70, 45);

        final String chinese;
        final Rgb rgb;

        Tint(String chinese, int red, int green, int blue) {
            this.chinese = chinese;
            this.rgb = new Rgb(red, green, blue);
        }
    }

    static Drawing any(Thing thing, Tint tint, RandomGenerator random) {
        return new Drawing(
                thing,
                tint,
                0.85 + 0.3 * random.nextDouble(),
                0.2 * (random.nextDouble() - 0.5),
                0.2 * (random.nextDouble() - 0.5),
                shade(tint.rgb, 0.85 + 0.3 * random.nextDouble()));
    }

    Image draw() {
        byte[] pixels = new byte[SIDE * SIDE * 3];
        for (int place = 0; place < SIDE * SIDE; place++) {
            double[] sum = new double[3];
            for (int part = 0; part < FINE * FINE; part++) {
                double across = (place % SIDE + (part % FINE + 0.5) / FINE) / SIDE * 2 - 1;
                double down = (place / SIDE + (part / FINE + 0.5) / FINE) / SIDE * 2 - 1;
                Rgb color = color((across - x) / scale, (down - y) / scale);
                for (int channel = 0; channel < 3; channel++) {
                    sum[channel] += color.channel(channel);
                }
            }
            for (int channel = 0; channel < 3; channel++) {
                pixels[place * 3 + channel] = (byte) Math.round(sum[channel] / (FINE * FINE));
            }
        }
        return new Image(SIDE, SIDE, 3, pixels);
    }

    private Rgb color(double u, double v) {
        return switch (thing) {
            case CUP -> cup(u, v);
            case TEAPOT -> teapot(u, v);
            case TIN -> tin(u, v);
            case LEAF -> leaf(u, v);
        };
    }

    private Rgb cup(double u, double v) {
        if (inEllipse(u, v, List.of(0.0, 0.5, 0.62, 0.1))) {
            return shade(ink, 0.7);
        }
        if (inEllipse(u, v, List.of(-0.05, -0.3, 0.42, 0.09))) {
            return shade(ink, 0.55); // the tea in it
        }
        boolean body = v > -0.3 && v < 0.45 && Math.abs(u + 0.05) < 0.45 - 0.28 * Math.pow((v + 0.3) / 0.75, 2);
        return body || inRing(u - 0.42, v + 0.02) ? ink : PAPER;
    }

    private Rgb teapot(double u, double v) {
        if (inEllipse(u, v, List.of(0.0, -0.42, 0.09, 0.08))) {
            return shade(ink, 0.6);
        }
        if (inEllipse(u, v, List.of(0.0, -0.27, 0.28, 0.1))) {
            return shade(ink, 0.8);
        }
        boolean spout = u < -0.3 && u > -0.8 && Math.abs(v + 0.05 - 0.5 * (u + 0.35)) < 0.07 + 0.2 * (u + 0.8);
        boolean body = inEllipse(u, v, List.of(0.0, 0.1, 0.48, 0.38));
        return body || spout || inRing(u - 0.52, v - 0.05) ? ink : PAPER;
    }

    private Rgb tin(double u, double v) {
        if (Math.abs(u) < 0.4 && v > -0.6 && v < -0.4) {
            return shade(ink, 0.7);
        }
        boolean body = Math.abs(u) < 0.44 && v >= -0.4 && v < 0.65;
        boolean label = Math.abs(u) < 0.44 && Math.abs(v - 0.12) < 0.22;
        return label ? shade(ink, 1.45) : body ? ink : PAPER;
    }

    private Rgb leaf(double u, double v) {
        double along = (u - v) / Math.sqrt(2);
        double aside = (u + v) / Math.sqrt(2);
        boolean within = Math.abs(along) < 0.75 && Math.abs(aside) < 0.34 * (1 - Math.pow(along / 0.75, 2));
        boolean vein = Math.abs(aside) < 0.03 && along > -0.95 && along < 0.6;
        return vein ? shade(ink, 0.6) : within ? ink : PAPER;
    }

    /// @param form its middle across and down, its half width and half height
    private static boolean inEllipse(double u, double v, List<Double> form) {
        double a = (u - form.get(0)) / form.get(2);
        double b = (v - form.get(1)) / form.get(3);
        return a * a + b * b < 1;
    }

    /// A handle.
    private static boolean inRing(double u, double v) {
        double distance = Math.sqrt(u * u + v * v);
        return distance > 0.14 && distance < 0.25 && u > -0.12;
    }

    private static Rgb shade(Rgb color, double light) {
        return new Rgb((int) Math.min(255, color.red() * light), (int) Math.min(255, color.green() * light), (int)
                Math.min(255, color.blue() * light));
    }
}
