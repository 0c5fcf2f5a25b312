package dev.athanor.data.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/// Takes the pixels out of Java's pictures: palettes looked up, 16 bits rounded to 8, other colour spaces
/// brought to sRGB, transparency laid on a background. Grey stays grey.
final class Pixels {
    private final int width;
    private final int height;
    private final Rgb background;

    private Pixels(BufferedImage image, Rgb background) {
        this.width = image.getWidth();
        this.height = image.getHeight();
        this.background = background;
    }

    static Image of(BufferedImage image, Rgb background) {
        Pixels pixels = new Pixels(image, background);
        if (image.getColorModel() instanceof IndexColorModel palette) {
            return pixels.lookUp(image.getRaster(), palette);
        }
        ColorModel model = image.getColorModel();
        boolean grey = model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
        boolean plain = grey || model.getColorSpace().isCS_sRGB();
        if (plain && !model.isAlphaPremultiplied()) {
            return pixels.take(image.getRaster(), model, grey);
        }
        BufferedImage converted = new BufferedImage(pixels.width, pixels.height, BufferedImage.TYPE_INT_ARGB);
        new ColorConvertOp(null).filter(image, converted);
        return pixels.take(converted.getRaster(), converted.getColorModel(), false);
    }

    /// A palette of greys alone makes a grey picture.
    private Image lookUp(Raster raster, IndexColorModel palette) {
        int size = palette.getMapSize();
        int[] colors = new int[size];
        boolean grey = true;
        for (int i = 0; i < size; i++) {
            int alpha = palette.getAlpha(i);
            int red = blend(palette.getRed(i), alpha, background.red());
            int green = blend(palette.getGreen(i), alpha, background.green());
            int blue = blend(palette.getBlue(i), alpha, background.blue());
            colors[i] = red << 16 | green << 8 | blue;
            grey &= red == green && green == blue;
        }
        int channels = grey ? 1 : 3;
        byte[] pixels = new byte[width * height * channels];
        int[] row = new int[width];
        int at = 0;
        for (int y = 0; y < height; y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
            for (int index : row) {
                int color = index < size ? colors[index] : 0;
                for (int shift = 8 * (channels - 1); shift >= 0; shift -= 8) {
                    pixels[at++] = (byte) (color >> shift);
                }
            }
        }
        return new Image(width, height, channels, pixels);
    }

    private Image take(Raster raster, ColorModel model, boolean grey) {
        int bands = raster.getNumBands();
        int colors = grey ? 1 : 3;
        boolean transparent = model.hasAlpha() && bands == colors + 1;
        int channels = grey && (!transparent || background.isGrey()) ? 1 : 3;
        int most = (1 << model.getComponentSize(0)) - 1;
        byte[] pixels = new byte[width * height * channels];
        int[] row = new int[width * bands];
        int at = 0;
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int alpha = transparent ? eight(row[x * bands + colors], most) : 255;
                for (int c = 0; c < channels; c++) {
                    int value = eight(row[x * bands + Math.min(c, colors - 1)], most);
                    pixels[at++] = (byte) blend(value, alpha, background.channel(c));
                }
            }
        }
        return new Image(width, height, channels, pixels);
    }

    private static int eight(int value, int most) {
        return most == 255 ? value : (int) ((value * 255L + most / 2) / most);
    }

    private static int blend(int value, int alpha, int under) {
        return alpha == 255 ? value : (value * alpha + under * (255 - alpha) + 127) / 255;
    }
}
