package dev.athanor.scale;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/// Numbers in a file.
final class NumberFile {
    private NumberFile() {}

    static void write(Path file, long[] numbers) throws IOException {
        WorkFolder.write(file, out -> {
            for (long number : numbers) {
                out.writeLong(number);
            }
        });
    }

    /// All numbers of a file; none where there is no file, as of a part that nothing belongs to.
    static long[] read(Path file) throws IOException {
        if (Files.notExists(file)) {
            return new long[0];
        }
        byte[] bytes = Files.readAllBytes(file);
        long[] numbers = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().get(numbers);
        return numbers;
    }
}
