package dev.athanor.generate.show;

import dev.athanor.data.DataException;
import dev.athanor.data.image.Image;
import dev.athanor.generate.mark.GifBlock;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.w3c.dom.NodeList;

/// Reads GIF as people see it: frames that cover only what changed are laid on those before.
final class GifReader {
    /// All frames together may have this many pixels, before memory is taken for them.
    private static final long MOST_PIXELS = 64_000_000;

    private final int width;
    private final int height;
    private byte[] canvas;

    private GifReader(int width, int height) {
        this.width = width;
        this.height = height;
        this.canvas = new byte[3 * width * height];
        Arrays.fill(canvas, (byte) 255);
    }

    static List<Image> read(byte[] gif, String name) {
        // The JDK's reader passes over frames that break off, so they are counted here.
        long count = GifBlock.of(gif, name).stream().filter(GifBlock::isPicture).count();
        int width = gif[6] & 0xFF | (gif[7] & 0xFF) << 8;
        int height = gif[8] & 0xFF | (gif[9] & 0xFF) << 8;
        if (width < 1 || height < 1 || count < 1 || (long) width * height * count > MOST_PIXELS) {
            throw new DataException(
                    "%s claims %d frames of %d x %d pixels: expected at least one, and at most %d pixels in all; make it smaller"
                            .formatted(name, count, width, height, MOST_PIXELS));
        }
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(gif))) {
            reader.setInput(in);
            GifReader canvas = new GifReader(width, height);
            List<Image> frames = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                if ((long) reader.getWidth(i) * reader.getHeight(i) > MOST_PIXELS) {
                    throw new IOException("frame %d has %d x %d pixels, which is more than the picture"
                            .formatted(i, reader.getWidth(i), reader.getHeight(i)));
                }
                frames.add(canvas.next(reader.read(i), Placing.of(reader, i)));
            }
            return frames;
        } catch (IOException | RuntimeException broken) { // the JDK's reader meets damage with exceptions of every kind
            throw new DataException(
                    "%s is a damaged GIF file (%s); get it again".formatted(name, broken.getMessage()), broken);
        } finally {
            reader.dispose();
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
