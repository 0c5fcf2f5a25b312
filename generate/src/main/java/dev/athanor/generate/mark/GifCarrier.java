package dev.athanor.generate.mark;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Marks in GIF89a, before the first picture: an application extension with an XMP packet, as TC260's image
/// guide asks for, and a comment with the same as JSON. A GIF87a file becomes GIF89a, as the older version has
/// no extensions.
final class GifCarrier implements Carrier {
    private static final byte[] SIGNATURE = {'G', 'I', 'F', '8'};
    private static final String APPLICATION = "XMP DataXMP";
    private static final int EXTENSION = 0x21;
    private static final int APPLICATION_LABEL = 0xFF;
    private static final int COMMENT_LABEL = 0xFE;
    private static final int CONTROL_LABEL = 0xF9;
    private static final int PICTURE = 0x2C;
    private static final int TRAILER = 0x3B;

    /// Part 3 of the XMP specification ends a packet so: whatever byte of it a reader takes for a length, it
    /// lands here, and here every byte leads to the last.
    private static final int MAGIC = 258;

    /// What a file is made of behind its header.
    ///
    /// @param label which extension it is; -1 for pictures and the trailer
    private record Block(int kind, int label, int start, int end) {}

    @Override
    public String suffix() {
        return ".gif";
    }

    @Override
    public boolean begins(byte[] file) {
        return new FileBytes(file, "").startsWith(SIGNATURE);
    }

    @Override
    public byte[] insert(byte[] file, HiddenMark mark, String name) {
        FileBytes bytes = new FileBytes(file, name);
        bytes.expect(SIGNATURE, "GIF");
        List<Block> blocks = new ArrayList<>();
        blocks.add(block(bytes, header(bytes)));
        while (blocks.getLast().kind() != TRAILER) {
            blocks.add(block(bytes, blocks.getLast().end()));
        }
        Optional<Block> before = blocks.stream()
                .filter(block -> packet(bytes, block).isPresent())
                .findFirst();
        String packet = before.map(block -> Xmp.into(packet(bytes, block).orElseThrow(), mark)
                        .orElseThrow(() -> bytes.broken(
                                block.start(), "its XMP packet has no </rdf:RDF> to write before; remove the packet")))
                .orElseGet(() -> Xmp.of(mark));
        ByteArrayOutputStream marked = new ByteArrayOutputStream();
        marked.writeBytes("GIF89a".getBytes(StandardCharsets.US_ASCII));
        marked.write(file, 6, header(bytes) - 6);
        boolean written = false;
        for (Block block : blocks) {
            boolean shows = block.kind() != EXTENSION || block.label() == CONTROL_LABEL;
            if (shows && !written) {
                application(marked, packet);
                comment(marked, mark.together());
                written = true;
            }
            if (packet(bytes, block).isEmpty() && comment(bytes, block).isEmpty()) {
                marked.write(file, block.start(), block.end() - block.start());
            }
        }
        int end = blocks.getLast().end();
        marked.write(file, end, file.length - end);
        return marked.toByteArray();
    }

    @Override
    public Optional<HiddenMark> read(byte[] file, String name) {
        FileBytes bytes = new FileBytes(file, name);
        bytes.expect(SIGNATURE, "GIF");
        Optional<String> packet = Optional.empty();
        for (Block block = block(bytes, header(bytes)); block.kind() != TRAILER; block = block(bytes, block.end())) {
            if (block.kind() == PICTURE && packet.isPresent()) {
                break;
            }
            Optional<HiddenMark> comment = comment(bytes, block);
            if (comment.isPresent()) {
                return comment;
            }
            packet = packet.isPresent() ? packet : packet(bytes, block);
        }
        return packet.flatMap(Xmp::read);
    }

    /// Where the blocks begin.
    private static int header(FileBytes bytes) {
        bytes.need(0, 13, "the header");
        return 13 + table(bytes.at(10));
    }

    /// How long the colour table is that the flags announce.
    private static int table(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    private static Block block(FileBytes bytes, int start) {
        return switch (bytes.at(start)) {
            case TRAILER -> new Block(TRAILER, -1, start, start + 1);
            case EXTENSION -> new Block(EXTENSION, bytes.at(start + 1), start, afterParts(bytes, start + 2));
            case PICTURE -> {
                int data = start + 10 + table(bytes.at(start + 9)) + 1;
                yield new Block(PICTURE, -1, start, afterParts(bytes, data));
            }
            default ->
                throw bytes.broken(
                        start,
                        "a block begins with %02x, expected 21, 2c or 3b; get the file again"
                                .formatted(bytes.at(start)));
        };
    }

    /// Steps over parts of up to 255 bytes to the empty one that ends them.
    private static int afterParts(FileBytes bytes, int start) {
        int place = start;
        for (int length = bytes.at(place); length > 0; length = bytes.at(place)) {
            place += 1 + length;
        }
        return place + 1;
    }

    private static Optional<String> packet(FileBytes bytes, Block block) {
        int start = block.start() + 3 + APPLICATION.length();
        int length = block.end() - MAGIC - start;
        return block.label() == APPLICATION_LABEL
                        && length > 0
                        && bytes.latin(block.start() + 3, APPLICATION.length()).equals(APPLICATION)
                ? Optional.of(new String(bytes.bytes(), start, length, StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static Optional<HiddenMark> comment(FileBytes bytes, Block block) {
        if (block.label() != COMMENT_LABEL) {
            return Optional.empty();
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int place = block.start() + 2;
        for (int length = bytes.at(place); length > 0; length = bytes.at(place)) {
            text.write(bytes.bytes(), place + 1, length);
            place += 1 + length;
        }
        return HiddenMark.ofTogether(text.toString(StandardCharsets.UTF_8));
    }

    private static void application(ByteArrayOutputStream out, String packet) {
        out.write(EXTENSION);
        out.write(APPLICATION_LABEL);
        out.write(APPLICATION.length());
        out.writeBytes(APPLICATION.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(packet.getBytes(StandardCharsets.UTF_8));
        out.write(1);
        for (int value = 255; value >= 0; value--) {
            out.write(value);
        }
        out.write(0);
    }

    private static void comment(ByteArrayOutputStream out, String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        out.write(EXTENSION);
        out.write(COMMENT_LABEL);
        for (int place = 0; place < ascii.length; place += 255) {
            int length = Math.min(255, ascii.length - place);
            out.write(length);
            out.write(ascii, place, length);
        }
        out.write(0);
    }
}
