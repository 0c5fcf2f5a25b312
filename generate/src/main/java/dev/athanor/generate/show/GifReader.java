package dev.athanor.generate.show;

import dev.athanor.data.DataException;
import dev.athanor.data.Unusable;
import dev.athanor.data.image.Decoder;
import dev.athanor.data.image.Format;
import dev.athanor.data.image.Image;
import dev.athanor.data.image.Rgb;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.w3c.dom.NodeList;

/// Reads GIF as people see it: frames that cover only what changed are laid on those before.
final class GifReader {
    /// All frames together may have this many pixels, before memory is taken for them.
    private static final long MOST_PIXELS = 200_000_000;

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
        if (gif.length < HEADER || gif[0] != 'G' || gif[1] != 'I' || gif[2] != 'F') {
            throw new DataException("%s is no GIF file, or breaks off within its header; get it again".formatted(name));
        }
        refuseBroken(gif, name);
        int width = gif[6] & 0xFF | (gif[7] & 0xFF) << 8;
        int height = gif[8] & 0xFF | (gif[9] & 0xFF) << 8;
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(gif))) {
            reader.setInput(in);
            int count = reader.getNumImages(true);
            if (width < 1 || height < 1 || (long) width * height * count > MOST_PIXELS) {
                throw new DataException(
                        "%s claims %d frames of %d x %d pixels, and from 1 to %d pixels are read in all: make it smaller"
                                .formatted(name, count, width, height, MOST_PIXELS));
            }
            GifReader canvas = new GifReader(width, height);
            List<Image> frames = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                frames.add(canvas.next(reader.read(i), Placing.of(reader, i)));
            }
            if (frames.isEmpty()) {
                throw new DataException("%s holds no frames: expected at least one; get it again".formatted(name));
            }
            return frames;
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException broken) { // from the JDK's reader
            throw new DataException(
                    "%s is a damaged GIF file (%s); get it again".formatted(name, broken.getMessage()), broken);
        } finally {
            reader.dispose();
        }
    }

    /// The JDK's reader passes over frames that break off.
    private static void refuseBroken(byte[] gif, String name) {
        if (!Format.of(gif).equals(Optional.of(Format.GIF))) {
            throw new DataException("%s is no GIF file: expected one that begins with GIF87a or GIF89a".formatted(name));
        }
        try {
            Decoder.decode(gif, Rgb.WHITE);
        } catch (Unusable broken) {
            throw new DataException(name + " " + broken.getMessage(), broken);
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
