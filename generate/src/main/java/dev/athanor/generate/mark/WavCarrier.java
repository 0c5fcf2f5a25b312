package dev.athanor.generate.mark;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Marks in WAV (RIFF), before the samples: a chunk `AIGC` with the seven fields, as TC260's audio guide asks
/// for; a comment in `LIST/INFO`, which most programs show; and an XMP packet in `_PMX`.
final class WavCarrier implements Carrier {
    private static final byte[] SIGNATURE = {'R', 'I', 'F', 'F'};
    private static final String FORM = "WAVE";
    private static final String XMP = "_PMX";
    private static final String COMMENT = "ICMT";
    private static final int BEGIN = 12;

    private record Chunk(String id, int start, int length) {
        int data() {
            return start + 8;
        }

        /// Chunks begin at even places.
        int end() {
            return start + 8 + length + (length & 1);
        }
    }

    @Override
    public String suffix() {
        return ".wav";
    }

    @Override
    public boolean begins(byte[] file) {
        FileBytes bytes = new FileBytes(file, "");
        return bytes.startsWith(SIGNATURE)
                && file.length >= BEGIN
                && bytes.latin(8, 4).equals(FORM);
    }

    @Override
    public byte[] insert(byte[] file, HiddenMark mark, String name) {
        FileBytes bytes = new FileBytes(file, name);
        form(bytes);
        long size = bytes.unsignedLittleEndian(4);
        bytes.need(8, size, "the form");
        int end = 8 + (int) size;
        String packet = Xmp.of(mark);
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        ByteArrayOutputStream tail = new ByteArrayOutputStream();
        for (Chunk chunk : chunks(bytes, end)) {
            ByteArrayOutputStream half = chunk.id().equals("data") || tail.size() > 0 ? tail : head;
            switch (chunk.id()) {
                case HiddenMark.FIELDS -> {}
                case XMP ->
                    packet = Xmp.into(text(bytes, chunk), mark).orElseThrow(() -> Xmp.closed(bytes, chunk.start()));
                case "LIST" -> half.writeBytes(withoutMark(bytes, chunk));
                default -> half.write(file, chunk.start(), Math.min(chunk.end(), end) - chunk.start());
            }
        }
        if (tail.size() == 0) {
            throw bytes.broken(end, "it ends without a chunk data, so there is no sound in it");
        }
        chunk(head, HiddenMark.FIELDS, utf8(mark.fieldsAsText() + "\0"));
        chunk(head, "LIST", list(mark.together() + "\0"));
        chunk(head, XMP, utf8(packet));
        tail.write(file, end, file.length - end);
        return form(head.toByteArray(), tail.toByteArray(), file.length - end);
    }

    /// @param behind how many bytes of the tail stand behind the form, as some programs leave
    private static byte[] form(byte[] head, byte[] tail, int behind) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        out.writeBytes(little(4 + head.length + tail.length - behind));
        out.writeBytes(utf8(FORM));
        out.writeBytes(head);
        out.writeBytes(tail);
        return out.toByteArray();
    }

    @Override
    public Optional<HiddenMark> read(byte[] file, String name) {
        FileBytes bytes = new FileBytes(file, name);
        form(bytes);
        Optional<HiddenMark> found = Optional.empty();
        int place = BEGIN;
        while (place < file.length) {
            Chunk chunk = header(bytes, place);
            if (chunk.id().equals("data") && found.isPresent()) {
                break;
            }
            bytes.need(place, 8L + chunk.length(), "chunk " + chunk.id());
            Optional<HiddenMark> here = switch (chunk.id()) {
                case HiddenMark.FIELDS -> HiddenMark.of(text(bytes, chunk), "");
                case "LIST" -> comment(bytes, chunk);
                case XMP -> Xmp.read(text(bytes, chunk));
                default -> Optional.empty();
            };
            if (here.isPresent() && (found.isEmpty() || found.get().lineage().isEmpty())) {
                found = here;
            }
            place = chunk.end();
        }
        return found;
    }

    private static void form(FileBytes bytes) {
        bytes.expect(SIGNATURE, "WAV");
        if (!bytes.latin(8, 4).equals(FORM)) {
            throw bytes.broken(8, "a RIFF file of the form %s, expected WAVE".formatted(bytes.latin(8, 4)));
        }
    }

    private static List<Chunk> chunks(FileBytes bytes, int end) {
        List<Chunk> chunks = new ArrayList<>();
        for (int place = BEGIN; place < end; place = chunks.getLast().end()) {
            Chunk chunk = header(bytes, place);
            bytes.need(place, 8L + chunk.length(), "chunk " + chunk.id());
            chunks.add(chunk);
        }
        return chunks;
    }

    private static Chunk header(FileBytes bytes, int place) {
        String id = bytes.latin(place, 4);
        long length = bytes.unsignedLittleEndian(place + 4);
        if (length > Integer.MAX_VALUE - 8) {
            bytes.need(place, 8 + length, "chunk " + id);
        }
        return new Chunk(id, place, (int) length);
    }

    private static String text(FileBytes bytes, Chunk chunk) {
        String text = new String(bytes.bytes(), chunk.data(), chunk.length(), StandardCharsets.UTF_8);
        return text.endsWith("\0") ? text.substring(0, text.length() - 1) : text;
    }

    /// The mark in the comment of a list.
    private static Optional<HiddenMark> comment(FileBytes bytes, Chunk list) {
        return entries(bytes, list).stream()
                .filter(entry -> entry.id().equals(COMMENT))
                .flatMap(entry -> HiddenMark.ofTogether(text(bytes, entry)).stream())
                .findFirst();
    }

    /// The entries of a list of information; none for lists of another kind.
    private static List<Chunk> entries(FileBytes bytes, Chunk list) {
        if (list.length() < 4 || !bytes.latin(list.data(), 4).equals("INFO")) {
            return List.of();
        }
        List<Chunk> entries = new ArrayList<>();
        int end = list.data() + list.length();
        int place = list.data() + 4;
        while (place + 8 <= end) {
            Chunk entry = header(bytes, place);
            if (entry.data() + (long) entry.length() > end) {
                throw bytes.broken(
                        place,
                        "entry %s of %d bytes reaches over the end of its list".formatted(entry.id(), entry.length()));
            }
            entries.add(entry);
            place = entry.end();
        }
        return entries;
    }

    /// A list as it is, but for an earlier mark; nothing where there was nothing else in it.
    private static byte[] withoutMark(FileBytes bytes, Chunk list) {
        List<Chunk> entries = entries(bytes, list);
        List<Chunk> kept = entries.stream()
                .filter(entry -> !entry.id().equals(COMMENT)
                        || HiddenMark.ofTogether(text(bytes, entry)).isEmpty())
                .toList();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (kept.size() == entries.size()) {
            out.write(bytes.bytes(), list.start(), Math.min(list.end(), bytes.length()) - list.start());
        } else if (!kept.isEmpty()) {
            ByteArrayOutputStream inner = new ByteArrayOutputStream();
            for (Chunk entry : kept) {
                inner.write(bytes.bytes(), entry.start(), entry.end() - entry.start());
            }
            out.writeBytes(utf8("LIST"));
            out.writeBytes(little(4 + inner.size()));
            out.writeBytes(utf8("INFO"));
            out.writeBytes(inner.toByteArray());
        }
        return out.toByteArray();
    }

    private static byte[] list(String comment) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(utf8("INFO"));
        chunk(out, COMMENT, utf8(comment));
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void chunk(ByteArrayOutputStream out, String id, byte[] data) {
        out.writeBytes(utf8(id));
        out.writeBytes(little(data.length));
        out.writeBytes(data);
        if ((data.length & 1) == 1) {
            out.write(0);
        }
    }

    private static byte[] little(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }
}
