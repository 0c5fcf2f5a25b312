package dev.athanor.data.clean;

import dev.athanor.data.FileBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Numbers that are too many for memory, in temporary files: sorted runs. Memory keeps one number of each block
/// of 512, to find the block, and ten bits for each number, which tell of nearly all others that they are not
/// there (Bloom 1970, "Space/time trade-offs in hash coding with allowable errors").
///
/// The files go when they are closed, by the collector or with the program.
final class SortedRuns {
    private static final int BLOCK = 512;
    private static final int BITS = 10;
    private static final int PROBES = 4;

    private final List<Run> runs = new ArrayList<>();

    private record Run(FileChannel file, int count, long[] firsts, long[] bits) {
        boolean contains(long number) {
            return isLikely(number) && isThere(number);
        }

        /// The number is well mixed: its halves are hashes enough (Kirsch and Mitzenmacher 2006).
        private boolean isLikely(long number) {
            for (int probe = 0; probe < PROBES; probe++) {
                int bit = bit(number, probe, bits.length);
                if ((bits[bit >>> 6] & 1L << bit) == 0) {
                    return false;
                }
            }
            return true;
        }

        private boolean isThere(long number) {
            int found = Arrays.binarySearch(firsts, number);
            if (found >= 0) {
                return true;
            }
            int block = -found - 2; // the last that begins before it
            return block >= 0 && Arrays.binarySearch(read(block), number) >= 0;
        }

        private long[] read(int block) {
            int from = block * BLOCK;
            long[] numbers = new long[Math.min(BLOCK, count - from)];
            ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Long.BYTES);
            try {
                FileBytes.read(file, bytes, (long) from * Long.BYTES);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            bytes.asLongBuffer().get(numbers);
            return numbers;
        }
    }

    private static int bit(long number, int probe, int words) {
        int mixed = (int) number + probe * (int) (number >>> 32);
        return (int) ((mixed & 0xFFFFFFFFL) * (words * 64L) >>> 32);
    }

    boolean contains(long number) {
        for (Run run : runs) {
            if (run.contains(number)) {
                return true;
            }
        }
        return false;
    }

    /// Takes a run of numbers, sorted, each once.
    void add(long[] numbers) {
        long[] firsts = new long[(numbers.length + BLOCK - 1) / BLOCK];
        for (int block = 0; block < firsts.length; block++) {
            firsts[block] = numbers[block * BLOCK];
        }
        long[] bits = new long[numbers.length * BITS / 64 + 1];
        for (long number : numbers) {
            for (int probe = 0; probe < PROBES; probe++) {
                int bit = bit(number, probe, bits.length);
                bits[bit >>> 6] |= 1L << bit;
            }
        }
        try {
            runs.add(new Run(written(numbers), numbers.length, firsts, bits));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static FileChannel written(long[] numbers) throws IOException {
        FileChannel file = FileChannel.open(
                Files.createTempFile("athanor-", ".numbers"),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        LongBuffer longs = bytes.asLongBuffer();
        for (int from = 0; from < numbers.length; from += longs.capacity()) {
            int count = Math.min(longs.capacity(), numbers.length - from);
            longs.clear().put(numbers, from, count);
            bytes.clear().limit(count * Long.BYTES);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        }
        return file;
    }
}
