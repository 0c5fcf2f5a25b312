package dev.athanor.data.sound;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// Writes FLAC (RFC 9639) with 16 bits: about half of what WAV takes, without loss. Of the ways to predict
/// only the fixed polynomials are tried, which the standard's own encoder does at its fast settings.
public final class Flac {
    /// Coefficients of the fixed predictors, the nearest sample first: RFC 9639, section 9.2.5.
    static final long[][] FIXED = {{}, {1}, {2, -1}, {3, -3, 1}, {4, -6, 4, -1}};

    private static final int BLOCK = 4096;
    private static final int BITS = 16;
    private static final int MOST_PARTITIONS = 6;

    /// The largest parameter of Rice's code that four bits can say; 15 means another thing.
    private static final int MOST_PARAMETER = 14;

    private Flac() {}

    /// One channel, 16 bits; louder than full scale is cut off.
    public static byte[] write(Sound sound) {
        short[] samples = Wav.shorts(sound);
        BitWriter frames = new BitWriter();
        int smallest = Integer.MAX_VALUE;
        int largest = 0;
        for (int start = 0, number = 0; start < samples.length; start += BLOCK, number++) {
            int before = frames.count();
            frame(frames, Arrays.copyOfRange(samples, start, Math.min(start + BLOCK, samples.length)), number);
            smallest = Math.min(smallest, frames.count() - before);
            largest = Math.max(largest, frames.count() - before);
        }
        BitWriter out = new BitWriter();
        for (char letter : "fLaC".toCharArray()) {
            out.bits(letter, 8);
        }
        out.bits(0x80, 8); // the last block of metadata, and the stream's description
        out.bits(34, 24);
        out.bits(BLOCK, 16);
        out.bits(BLOCK, 16);
        out.bits(largest == 0 ? 0 : smallest, 24);
        out.bits(largest, 24);
        out.bits(sound.rate(), 20);
        out.bits(0, 3); // one channel
        out.bits(BITS - 1, 5);
        out.bits(0, 4); // lengths above 32 bits
        out.bits(samples.length, 32);
        append(out, md5(samples));
        append(out, frames.bytes());
        return out.bytes();
    }

    private static void append(BitWriter out, byte[] bytes) {
        for (byte value : bytes) {
            out.bits(value, 8);
        }
    }

    private static byte[] md5(short[] samples) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        try {
            return MessageDigest.getInstance("MD5").digest(bytes.array());
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has MD5", impossible);
        }
    }

    private static void frame(BitWriter out, short[] samples, int number) {
        int start = out.count();
        out.bits(0xfff8, 16); // blocks of equal size
        out.bits(7, 4); // the size follows in 16 bits
        out.bits(0, 4); // the rate is the stream's
        out.bits(0, 4); // one channel
        out.bits(4, 3); // 16 bits
        out.bits(0, 1);
        number(out, number);
        out.bits(samples.length - 1, 16);
        out.bits(sum(Crc.FLAC_HEADER, out, start), 8);
        subframe(out, samples);
        out.toNextByte();
        out.bits(sum(Crc.FLAC_FRAME, out, start), 16);
    }

    private static int sum(Crc crc, BitWriter out, int start) {
        int sum = 0;
        for (int i = start; i < out.count(); i++) {
            sum = crc.next(sum, out.at(i));
        }
        return sum;
    }

    /// A number as UTF-8 writes a character.
    private static void number(BitWriter out, int number) {
        if (number < 0x80) {
            out.bits(number, 8);
            return;
        }
        int more = 1; // bytes that follow, with six bits each; the first keeps six less one for each
        while (number >>> 5 * more + 6 != 0) {
            more++;
        }
        out.bits(0xff00 >> more + 1 | number >>> 6 * more, 8);
        for (int i = more - 1; i >= 0; i--) {
            out.bits(0x80 | number >>> 6 * i & 0x3f, 8);
        }
    }

    private static void subframe(BitWriter out, short[] samples) {
        if (isConstant(samples)) {
            out.bits(0, 8);
            out.bits(samples[0], BITS);
            return;
        }
        int order = 0;
        long least = Long.MAX_VALUE;
        for (int candidate = 0; candidate < FIXED.length && candidate < samples.length; candidate++) {
            long sum = 0;
            for (int value : residual(samples, candidate)) {
                sum += Math.abs(value);
            }
            if (sum < least) {
                least = sum;
                order = candidate;
            }
        }
        Partitioning best = Partitioning.best(residual(samples, order), samples.length, order);
        if (best.bits() >= (long) BITS * samples.length) { // noise at full scale does not shrink
            out.bits(1 << 1, 8);
            order = samples.length;
        } else {
            out.bits(8 + order << 1, 8);
        }
        for (int i = 0; i < order; i++) {
            out.bits(samples[i], BITS);
        }
        if (order < samples.length) {
            best.write(out);
        }
    }

    private static boolean isConstant(short[] samples) {
        for (short sample : samples) {
            if (sample != samples[0]) {
                return false;
            }
        }
        return true;
    }

    private static int[] residual(short[] samples, int order) {
        long[] coefficients = FIXED[order];
        int[] residual = new int[samples.length - order];
        for (int i = order; i < samples.length; i++) {
            long predicted = 0;
            for (int j = 0; j < order; j++) {
                predicted += coefficients[j] * samples[i - 1 - j];
            }
            residual[i - order] = (int) (samples[i] - predicted);
        }
        return residual;
    }

    /// A residual cut into parts, each with its own parameter of Rice's code.
    ///
    /// @param power of two that says how many parts
    /// @param bits that it takes
    private record Partitioning(int[] residual, int size, int order, int power, int[] parameters, long bits) {

        static Partitioning best(int[] residual, int size, int order) {
            Partitioning best = of(residual, size, order, 0);
            for (int power = 1;
                    power <= MOST_PARTITIONS && size % (1 << power) == 0 && size >> power > order;
                    power++) {
                Partitioning next = of(residual, size, order, power);
                best = next.bits < best.bits ? next : best;
            }
            return best;
        }

        private static Partitioning of(int[] residual, int size, int order, int power) {
            int[] parameters = new int[1 << power];
            long bits = 6;
            for (int p = 0; p < parameters.length; p++) {
                int from = from(p, size, order, power);
                int to = from(p + 1, size, order, power);
                long least = Long.MAX_VALUE;
                for (int parameter = 0; parameter <= MOST_PARAMETER; parameter++) {
                    long length = 4 + (long) (to - from) * (parameter + 1);
                    for (int i = from; i < to; i++) {
                        length += folded(residual[i]) >>> parameter;
                    }
                    if (length < least) {
                        least = length;
                        parameters[p] = parameter;
                    }
                }
                bits += least;
            }
            return new Partitioning(residual, size, order, power, parameters, bits);
        }

        /// Where a part begins; the first lacks the samples that nothing predicts.
        private static int from(int part, int size, int order, int power) {
            return Math.max(0, part * (size >> power) - order);
        }

        /// 0, -1, 1, -2, 2 as 0, 1, 2, 3, 4.
        private static int folded(int value) {
            return value << 1 ^ value >> 31;
        }

        void write(BitWriter out) {
            out.bits(0, 2);
            out.bits(power, 4);
            for (int p = 0; p < parameters.length; p++) {
                out.bits(parameters[p], 4);
                for (int i = from(p, size, order, power); i < from(p + 1, size, order, power); i++) {
                    int folded = folded(residual[i]);
                    out.zeros(folded >>> parameters[p]);
                    out.bits(folded, parameters[p]);
                }
            }
        }
    }
}
