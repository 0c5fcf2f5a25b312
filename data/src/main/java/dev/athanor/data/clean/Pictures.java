package dev.athanor.data.clean;

import dev.athanor.data.Kind;
import dev.athanor.data.Unusable;
import dev.athanor.data.image.Decoder;
import dev.athanor.data.image.Image;
import dev.athanor.data.image.Rgb;

/// Drops pictures that nothing can be learnt from.
@About("drop pictures that are too small, near-black, blurred or of a wrong shape")
record Pictures(
        @About("pixels below which the shorter side is too small")
        int smallest,

        @About("how bright (0 to 255) one pixel in a hundred must be, or the picture is near-black")
        int darkest,

        @About("variance of the Laplacian below which it is blurred; sharp photographs have more than 100")
        double sharpest,

        @About("how many times as long as the other a side may be")
        double longest)
        implements Step {
    static final Pictures USUAL = new Pictures(16, 40, 20, 4);

    private static final double BRIGHT = 0.01;

    Pictures {
        if (smallest < 1 || darkest < 0 || darkest > 255 || !(sharpest >= 0) || !(longest >= 1)) {
            throw new IllegalArgumentException(
                    "smallest %d, darkest %d, sharpest %s, longest %s: expected at least 1, 0 to 255, at least 0, and at least 1"
                            .formatted(smallest, darkest, sharpest, longest));
        }
    }

    @Override
    public boolean suits(Kind kind) {
        return kind == Kind.IMAGE;
    }

    @Override
    public Treatment open(Surroundings around) {
        return Treatment.dropping(sample -> sample.media().bytes(), this::reason);
    }

    private String reason(byte[] file) {
        Image image;
        try {
            image = Decoder.decode(file, Rgb.WHITE);
        } catch (Unusable _) {
            return "broken";
        }
        int shorter = Math.min(image.width(), image.height());
        int longer = Math.max(image.width(), image.height());
        if (shorter < smallest) {
            return "too small";
        }
        if (longer > longest * shorter) {
            return "wrong shape";
        }
        double[] luma = luma(image);
        if (brightest(luma) < darkest) {
            return "near-black";
        }
        return sharpness(luma, image.width(), image.height()) < sharpest ? "blurred" : "";
    }

    /// Brightness from 0 to 255 of each pixel (ITU-R BT.601).
    static double[] luma(Image image) {
        double[] luma = new double[image.width() * image.height()];
        byte[] pixels = image.pixels();
        for (int i = 0; i < luma.length; i++) {
            luma[i] = image.channels() == 1
                    ? pixels[i] & 0xFF
                    : 0.299 * (pixels[3 * i] & 0xFF)
                            + 0.587 * (pixels[3 * i + 1] & 0xFF)
                            + 0.114 * (pixels[3 * i + 2] & 0xFF);
        }
        return luma;
    }

    /// The brightness that the brightest hundredth of all pixels has at least.
    private static int brightest(double[] luma) {
        int[] histogram = new int[256];
        for (double value : luma) {
            histogram[(int) Math.round(value)]++;
        }
        int brighter = 0;
        int level = 256;
        while (level > 0 && brighter < Math.max(1, BRIGHT * luma.length)) {
            brighter += histogram[--level];
        }
        return level;
    }

    /// The variance of the Laplacian (Pech-Pacheco et al. 2000, section 3): the picture goes on as in a mirror,
    /// whose edge is the outermost row.
    static double sharpness(double[] luma, int width, int height) {
        double sum = 0;
        double squares = 0;
        for (int y = 0; y < height; y++) {
            int above = width * Math.abs(y - 1);
            int below = width * (y + 1 < height ? y + 1 : Math.max(0, height - 2));
            for (int x = 0; x < width; x++) {
                int left = Math.abs(x - 1);
                int right = x + 1 < width ? x + 1 : Math.max(0, width - 2);
                int row = width * y;
                double laplacian = luma[(height > 1 ? above : 0) + x]
                        + luma[below + x]
                        + luma[row + (width > 1 ? left : 0)]
                        + luma[row + right]
                        - 4 * luma[row + x];
                sum += laplacian;
                squares += laplacian * laplacian;
            }
        }
        double mean = sum / luma.length;
        return squares / luma.length - mean * mean;
    }
}
