package dev.athanor.generate.mark;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Marks in PNG (ISO 15948), behind the header: text chunks `AIGC` and `athanor`, as annex B of TC260's image
/// guide shows, and an XMP packet, as its body asks for.
final class PngCarrier implements Carrier {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
    private static final String XMP = "XML:com.adobe.xmp";

    /// No mark is as long as this; what is, is not read.
    private static final int LIMIT = 1 << 20;

    /// A piece of the file: length, type, data, checksum.
    private record Chunk(String type, int start, int length) {
        int data() {
            return start + 8;
        }

        int end() {
            return start + 12 + length;
        }

        boolean isText() {
            return type.equals("tEXt") || type.equals("iTXt") || type.equals("zTXt");
        }
    }

    /// What a text chunk says.
    private record Text(String keyword, String text) {}

    @Override
    public String suffix() {
        return ".png";
    }

    @Override
    public boolean begins(byte[] file) {
        return new FileBytes(file, "").startsWith(SIGNATURE);
    }

    @Override
    public byte[] insert(byte[] file, HiddenMark mark, String name) {
        FileBytes bytes = new FileBytes(file, name);
        bytes.expect(SIGNATURE, "PNG");
        String packet = Xmp.of(mark);
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        int place = SIGNATURE.length;
        for (Chunk chunk : chunks(bytes)) {
            Text text = text(bytes, chunk);
            if (text.keyword().equals(XMP)) {
                packet = Xmp.into(text.text(), mark).orElseThrow(() -> Xmp.closed(bytes, chunk.start()));
            } else if (!text.keyword().equals(HiddenMark.FIELDS)
                    && !text.keyword().equals(HiddenMark.LINEAGE)
                    && chunk.start() > SIGNATURE.length) {
                rest.write(file, chunk.start(), chunk.end() - chunk.start());
            }
            place = chunk.end();
        }
        rest.write(file, place, file.length - place);
        ByteArrayOutputStream marked = new ByteArrayOutputStream();
        marked.write(file, 0, SIGNATURE.length + 25); // with the header, whose 13 bytes of data the standard sets
        chunk(marked, "tEXt", HiddenMark.FIELDS + "\0{\"" + HiddenMark.FIELDS + "\":" + mark.fieldsAsText() + "}");
        chunk(marked, "tEXt", HiddenMark.LINEAGE + "\0" + mark.lineageAsText());
        chunk(marked, "iTXt", XMP + "\0\0\0\0\0" + packet);
        marked.writeBytes(rest.toByteArray());
        return marked.toByteArray();
    }

    @Override
    public Optional<HiddenMark> read(byte[] file, String name) {
        FileBytes bytes = new FileBytes(file, name);
        bytes.expect(SIGNATURE, "PNG");
        String fields = "";
        String lineage = "";
        String packet = "";
        Chunk chunk = header(bytes);
        while (!chunk.type().equals("IEND")) {
            boolean pixels = bytes.latin(chunk.end() + 4, 4).equals("IDAT");
            if (pixels && !(fields.isEmpty() && packet.isEmpty())) {
                break; // the file may break off from here on
            }
            chunk = chunk(bytes, chunk.end());
            Text text = text(bytes, chunk);
            switch (text.keyword()) {
                case HiddenMark.FIELDS -> fields = text.text();
                case HiddenMark.LINEAGE -> lineage = text.text();
                case XMP -> packet = text.text();
                default -> {}
            }
        }
        String written = packet;
        Optional<HiddenMark> text = HiddenMark.of(fields, lineage);
        return text.filter(mark -> !mark.lineage().isEmpty())
                .or(() -> Xmp.read(written))
                .or(() -> text);
    }

    private static List<Chunk> chunks(FileBytes bytes) {
        List<Chunk> chunks = new ArrayList<>();
        chunks.add(header(bytes));
        while (!chunks.getLast().type().equals("IEND")) {
            chunks.add(chunk(bytes, chunks.getLast().end()));
        }
        return chunks;
    }

    private static Chunk header(FileBytes bytes) {
        Chunk header = chunk(bytes, SIGNATURE.length);
        if (!header.type().equals("IHDR") || header.length() != 13) {
            throw bytes.broken(
                    header.start(),
                    "chunk %s of %d bytes, expected IHDR of 13".formatted(header.type(), header.length()));
        }
        return header;
    }

    private static Chunk chunk(FileBytes bytes, int start) {
        long length = bytes.unsignedBigEndian(start);
        String type = bytes.latin(start + 4, 4);
        bytes.need(start, length + 12, "chunk " + type);
        Chunk chunk = new Chunk(type, start, (int) length);
        CRC32 sum = new CRC32();
        sum.update(bytes.bytes(), start + 4, chunk.length() + 4);
        long written = bytes.unsignedBigEndian(chunk.end() - 4);
        if (sum.getValue() != written) {
            throw bytes.broken(
                    start,
                    "chunk %s has the checksum %08x, its bytes have %08x; get the file again"
                            .formatted(type, written, sum.getValue()));
        }
        return chunk;
    }

    private static void chunk(ByteArrayOutputStream out, String type, String text) {
        byte[] body = (type + text).getBytes(StandardCharsets.UTF_8); // tEXt is given ASCII only
        CRC32 sum = new CRC32();
        sum.update(body);
        out.writeBytes(ByteBuffer.allocate(4).putInt(body.length - 4).array());
        out.writeBytes(body);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }

    /// The keyword and text of a text chunk; both empty for all other chunks.
    private static Text text(FileBytes bytes, Chunk chunk) {
        if (!chunk.isText() || chunk.length() > LIMIT) {
            return new Text("", "");
        }
        ByteBuffer data = ByteBuffer.wrap(bytes.bytes(), chunk.data(), chunk.length());
        String keyword = untilZero(data);
        boolean international = chunk.type().equals("iTXt");
        boolean packed = chunk.type().equals("zTXt");
        if (international && data.remaining() >= 2) {
            packed = data.get() == 1;
        }
        if ((international || packed) && data.hasRemaining()) {
            data.get(); // the method of packing, of which there is one
        }
        if (international) {
            untilZero(data); // language
            untilZero(data); // the keyword in that language
        }
        byte[] text = new byte[data.remaining()];
        data.get(text);
        return new Text(
                keyword,
                new String(
                        packed ? unpack(bytes, chunk, text) : text,
                        international ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
    }

    private static String untilZero(ByteBuffer data) {
        StringBuilder text = new StringBuilder();
        while (data.hasRemaining()) {
            byte next = data.get();
            if (next == 0) {
                break;
            }
            text.append((char) (next & 0xFF));
        }
        return text.toString();
    }

    private static byte[] unpack(FileBytes bytes, Chunk chunk, byte[] packed) {
        byte[] text = new byte[LIMIT];
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(packed);
            int length = inflater.inflate(text);
            return java.util.Arrays.copyOf(text, length);
        } catch (DataFormatException broken) {
            throw bytes.broken(chunk.start(), "its text does not unpack (%s)".formatted(broken.getMessage()));
        }
    }
}
