package dev.athanor.generate.show;

import dev.athanor.data.DataException;
import dev.athanor.data.image.Image;
import dev.athanor.generate.mark.GifBlock;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.w3c.dom.NodeList;

/// Reads GIF as people see it: frames that cover only what changed are laid on those before.
final class GifReader {
    /// As many as the decoder of still pictures takes, before memory is taken for them.
    private static final long MOST_PIXELS = 64_000_000;

    /// All frames together: some seconds of work.
    private static final long MOST_PIXELS_IN_ALL = 1_000_000_000;

    private final int width;
    private final int height;
    private byte[] canvas;

    private GifReader(int width, int height) {
        this.width = width;
        this.height = height;
        this.canvas = new byte[3 * width * height];
        Arrays.fill(canvas, (byte) 255);
    }

    static void read(byte[] gif, String name, Consumer<Image> each) {
        // The JDK's reader passes over frames that break off, so they are counted here.
        long count = GifBlock.of(gif, name).stream().filter(GifBlock::isPicture).count();
        GifReader canvas = canvas(gif, name, count);
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(gif))) {
            reader.setInput(in);
            for (int i = 0; i < count; i++) {
                each.accept(canvas.frame(reader, i, name));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // bytes in memory close without fail
        } finally {
            reader.dispose();
        }
    }

    private static GifReader canvas(byte[] gif, String name, long count) {
        int width = gif[6] & 0xFF | (gif[7] & 0xFF) << 8;
        int height = gif[8] & 0xFF | (gif[9] & 0xFF) << 8;
        if (width < 1 || height < 1 || count < 1) {
            throw new DataException(
                    "%s claims %d frames of %d x %d pixels: expected at least one of 1 x 1; get it again"
                            .formatted(name, count, width, height));
        }
        if ((long) width * height > MOST_PIXELS || (long) width * height * count > MOST_PIXELS_IN_ALL) {
            throw new DataException(
                    "%s claims %d frames of %d x %d pixels: expected at most %d pixels in a frame and %d in all; make it smaller"
                            .formatted(name, count, width, height, MOST_PIXELS, MOST_PIXELS_IN_ALL));
        }
        return new GifReader(width, height);
    }

    private Image frame(ImageReader reader, int frame, String name) {
        try {
            if ((long) reader.getWidth(frame) * reader.getHeight(frame) > MOST_PIXELS) {
                throw new IOException("frame %d has %d x %d pixels, which is more than the picture"
                        .formatted(frame, reader.getWidth(frame), reader.getHeight(frame)));
            }
            return next(reader.read(frame), Placing.of(reader, frame));
        } catch (IOException | RuntimeException broken) { // the JDK's reader meets damage with exceptions of every kind
            throw new DataException(
                    "%s is a damaged GIF file (%s); get it again".formatted(name, broken.getMessage()), broken);
        }
    }

    /// Where a frame goes, and what becomes of it when the next is shown.
    private record Placing(int left, int top, String disposal) {

        static Placing of(ImageReader reader, int frame) throws IOException {
            IIOMetadataNode root =
                    (IIOMetadataNode) reader.getImageMetadata(frame).getAsTree("javax_imageio_gif_image_1.0");
            IIOMetadataNode place = (IIOMetadataNode)
                    root.getElementsByTagName("ImageDescriptor").item(0);
            NodeList control = root.getElementsByTagName("GraphicControlExtension");
            return new Placing(
                    Integer.parseInt(place.getAttribute("imageLeftPosition")),
                    Integer.parseInt(place.getAttribute("imageTopPosition")),
                    control.getLength() == 0
                            ? "none"
                            : ((IIOMetadataNode) control.item(0)).getAttribute("disposalMethod"));
        }
    }

    private Image next(BufferedImage frame, Placing placing) {
        byte[] before = canvas.clone();
        for (int y = 0; y < frame.getHeight() && placing.top() + y < height; y++) {
            for (int x = 0; x < frame.getWidth() && placing.left() + x < width; x++) {
                int colour = frame.getRGB(x, y);
                if (colour >>> 24 != 0) {
                    paint(placing.left() + x, placing.top() + y, colour);
                }
            }
        }
        Image seen = new Image(width, height, 3, canvas.clone());
        switch (placing.disposal()) {
            case "restoreToPrevious" -> canvas = before;
            case "restoreToBackgroundColor" -> clear(frame, placing);
            default -> {}
        }
        return seen;
    }

    private void clear(BufferedImage frame, Placing placing) {
        for (int y = 0; y < frame.getHeight() && placing.top() + y < height; y++) {
            for (int x = 0; x < frame.getWidth() && placing.left() + x < width; x++) {
                paint(placing.left() + x, placing.top() + y, 0xFFFFFF);
            }
        }
    }

    private void paint(int x, int y, int colour) {
        int place = 3 * (y * width + x);
        canvas[place] = (byte) (colour >> 16);
        canvas[place + 1] = (byte) (colour >> 8);
        canvas[place + 2] = (byte) colour;
    }
}
