package dev.athanor.data.duplicate;

import dev.athanor.data.Hashes;
import dev.athanor.data.Sample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// The first 128 bits of the SHA-256 of a text or of a file's bytes: that two of 30 million different ones
/// are the same has the chance 1e-24.
public record Content(long high, long low) {
    /// A content with its row is so many numbers: both halves, and the row.
    public static final int NUMBERS = 3;

    static Content of(Sample sample) {
        byte[] bytes = sample.media().isEmpty()
                ? sample.textOrRow().getBytes(StandardCharsets.UTF_8)
                : sample.media().bytes();
        ByteBuffer hash = ByteBuffer.wrap(Hashes.sha256Bytes(bytes));
        return new Content(hash.getLong(), hash.getLong());
    }

    /// Tells the rows of a part that repeat an earlier one.
    ///
    /// @param numbers contents with their rows, which rise
    public static void repeats(long[] numbers, Search.EqualRows equals) throws IOException {
        Map<Content, Integer> firsts = HashMap.newHashMap(numbers.length / NUMBERS);
        for (int i = 0; i < numbers.length; i += NUMBERS) {
            int row = (int) numbers[i + 2];
            Integer first = firsts.putIfAbsent(new Content(numbers[i], numbers[i + 1]), row);
            if (first != null) {
                equals.take(first, row);
            }
        }
    }
}
