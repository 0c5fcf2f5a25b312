package dev.athanor.generate.show;

import dev.athanor.data.image.Image;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// At most 256 colours for a picture, and which of them each pixel gets.
///
/// @param colours red, green, blue as one number each
record Palette(int[] colours) {
    private static final int MOST = 256;

    /// Colours are counted in cells of 32 levels a channel.
    private static final int BITS = 5;

    private static final int CELLS = 1 << 3 * BITS;

    /// The rounds of Lloyd's algorithm after the cuts; more changed the error by less than a hundredth.
    private static final int ROUNDS = 4;

    /// All colours of some pictures, where there are not too many.
    static Optional<Palette> exact(List<Image> pictures) {
        int[] seen = new int[MOST];
        int count = 0;
        for (Image picture : pictures) {
            for (int i = 0; i < picture.width() * picture.height(); i++) {
                int colour = colour(picture, i);
                int place = Arrays.binarySearch(seen, 0, count, colour);
                if (place < 0 && count == MOST) {
                    return Optional.empty();
                }
                if (place < 0) {
                    System.arraycopy(seen, -place - 1, seen, -place, count + place + 1);
                    seen[-place - 1] = colour;
                    count++;
                }
            }
        }
        return Optional.of(new Palette(Arrays.copyOf(seen, count)));
    }

    /// The colours that fit a picture best: its cells are cut in two where they differ most (the variance-based
    /// form of Heckbert's median cut, 1982), and the means move to what is nearest to them (Lloyd 1982).
    static Palette of(Image picture) {
        List<Cell> cells = cells(picture);
        List<Box> boxes = new ArrayList<>(List.of(new Box(cells)));
        while (boxes.size() < MOST) {
            Box widest = boxes.stream()
                    .max((a, b) -> Double.compare(a.error(), b.error()))
                    .orElseThrow();
            if (widest.error() <= 0) {
                break;
            }
            boxes.remove(widest);
            boxes.addAll(widest.cut());
        }
        double[][] means = boxes.stream().map(box -> box.mean).toArray(double[][]::new);
        for (int round = 0; round < ROUNDS; round++) {
            means = moved(means, cells);
        }
        return new Palette(Arrays.stream(means)
                .mapToInt(mean ->
                        (int) Math.round(mean[0]) << 16 | (int) Math.round(mean[1]) << 8 | (int) Math.round(mean[2]))
                .toArray());
    }

    /// Which colour each pixel gets. What a pixel lacks goes to those beside and below it (Floyd and Steinberg
    /// 1976), so that slow changes do not become steps.
    byte[] indices(Image picture) {
        int width = picture.width();
        byte[] indices = new byte[width * picture.height()];
        double[][] lack = new double[2][(width + 2) * 3]; // of this row and the next
        int[] nearest = new int[1 << 18];
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < width; x++) {
                int[] wanted = wanted(colour(picture, y * width + x), lack[0], 3 * (x + 1));
                int key = wanted[0] >> 2 << 12 | wanted[1] >> 2 << 6 | wanted[2] >> 2;
                if (nearest[key] == 0) {
                    nearest[key] = 1 + nearest(wanted[0], wanted[1], wanted[2]);
                }
                int index = nearest[key] - 1;
                indices[y * width + x] = (byte) index;
                for (int channel = 0; channel < 3; channel++) {
                    double left = wanted[channel] - channel(colours[index], channel);
                    lack[0][3 * (x + 2) + channel] += left * 7 / 16;
                    lack[1][3 * x + channel] += left * 3 / 16;
                    lack[1][3 * (x + 1) + channel] += left * 5 / 16;
                    lack[1][3 * (x + 2) + channel] += left / 16;
                }
            }
            double[] done = lack[0];
            lack[0] = lack[1];
            lack[1] = done;
            Arrays.fill(done, 0);
        }
        return indices;
    }

    /// A colour with what those before it lacked.
    private static int[] wanted(int colour, double[] lack, int place) {
        int[] wanted = new int[3];
        for (int channel = 0; channel < 3; channel++) {
            wanted[channel] = Math.clamp(Math.round(channel(colour, channel) + lack[place + channel]), 0, 255);
        }
        return wanted;
    }

    private static int channel(int colour, int channel) {
        return colour >> 16 - 8 * channel & 255;
    }

    /// Which colour each pixel has, where all are in the palette.
    byte[] exactIndices(Image picture) {
        byte[] indices = new byte[picture.width() * picture.height()];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = (byte) Arrays.binarySearch(colours, colour(picture, i));
        }
        return indices;
    }

    private int nearest(int red, int green, int blue) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < colours.length; i++) {
            int r = (colours[i] >> 16) - red;
            int g = (colours[i] >> 8 & 255) - green;
            int b = (colours[i] & 255) - blue;
            int distance = r * r + g * g + b * b;
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    private static int colour(Image picture, int pixel) {
        byte[] pixels = picture.pixels();
        if (picture.channels() == 1) {
            return (pixels[pixel] & 255) * 0x010101;
        }
        return (pixels[3 * pixel] & 255) << 16 | (pixels[3 * pixel + 1] & 255) << 8 | pixels[3 * pixel + 2] & 255;
    }

    /// Pixels of nearly one colour.
    ///
    /// @param mean of their colours
    private record Cell(double[] mean, long count) {}

    private static List<Cell> cells(Image picture) {
        double[][] sums = new double[CELLS][];
        long[] counts = new long[CELLS];
        for (int i = 0; i < picture.width() * picture.height(); i++) {
            int colour = colour(picture, i);
            int cell = (colour >> 19 & 31) << 10 | (colour >> 11 & 31) << 5 | colour >> 3 & 31;
            if (sums[cell] == null) {
                sums[cell] = new double[3];
            }
            for (int channel = 0; channel < 3; channel++) {
                sums[cell][channel] += channel(colour, channel);
            }
            counts[cell]++;
        }
        List<Cell> cells = new ArrayList<>();
        for (int cell = 0; cell < CELLS; cell++) {
            if (counts[cell] > 0) {
                long count = counts[cell];
                cells.add(new Cell(
                        Arrays.stream(sums[cell]).map(sum -> sum / count).toArray(), count));
            }
        }
        return cells;
    }

    /// Cells that share a colour so far.
    private static final class Box {
        private final List<Cell> cells;
        private final double[] mean = new double[3];
        private final double[] spread = new double[3];

        Box(List<Cell> cells) {
            this.cells = cells;
            double count = cells.stream().mapToLong(Cell::count).sum();
            for (int channel = 0; channel < 3; channel++) {
                for (Cell cell : cells) {
                    mean[channel] += cell.mean()[channel] * cell.count() / count;
                }
                for (Cell cell : cells) {
                    double off = cell.mean()[channel] - mean[channel];
                    spread[channel] += off * off * cell.count();
                }
            }
        }

        double error() {
            return cells.size() < 2 ? 0 : spread[0] + spread[1] + spread[2];
        }

        /// Two boxes, cut at the mean of the channel that varies most.
        List<Box> cut() {
            int widest = spread[0] >= spread[1] && spread[0] >= spread[2] ? 0 : spread[1] >= spread[2] ? 1 : 2;
            List<Cell> below = new ArrayList<>();
            List<Cell> above = new ArrayList<>();
            for (Cell cell : cells) {
                (cell.mean()[widest] < mean[widest] ? below : above).add(cell);
            }
            if (below.isEmpty() || above.isEmpty()) { // no more than rounding is left between them
                below = cells.subList(0, 1);
                above = cells.subList(1, cells.size());
            }
            return List.of(new Box(below), new Box(above));
        }
    }

    private static double[][] moved(double[][] means, List<Cell> cells) {
        double[][] sums = new double[means.length][3];
        double[] counts = new double[means.length];
        for (Cell cell : cells) {
            int best = 0;
            double least = Double.MAX_VALUE;
            for (int i = 0; i < means.length; i++) {
                double r = means[i][0] - cell.mean()[0];
                double g = means[i][1] - cell.mean()[1];
                double b = means[i][2] - cell.mean()[2];
                double distance = r * r + g * g + b * b;
                if (distance < least) {
                    least = distance;
                    best = i;
                }
            }
            counts[best] += cell.count();
            for (int channel = 0; channel < 3; channel++) {
                sums[best][channel] += cell.mean()[channel] * cell.count();
            }
        }
        for (int i = 0; i < means.length; i++) {
            for (int channel = 0; channel < 3; channel++) {
                sums[i][channel] = counts[i] > 0 ? sums[i][channel] / counts[i] : means[i][channel];
            }
        }
        return sums;
    }
}
