package dev.athanor.generate.mark;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Marks in FLAC (RFC 9639): the Vorbis comments `AIGC`, as TC260's audio guide asks for, and `ATHANOR`.
final class FlacCarrier implements Carrier {
    private static final byte[] SIGNATURE = {'f', 'L', 'a', 'C'};
    private static final int STREAM_INFO = 0;
    private static final int COMMENTS = 4;
    private static final int LAST = 0x80;
    private static final String FIELDS = "AIGC=";
    private static final String LINEAGE = "ATHANOR=";

    /// A block's length has 24 bits.
    private static final int LIMIT = 0xFFFFFF;

    private record Block(int type, boolean last, int start, int length) {
        int data() {
            return start + 4;
        }

        int end() {
            return start + 4 + length;
        }
    }

    /// The comments of a file, with the name of the program that wrote it.
    private record Comments(byte[] vendor, List<byte[]> lines) {}

    @Override
    public String suffix() {
        return ".flac";
    }

    @Override
    public boolean begins(byte[] file) {
        return new FileBytes(file, "").startsWith(SIGNATURE);
    }

    @Override
    public byte[] insert(byte[] file, HiddenMark mark, String name) {
        FileBytes bytes = new FileBytes(file, name);
        bytes.expect(SIGNATURE, "FLAC");
        List<Block> blocks = new ArrayList<>();
        blocks.add(first(bytes));
        while (!blocks.getLast().last()) {
            blocks.add(whole(bytes, blocks.getLast().end()));
        }
        byte[] comments = comments(bytes, blocks, mark);
        List<Block> others =
                blocks.stream().filter(block -> block.type() != COMMENTS).toList();
        ByteArrayOutputStream marked = new ByteArrayOutputStream();
        marked.writeBytes(SIGNATURE);
        for (Block block : others) {
            header(marked, block.type() | (block == others.getLast() && others.size() > 1 ? LAST : 0), block.length());
            marked.write(file, block.data(), block.length());
            if (block.type() == STREAM_INFO) {
                header(marked, COMMENTS | (others.size() == 1 ? LAST : 0), comments.length);
                marked.writeBytes(comments);
            }
        }
        int end = blocks.getLast().end();
        marked.write(file, end, file.length - end);
        return marked.toByteArray();
    }

    @Override
    public Optional<HiddenMark> read(byte[] file, String name) {
        FileBytes bytes = new FileBytes(file, name);
        bytes.expect(SIGNATURE, "FLAC");
        for (Block block = first(bytes); ; block = whole(bytes, block.end())) {
            if (block.type() == COMMENTS) {
                List<byte[]> lines = comments(bytes, block).lines();
                return value(lines, FIELDS)
                        .flatMap(fields ->
                                HiddenMark.of(fields, value(lines, LINEAGE).orElse("")));
            }
            if (block.last()) {
                return Optional.empty();
            }
        }
    }

    private static Block first(FileBytes bytes) {
        Block block = whole(bytes, SIGNATURE.length);
        if (block.type() != STREAM_INFO) {
            throw bytes.broken(
                    block.start(),
                    "a block of type %d, expected the stream's information first".formatted(block.type()));
        }
        return block;
    }

    private static Block whole(FileBytes bytes, int start) {
        long header = bytes.unsignedBigEndian(start);
        Block block = new Block((int) (header >> 24) & 0x7F, (header >> 31) == 1, start, (int) (header & LIMIT));
        bytes.need(start, 4L + block.length(), "block of type " + block.type());
        return block;
    }

    private static byte[] comments(FileBytes bytes, List<Block> blocks, HiddenMark mark) {
        Comments before = blocks.stream()
                .filter(block -> block.type() == COMMENTS)
                .findFirst()
                .map(block -> comments(bytes, block))
                .orElseGet(() -> new Comments("Athanor".getBytes(StandardCharsets.UTF_8), List.of()));
        List<byte[]> lines = new ArrayList<>(before.lines());
        lines.removeIf(line -> isNamed(line, FIELDS) || isNamed(line, LINEAGE));
        lines.add((FIELDS + mark.fieldsAsText()).getBytes(StandardCharsets.UTF_8));
        lines.add((LINEAGE + mark.lineageAsText()).getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        counted(out, before.vendor());
        out.writeBytes(little(lines.size()));
        lines.forEach(line -> counted(out, line));
        if (out.size() > LIMIT) {
            throw bytes.broken(
                    blocks.getFirst().end(),
                    "its comments would have %d bytes with the mark, and FLAC holds at most %d; remove some"
                            .formatted(out.size(), LIMIT));
        }
        return out.toByteArray();
    }

    private static Comments comments(FileBytes bytes, Block block) {
        int place = block.data();
        byte[] vendor = counted(bytes, block, place);
        place += 4 + vendor.length;
        long count = bytes.unsignedLittleEndian(place);
        place += 4;
        List<byte[]> lines = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            byte[] line = counted(bytes, block, place);
            lines.add(line);
            place += 4 + line.length;
        }
        return new Comments(vendor, lines);
    }

    private static byte[] counted(FileBytes bytes, Block block, int place) {
        long length = bytes.unsignedLittleEndian(place);
        if (place + 4 + length > block.end()) {
            throw bytes.broken(place, "a comment of %d bytes reaches over the end of the comments".formatted(length));
        }
        return java.util.Arrays.copyOfRange(bytes.bytes(), place + 4, place + 4 + (int) length);
    }

    private static boolean isNamed(byte[] line, String name) {
        return new String(line, StandardCharsets.UTF_8).toUpperCase(Locale.ROOT).startsWith(name);
    }

    private static Optional<String> value(List<byte[]> lines, String name) {
        return lines.stream()
                .filter(line -> isNamed(line, name))
                .map(line -> new String(line, StandardCharsets.UTF_8).substring(name.length()))
                .findFirst();
    }

    private static void header(ByteArrayOutputStream out, int type, int length) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(type << 24 | length).array());
    }

    private static void counted(ByteArrayOutputStream out, byte[] text) {
        out.writeBytes(little(text.length));
        out.writeBytes(text);
    }

    private static byte[] little(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }
}
