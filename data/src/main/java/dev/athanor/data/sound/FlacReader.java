package dev.athanor.data.sound;

import dev.athanor.data.Unusable;
import java.util.Arrays;

/// Reads FLAC as RFC 9639 says, with the check sums of its frames.
final class FlacReader {
    private static final int[] BITS = {0, 8, 12, 0, 16, 20, 24, 32};
    private static final int STREAM_INFO = 34;
    private static final int LEFT_SIDE = 8;
    private static final int SIDE_RIGHT = 9;
    private static final int MID_SIDE = 10;

    private final byte[] bytes;
    private final BitReader in;
    private final Shape shape;
    private final int sampleBits;
    private final Mono mono;

    private FlacReader(byte[] bytes) throws Unusable {
        this.bytes = bytes;
        if (bytes.length < 8 + STREAM_INFO || (bytes[4] & 0x7f) != 0) {
            throw Broken.truncated(bytes.length);
        }
        BitReader info = new BitReader(bytes, 8 + 10);
        int rate = (int) info.bits(20);
        int channels = (int) info.bits(3) + 1;
        this.sampleBits = (int) info.bits(5) + 1;
        this.shape = Shape.checked(rate, channels, info.bits(36));
        this.in = new BitReader(bytes, begin());
        this.mono = new Mono(shape);
    }

    static Recording read(byte[] bytes) throws Unusable {
        FlacReader reader = new FlacReader(bytes);
        while (!reader.in.isAtEnd() && !reader.isComplete()) {
            reader.frame();
        }
        return reader.finish();
    }

    /// Where the frames begin: behind the last block of metadata.
    private int begin() throws Unusable {
        int at = 4;
        boolean last = false;
        while (!last) {
            if (at + 4 > bytes.length) {
                throw Broken.truncated(bytes.length);
            }
            last = bytes[at] < 0;
            at += 4 + (int) Bytes.big(bytes, at + 1, 3);
        }
        return at;
    }

    private boolean isComplete() {
        return shape.frames() > 0 && mono.count() >= shape.frames();
    }

    private Recording finish() throws Unusable {
        if (mono.count() < shape.frames()) {
            throw new Unusable(
                    "claims %d samples and has %d: it is truncated".formatted(shape.frames(), mono.count()),
                    Broken.AGAIN);
        }
        return Recording.of(mono.sound(0, mono.count()), SoundFormat.FLAC, shape.channels(), sampleBits + " bits");
    }

    // ------------------------------------------------------------------------------------------------ frames

    /// What a frame says of itself.
    ///
    /// @param size samples of each channel
    /// @param assignment how channels are told: each by itself, or one by its distance from another
    private record Header(int size, int assignment) {
        int channels() {
            return assignment < LEFT_SIDE ? assignment + 1 : 2;
        }

        /// Whether a channel is a distance, which takes one bit more.
        boolean isSide(int channel) {
            return assignment >= LEFT_SIDE && channel == (assignment == SIDE_RIGHT ? 0 : 1);
        }
    }

    private void frame() throws Unusable {
        int start = in.place();
        Header header = header(start);
        long[][] samples = new long[header.channels()][];
        for (int c = 0; c < samples.length; c++) {
            samples[c] = subframe(header.size(), sampleBits + (header.isSide(c) ? 1 : 0), start);
        }
        in.toNextByte();
        int sum = Crc.FLAC_FRAME.of(bytes, start, in.place());
        if (in.bits(16) != sum) {
            throw Broken.damaged(start, "the check sum of the frame is wrong");
        }
        join(samples, header.assignment());
        float scale = 1f / (1L << sampleBits - 1);
        for (int i = 0; i < header.size() && !isComplete(); i++) {
            for (long[] channel : samples) {
                mono.add(channel[i] * scale);
            }
        }
    }

    private Header header(int start) throws Unusable {
        if (in.bits(15) != 0x7ffc) {
            throw Broken.damaged(start, "no frame begins there");
        }
        in.bits(1);
        int sizeCode = (int) in.bits(4);
        int rateCode = (int) in.bits(4);
        int assignment = (int) in.bits(4);
        int bits = BITS[(int) in.bits(3)];
        in.bits(1);
        int first = (int) in.bits(8); // the number of the frame, as UTF-8 writes one
        in.bits(8 * Math.max(0, Integer.numberOfLeadingZeros(~(first << 24)) - 1));
        Header header = new Header(size(sizeCode), assignment);
        in.bits(rateCode == 12 ? 8 : rateCode == 13 || rateCode == 14 ? 16 : 0);
        int sum = Crc.FLAC_HEADER.of(bytes, start, in.place());
        if (in.bits(8) != sum) {
            throw Broken.damaged(start, "the check sum of the frame's header is wrong");
        }
        boolean known = assignment <= MID_SIDE && header.size() > 0 && (bits == 0 || bits == sampleBits);
        if (!known || header.channels() != shape.channels()) {
            throw Broken.damaged(start, "the frame has another form than the file");
        }
        return header;
    }

    private int size(int code) throws Unusable {
        return switch (code) {
            case 0 -> 0;
            case 1 -> 192;
            case 2, 3, 4, 5 -> 144 << code;
            case 6 -> (int) in.bits(8) + 1;
            case 7 -> (int) in.bits(16) + 1;
            default -> 1 << code;
        };
    }

    private static void join(long[][] samples, int assignment) {
        for (int i = 0; assignment >= LEFT_SIDE && i < samples[0].length; i++) {
            long first = samples[0][i];
            long second = samples[1][i];
            switch (assignment) {
                case LEFT_SIDE -> samples[1][i] = first - second;
                case SIDE_RIGHT -> samples[0][i] = first + second;
                default -> { // the middle lost its lowest bit, which is the side's
                    long middle = first << 1 | second & 1;
                    samples[0][i] = middle + second >> 1;
                    samples[1][i] = middle - second >> 1;
                }
            }
        }
    }

    // ------------------------------------------------------------------------------------------------ subframes

    private long[] subframe(int size, int bits, int start) throws Unusable {
        in.bits(1);
        int type = (int) in.bits(6);
        int wasted = in.bits(1) == 1 ? in.zeros() + 1 : 0;
        int width = bits - wasted;
        if (width < 1) {
            throw Broken.damaged(start, "its samples have no bits");
        }
        long[] samples = new long[size];
        if (type == 0) {
            Arrays.fill(samples, in.signed(width));
        } else if (type == 1) {
            first(samples, size, width);
        } else if (type >= 8 && type <= 12) {
            fixed(samples, type - 8, width, start);
        } else if (type >= 32) {
            linear(samples, type - 31, width, start);
        } else {
            throw Broken.damaged(start, "its kind of prediction is not known");
        }
        for (int i = 0; wasted > 0 && i < size; i++) {
            samples[i] <<= wasted;
        }
        return samples;
    }

    private void first(long[] samples, int count, int width) throws Unusable {
        for (int i = 0; i < count; i++) {
            samples[i] = in.signed(width);
        }
    }

    /// Polynomials through the last samples: section 9.2.5.
    private void fixed(long[] samples, int order, int width, int start) throws Unusable {
        long[] coefficients = Flac.FIXED[order];
        predicted(samples, coefficients, 0, width, start);
    }

    /// Linear prediction with given coefficients: section 9.2.6.
    private void linear(long[] samples, int order, int width, int start) throws Unusable {
        if (order > samples.length) {
            throw Broken.damaged(start, "it predicts from more samples than it has");
        }
        long[] warm = new long[order];
        first(warm, order, width);
        int precision = (int) in.bits(4) + 1;
        int shift = (int) in.signed(5);
        if (shift < 0 || precision == 16) {
            throw Broken.damaged(start, "its prediction makes no sense");
        }
        long[] coefficients = new long[order];
        first(coefficients, order, precision);
        System.arraycopy(warm, 0, samples, 0, order);
        residual(samples, order, start);
        predict(samples, coefficients, shift);
    }

    private void predicted(long[] samples, long[] coefficients, int shift, int width, int start) throws Unusable {
        if (coefficients.length > samples.length) {
            throw Broken.damaged(start, "it predicts from more samples than it has");
        }
        first(samples, coefficients.length, width);
        residual(samples, coefficients.length, start);
        predict(samples, coefficients, shift);
    }

    private static void predict(long[] samples, long[] coefficients, int shift) {
        int order = coefficients.length;
        for (int i = order; i < samples.length; i++) {
            long sum = 0;
            for (int j = 0; j < order; j++) {
                sum += coefficients[j] * samples[i - 1 - j];
            }
            samples[i] += sum >> shift;
        }
    }

    /// What prediction missed, in Rice's code: section 9.2.7.
    private void residual(long[] samples, int order, int start) throws Unusable {
        int method = (int) in.bits(2);
        int partitions = 1 << in.bits(4);
        int length = samples.length / partitions;
        if (method > 1 || length * partitions != samples.length || length < order) {
            throw Broken.damaged(start, "its samples do not divide into %d".formatted(partitions));
        }
        int width = method == 0 ? 4 : 5;
        int escape = (1 << width) - 1;
        for (int p = 0; p < partitions; p++) {
            int parameter = (int) in.bits(width);
            int raw = parameter == escape ? (int) in.bits(5) : 0;
            for (int i = p == 0 ? order : p * length; i < (p + 1) * length; i++) {
                if (parameter == escape) {
                    samples[i] = in.signed(raw);
                } else {
                    long folded = (long) in.zeros() << parameter | in.bits(parameter);
                    samples[i] = folded >>> 1 ^ -(folded & 1);
                }
            }
        }
    }
}
