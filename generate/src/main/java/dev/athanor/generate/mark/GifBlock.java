package dev.athanor.generate.mark;

import dev.athanor.data.DataException;
import java.util.ArrayList;
import java.util.List;

/// What a GIF file is made of behind its header: extensions, pictures and a trailer.
///
/// @param kind its first byte
/// @param label which extension it is; -1 for pictures and the trailer
/// @param start where it begins
/// @param end where the next begins
public record GifBlock(int kind, int label, int start, int end) {
    private static final byte[] SIGNATURE = {'G', 'I', 'F', '8'};
    private static final int EXTENSION = 0x21;
    private static final int PICTURE = 0x2C;
    private static final int TRAILER = 0x3B;

    /// All blocks of a file, up to its trailer.
    ///
    /// @param name what to call the file in a refusal
    /// @throws DataException where it is not a whole GIF file
    public static List<GifBlock> of(byte[] file, String name) {
        FileBytes bytes = new FileBytes(file, name);
        bytes.expect(SIGNATURE, "GIF");
        return all(bytes);
    }

    public boolean isPicture() {
        return kind == PICTURE;
    }

    boolean isLast() {
        return kind == TRAILER;
    }

    static List<GifBlock> all(FileBytes bytes) {
        List<GifBlock> blocks = new ArrayList<>();
        blocks.add(first(bytes));
        while (!blocks.getLast().isLast()) {
            blocks.add(blocks.getLast().next(bytes));
        }
        return blocks;
    }

    static GifBlock first(FileBytes bytes) {
        bytes.need(0, 13, "the header");
        return at(13 + table(bytes.at(10)), bytes);
    }

    GifBlock next(FileBytes bytes) {
        return at(end, bytes);
    }

    private static GifBlock at(int start, FileBytes bytes) {
        return switch (bytes.at(start)) {
            case TRAILER -> new GifBlock(TRAILER, -1, start, start + 1);
            case EXTENSION -> new GifBlock(EXTENSION, bytes.at(start + 1), start, afterParts(bytes, start + 2));
            case PICTURE -> {
                int data = start + 10 + table(bytes.at(start + 9)) + 1;
                yield new GifBlock(PICTURE, -1, start, afterParts(bytes, data));
            }
            default ->
                throw bytes.broken(
                        start,
                        "a block begins with %02x, expected 21, 2c or 3b; get the file again"
                                .formatted(bytes.at(start)));
        };
    }

    /// How long the colour table is that the flags announce.
    private static int table(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    /// Steps over parts of up to 255 bytes to the empty one that ends them.
    private static int afterParts(FileBytes bytes, int start) {
        int place = start;
        for (int length = bytes.at(place); length > 0; length = bytes.at(place)) {
            place += 1 + length;
        }
        return place + 1;
    }
}
