package dev.athanor.data.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import dev.athanor.data.DataException;
import dev.athanor.data.Reason;
import dev.athanor.data.Unusable;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;

/// Reads the bytes of a PNG, JPEG, GIF, BMP or WebP file: the first picture where there are several, turned as
/// the camera says (EXIF), in 8 bits a channel, transparency laid on a background.
public final class Decoder {
    /// A picture that claims more is refused before memory is taken for it: 64 megapixels are more than cameras
    /// make.
    static final long MOST_PIXELS = 64_000_000;

    /// What a pixel takes while it is decoded, at most: eight bytes of four channels of 16 bits, three of the
    /// picture, and some to spare.
    private static final int BYTES_PER_PIXEL = 12;

    static {
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true"); // no window system is looked for
        }
    }

    private Decoder() {}

    /// @throws Unusable for bytes that are no picture, that break off, that are damaged, or that claim too
    ///     many pixels
    public static Image decode(byte[] bytes, Rgb background) throws Unusable {
        Format format = Format.of(bytes)
                .orElseThrow(() -> new Unusable(
                        "is no picture that can be read: it is " + Format.guess(bytes),
                        "Expected PNG, JPEG, GIF, BMP or WebP: convert it to one of these, or leave it out"));
        Layout.check(format, bytes);
        ImageReader reader = reader(format);
        List<String> warnings = new ArrayList<>();
        try (ImageInputStream in = new ByteArrayImageInputStream(bytes)) {
            reader.setInput(in, false, format != Format.GIF);
            reader.addIIOReadWarningListener((_, warning) -> warnings.add(warning));
            checkSize(reader.getWidth(0), reader.getHeight(0));
            BufferedImage read = reader.read(0);
            for (String warning : warnings) {
                if (warning.contains("Corrupt") && !warning.contains("extraneous")) { // bytes too many harm nothing
                    throw damaged(format, new IOException(warning));
                }
            }
            BufferedImage whole = format == Format.GIF ? onCanvas(reader, read, bytes) : read;
            return Orientation.of(format, bytes).turn(Pixels.of(whole, background));
        } catch (IOException | RuntimeException broken) { // decoders meet hostile bytes with exceptions of every kind
            throw damaged(format, broken);
        } finally {
            reader.dispose();
        }
    }

    /// The picture of a file, transparency laid on white.
    ///
    /// @throws DataException naming the file where there is none in it
    public static Image decode(Path file) {
        try {
            return decode(Files.readAllBytes(file), Rgb.WHITE);
        } catch (Unusable broken) {
            throw new DataException("%s %s".formatted(file, broken.getMessage()), broken);
        } catch (IOException unreadable) {
            throw Reason.unreadable(file, unreadable);
        }
    }

    private static Unusable damaged(Format format, Exception cause) {
        String what = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new Unusable(
                "is a damaged %s file: %s".formatted(format, what.replaceAll("[.!]+$", "")),
                "Fetch it again, or leave it out",
                cause);
    }

    static void checkSize(long width, long height) throws Unusable {
        checkSize(width, height, Runtime.getRuntime().maxMemory());
    }

    /// @param memory in bytes, all that the program may take
    static void checkSize(long width, long height, long memory) throws Unusable {
        if (width < 1 || height < 1) {
            throw new Unusable("claims %d x %d pixels".formatted(width, height), "Fetch it again, or leave it out");
        }
        if (Math.max(width, height) > MOST_PIXELS || width * height > MOST_PIXELS) {
            throw new Unusable(
                    "claims %d x %d pixels, and at most %d are read".formatted(width, height, MOST_PIXELS),
                    "Make it smaller with another program if you trust it, or leave it out");
        }
        if (width * height * BYTES_PER_PIXEL > memory / 4 * 3) {
            throw new Unusable(
                    "claims %d x %d pixels, which may take %d MB while they are read, and the program has %d MB"
                            .formatted(width, height, width * height * BYTES_PER_PIXEL >> 20, memory >> 20),
                    "Give it more with JAVA_TOOL_OPTIONS=-Xmx4g, make the picture smaller with another program, or leave it out");
        }
    }

    /// That of TwelveMonkeys where there is one: it reads JPEG with four inks, which Java's own does not.
    private static ImageReader reader(Format format) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
        ImageReader chosen = readers.next();
        while (readers.hasNext() && !chosen.getClass().getName().startsWith("com.twelvemonkeys")) {
            chosen = readers.next();
        }
        return chosen;
    }

    /// The first frame of a GIF may be smaller than the picture, and then stands somewhere in it.
    private static BufferedImage onCanvas(ImageReader reader, BufferedImage frame, byte[] bytes)
            throws IOException, Unusable {
        int width = (bytes[6] & 0xFF) | (bytes[7] & 0xFF) << 8;
        int height = (bytes[8] & 0xFF) | (bytes[9] & 0xFF) << 8;
        IIOMetadataNode root = (IIOMetadataNode) reader.getImageMetadata(0).getAsTree("javax_imageio_gif_image_1.0");
        IIOMetadataNode place =
                (IIOMetadataNode) root.getElementsByTagName("ImageDescriptor").item(0);
        int left = Integer.parseInt(place.getAttribute("imageLeftPosition"));
        int top = Integer.parseInt(place.getAttribute("imageTopPosition"));
        if (left == 0 && top == 0 && width <= frame.getWidth() && height <= frame.getHeight()) {
            return frame;
        }
        checkSize(width, height);
        BufferedImage canvas = new BufferedImage(
                Math.max(width, left + frame.getWidth()),
                Math.max(height, top + frame.getHeight()),
                BufferedImage.TYPE_INT_ARGB);
        Graphics2D brush = canvas.createGraphics();
        brush.drawImage(frame, left, top, null);
        brush.dispose();
        return canvas;
    }
}
