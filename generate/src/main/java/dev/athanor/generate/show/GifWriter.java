package dev.athanor.generate.show;

import dev.athanor.data.image.Image;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Writes GIF89a: whole frames, over and over.
final class GifWriter {
    private static final int MOST_CODES = 4096;
    private static final int PARTS = 255;

    private GifWriter() {}

    static byte[] write(List<Animation.Frame> frames) {
        Image first = frames.getFirst().picture();
        if (first.width() > 0xFFFF || first.height() > 0xFFFF) {
            throw new IllegalArgumentException("frames of %d x %d pixels: GIF holds at most 65535 x 65535"
                    .formatted(first.width(), first.height()));
        }
        Optional<Palette> shared =
                Palette.exact(frames.stream().map(Animation.Frame::picture).toList());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("GIF89a".getBytes(StandardCharsets.US_ASCII));
        sixteenBits(out, first.width());
        sixteenBits(out, first.height());
        out.write(shared.map(palette -> 0xF0 | bits(palette) - 1).orElse(0x70)); // 8 bits a channel
        out.write(0);
        out.write(0);
        shared.ifPresent(palette -> table(out, palette));
        if (frames.size() > 1) {
            out.writeBytes(new byte[] {0x21, (byte) 0xFF, 11});
            out.writeBytes("NETSCAPE2.0".getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(new byte[] {3, 1, 0, 0, 0}); // for ever
        }
        for (Animation.Frame frame : frames) {
            frame(out, frame, shared);
        }
        out.write(0x3B);
        return out.toByteArray();
    }

    private static void frame(ByteArrayOutputStream out, Animation.Frame frame, Optional<Palette> shared) {
        Image picture = frame.picture();
        out.writeBytes(new byte[] {0x21, (byte) 0xF9, 4, 0});
        sixteenBits(out, (int) Math.round(frame.shown().toMillis() / 10.0));
        out.write(0);
        out.write(0);
        out.write(0x2C);
        sixteenBits(out, 0);
        sixteenBits(out, 0);
        sixteenBits(out, picture.width());
        sixteenBits(out, picture.height());
        Optional<Palette> exact = shared.or(() -> Palette.exact(List.of(picture)));
        Palette palette = exact.orElseGet(() -> Palette.of(picture));
        out.write(shared.isPresent() ? 0 : 0x80 | bits(palette) - 1);
        if (shared.isEmpty()) {
            table(out, palette);
        }
        byte[] indices = exact.isPresent() ? palette.exactIndices(picture) : palette.indices(picture);
        int bits = Math.max(2, bits(palette)); // the least that the format allows
        out.write(bits);
        parts(out, new Lzw(bits).pack(indices));
    }

    /// How many bits a colour's number takes, from 1 to 8.
    private static int bits(Palette palette) {
        return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(palette.colours().length - 1));
    }

    private static void table(ByteArrayOutputStream out, Palette palette) {
        for (int colour : Arrays.copyOf(palette.colours(), 1 << bits(palette))) {
            out.write(colour >> 16);
            out.write(colour >> 8);
            out.write(colour);
        }
    }

    private static void parts(ByteArrayOutputStream out, byte[] bytes) {
        for (int place = 0; place < bytes.length; place += PARTS) {
            int length = Math.min(PARTS, bytes.length - place);
            out.write(length);
            out.write(bytes, place, length);
        }
        out.write(0);
    }

    private static void sixteenBits(ByteArrayOutputStream out, int value) {
        out.write(value);
        out.write(value >> 8);
    }

    /// The packing of Lempel, Ziv and Welch as GIF89a has it, appendix F: codes grow from one bit more than a
    /// colour's number takes to twelve.
    private static final class Lzw {
        private final int bits;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final short[] longer = new short[MOST_CODES << 8]; // code and next byte to code; 0: none yet
        private int next;
        private int width;
        private int held;
        private int holds;

        Lzw(int bits) {
            this.bits = bits;
        }

        byte[] pack(byte[] indices) {
            int clear = 1 << bits;
            restart();
            write(clear);
            int code = indices[0] & 255;
            for (int i = 1; i < indices.length; i++) {
                int index = indices[i] & 255;
                int known = longer[code << 8 | index];
                if (known != 0) {
                    code = known;
                    continue;
                }
                write(code);
                if (next == MOST_CODES) {
                    write(clear);
                    restart();
                } else {
                    longer[code << 8 | index] = (short) learn();
                }
                code = index;
            }
            write(code);
            learn(); // as the reader does
            write(clear + 1);
            if (holds > 0) {
                out.write(held);
            }
            return out.toByteArray();
        }

        /// The next free code, from which on codes may need one bit more.
        private int learn() {
            if (next == 1 << width && next < MOST_CODES) {
                width++;
            }
            return next++;
        }

        private void restart() {
            Arrays.fill(longer, (short) 0);
            next = (1 << bits) + 2;
            width = bits + 1;
        }

        private void write(int code) {
            held |= code << holds;
            for (holds += width; holds >= 8; holds -= 8) {
                out.write(held);
                held >>>= 8;
            }
        }
    }
}
