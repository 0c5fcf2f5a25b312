package dev.athanor.generate.mark;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
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

    /// Part 3 of the XMP specification ends a packet so: whatever byte of it a reader takes for a length, it
    /// lands here, and here every byte leads to the last.
    private static final int MAGIC = 258;

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
        List<GifBlock> blocks = GifBlock.all(bytes);
        Optional<GifBlock> before = blocks.stream()
                .filter(block -> packet(bytes, block).isPresent())
                .findFirst();
        String packet = before.map(block -> Xmp.into(packet(bytes, block).orElseThrow(), mark)
                        .orElseThrow(() -> Xmp.closed(bytes, block.start())))
                .orElseGet(() -> Xmp.of(mark));
        ByteArrayOutputStream marked = new ByteArrayOutputStream();
        marked.writeBytes("GIF89a".getBytes(StandardCharsets.US_ASCII));
        marked.write(file, 6, blocks.getFirst().start() - 6);
        boolean written = false;
        for (GifBlock block : blocks) {
            boolean shows = block.label() < 0 || block.label() == CONTROL_LABEL;
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
        for (GifBlock block = GifBlock.first(bytes); !block.isLast(); block = block.next(bytes)) {
            if (block.isPicture() && packet.isPresent()) {
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

    private static Optional<String> packet(FileBytes bytes, GifBlock block) {
        int start = block.start() + 3 + APPLICATION.length();
        int length = block.end() - MAGIC - start;
        return block.label() == APPLICATION_LABEL
                        && length > 0
                        && bytes.latin(block.start() + 3, APPLICATION.length()).equals(APPLICATION)
                ? Optional.of(new String(bytes.bytes(), start, length, StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static Optional<HiddenMark> comment(FileBytes bytes, GifBlock block) {
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
