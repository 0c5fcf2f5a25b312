package dev.athanor.data.image;

import dev.athanor.data.DataException;
import dev.athanor.data.Unusable;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// PNG bytes (ISO/IEC 15948) from a picture and back, without loss.
public final class Png {
    private Png() {}

    public static byte[] write(Image image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(buffered(image));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // into memory
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /// The picture that [#write] made these bytes of, as datasets hold them.
    ///
    /// @throws DataException where they are not PNG
    public static Image read(byte[] bytes) {
        try {
            return Decoder.decode(bytes, Rgb.WHITE);
        } catch (Unusable broken) {
            throw new DataException("a picture of a dataset " + broken.getMessage(), broken);
        }
    }

    /// Size and shades of what [#write] made, without decoding it: `28x28 grey`.
    public static String form(byte[] bytes) {
        ByteBuffer header = ByteBuffer.wrap(bytes);
        boolean grey = bytes[25] == 0; // IHDR: width at 16, height at 20, colour type at 25
        return "%dx%d %s".formatted(header.getInt(16), header.getInt(20), grey ? "grey" : "colour");
    }

    private static BufferedImage buffered(Image image) {
        int channels = image.channels();
        int[] offsets = channels == 1 ? new int[] {0} : new int[] {0, 1, 2};
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(image.pixels(), image.pixels().length),
                image.width(),
                image.height(),
                image.width() * channels,
                channels,
                offsets,
                null);
        ColorSpace space = ColorSpace.getInstance(channels == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
        ComponentColorModel model =
                new ComponentColorModel(space, false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        return new BufferedImage(model, raster, false, null);
    }
}
