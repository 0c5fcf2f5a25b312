package dev.athanor.torch.cpu;

import dev.athanor.torch.Blas.View;
import java.util.Arrays;

/// What several pictures have at each place of a layer: one array for each place, (pictures, channels), row by
/// row of places.
///
/// Places that are combined, by a convolution or a sum over a picture, then stand in different arrays at one
/// and the same index. That is the form in which the compiler turns a loop into vector instructions (JDK 25),
/// and loops are long: as many numbers as all pictures have at one place.
///
/// @param values arrays of at least pictures · channels numbers; several places may share one
public record Cells(int height, int width, int pictures, int channels, float[][] values) {

    /// Cells of a layer that has seen no picture yet.
    public static Cells none(int height, int width, int channels) {
        return new Cells(height, width, 0, channels, new float[height * width][0]);
    }

    /// The same cells for another number of pictures, in the same arrays where they are long enough.
    public Cells forPictures(int wanted) {
        for (int place = 0; place < values.length; place++) {
            if (values[place].length < wanted * channels) {
                values[place] = new float[wanted * channels];
            }
        }
        return new Cells(height, width, wanted, channels, values);
    }

    public int places() {
        return height * width;
    }

    /// How many numbers are at each place.
    public int numbers() {
        return pictures * channels;
    }

    /// All pictures at one place, (pictures, channels).
    public View at(int place) {
        return View.of(values[place], 0, pictures, channels);
    }

    /// The array of a place, or `outside` where the picture has none.
    float[] at(int row, int column, float[] outside) {
        return row < 0 || column < 0 || row >= height || column >= width ? outside : values[row * width + column];
    }

    /// Sets every number to 0.
    public void clear() {
        for (float[] place : values) {
            Arrays.fill(place, 0, numbers(), 0);
        }
    }

    /// Adds the numbers of others.
    public void add(Cells others) {
        for (int place = 0; place < values.length; place++) {
            add(others.values[place], values[place], numbers());
        }
    }

    private static void add(float[] x, float[] y, int count) {
        for (int i = 0; i < count; i++) {
            y[i] += x[i];
        }
    }

    /// Sets every number to what a curve makes of that of others.
    public void through(Curve curve, Cells others) {
        for (int place = 0; place < values.length; place++) {
            curve.forward(others.values[place], values[place], numbers());
        }
    }

    /// The gradient of what went through a curve in place of that of what came out.
    ///
    /// @param before what went in
    public void back(Curve curve, Cells before) {
        for (int place = 0; place < values.length; place++) {
            curve.backward(before.values[place], values[place], numbers());
        }
    }

    /// Writes each picture as one row, by channel and place: (pictures, channels · places).
    public void toRows(float[] rows) {
        for (int place = 0; place < values.length; place++) {
            for (int i = 0; i < numbers(); i++) {
                rows[i * values.length + place] = values[place][i];
            }
        }
    }

    /// The way back.
    public void fromRows(float[] rows) {
        for (int place = 0; place < values.length; place++) {
            for (int i = 0; i < numbers(); i++) {
                values[place][i] = rows[i * values.length + place];
            }
        }
    }
}
