package dev.athanor.torch;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A weight file in the safetensors format: 8 bytes header length, a JSON header, then the numbers of every
/// tensor in row-major order, little-endian, without holes. Plain Java: reading one loads no native library.
///
/// A file is mapped, not loaded, and stays so until it is closed. What is written here also holds a checksum of its
/// numbers, so that a flipped bit is noticed; files from elsewhere have none and are read without it.
public final class SafeTensors implements AutoCloseable {
    /// The limit that the reference implementation sets.
    private static final long LONGEST_HEADER = 100_000_000;

    private static final String METADATA = "__metadata__";
    private static final String CHECKSUM = "athanor.crc32c";

    /// A file is read by whoever opens it and its numbers are not checked by JSON: duplicates would hide a tensor.
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /// The kinds of number, with their size in bits.
    public enum Type {
        BOOL(8),
        U8(8),
        I8(8),
        F8_E4M3(8),
        F8_E5M2(8),
        I16(16),
        U16(16),
        F16(16),
        BF16(16),
        I32(32),
        U32(32),
        F32(32),
        F64(64),
        I64(64),
        U64(64),
        C64(64);

        private final int bits;

        Type(int bits) {
            this.bits = bits;
        }

        long bytes(long count) {
            return Math.multiplyExact(count, bits / 8);
        }
    }

    /// One tensor of the file.
    ///
    /// @param data its bytes, little-endian, valid until the file is closed
    public record Entry(Type type, long[] shape, MemorySegment data) {
        public long count() {
            return Arrays.stream(shape).reduce(1, Math::multiplyExact);
        }

        /// The numbers as float32; F32, F16, BF16 and F64 can be read so.
        public float[] floats() {
            float[] values = new float[Math.toIntExact(count())];
            switch (type) {
                case F32 -> MemorySegment.copy(data, FLOAT, 0, values, 0, values.length);
                case F16 -> {
                    for (int i = 0; i < values.length; i++) {
                        values[i] = Float.float16ToFloat(data.get(SHORT, 2L * i));
                    }
                }
                case BF16 -> {
                    for (int i = 0; i < values.length; i++) {
                        values[i] = Float.intBitsToFloat(data.get(SHORT, 2L * i) << 16);
                    }
                }
                case F64 -> {
                    for (int i = 0; i < values.length; i++) {
                        values[i] = (float) data.get(DOUBLE, 8L * i);
                    }
                }
                default ->
                    throw new WeightsException(
                            "a tensor of type %s is not a matrix of weights: expected F32, F16, BF16 or F64"
                                    .formatted(type));
            }
            return values;
        }
    }

    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Arena arena;
    private final SequencedMap<String, Entry> entries;
    private final Map<String, String> metadata;

    private SafeTensors(Arena arena, SequencedMap<String, Entry> entries, Map<String, String> metadata) {
        this.arena = arena;
        this.entries = entries;
        this.metadata = metadata;
    }

    /// Every tensor by name, in the order of the header.
    public SequencedMap<String, Entry> entries() {
        return entries;
    }

    /// Free words about the file.
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public void close() {
        arena.close();
    }

    // ------------------------------------------------------------------------------------------------ reading

    /// Opens a file and checks all that the format asks for.
    ///
    /// @throws WeightsException naming the file, what was found and what was expected
    public static SafeTensors open(Path file) {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return parse(file, arena, bytes);
        } catch (IOException unreadable) {
            arena.close();
            throw new WeightsException("%s cannot be read: %s".formatted(file, unreadable.getMessage()), unreadable);
        } catch (RuntimeException refused) {
            arena.close();
            throw refused;
        }
    }

    private static SafeTensors parse(Path file, Arena arena, MemorySegment bytes) {
        long size = bytes.byteSize();
        if (size < 8) {
            throw broken(file, "it has %d bytes, and the length of the header alone takes 8".formatted(size));
        }
        long headerLength = bytes.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0);
        if (headerLength < 2 || headerLength > LONGEST_HEADER) {
            throw broken(
                    file,
                    "it claims a header of %s bytes, and the format allows 2 to %d"
                            .formatted(Long.toUnsignedString(headerLength), LONGEST_HEADER));
        }
        if (headerLength > size - 8) {
            throw broken(
                    file,
                    "it claims a header of %d bytes, and only %d follow: it is cut off"
                            .formatted(headerLength, size - 8));
        }
        ObjectNode header = header(file, bytes.asSlice(8, headerLength));
        MemorySegment data = bytes.asSlice(8 + headerLength);
        Map<String, String> metadata = metadata(file, header.path(METADATA));
        SequencedMap<String, Entry> entries = new LinkedHashMap<>();
        List<Span> spans = new ArrayList<>();
        header.forEachEntry((name, node) -> {
            if (!name.equals(METADATA)) {
                Span span = Span.read(file, name, node, data.byteSize());
                spans.add(span);
                entries.put(name, new Entry(span.type, span.shape, data.asSlice(span.begin, span.end - span.begin)));
            }
        });
        refuseHoles(file, spans, data.byteSize());
        if (metadata.containsKey(CHECKSUM) && !metadata.get(CHECKSUM).equals(checksum(data))) {
            throw broken(
                    file,
                    "its numbers have the checksum %s and the header says %s: they were changed or damaged"
                            .formatted(checksum(data), metadata.get(CHECKSUM)));
        }
        return new SafeTensors(arena, entries, metadata);
    }

    private static ObjectNode header(Path file, MemorySegment bytes) {
        if (bytes.get(ValueLayout.JAVA_BYTE, 0) != '{') {
            throw broken(file, "its header does not begin with {");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.asByteBuffer())
                    .toString();
        } catch (CharacterCodingException notText) {
            throw broken(file, "its header is not UTF-8");
        }
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
            throw broken(file, "its header is not a JSON object");
        } catch (JacksonException notJson) {
            throw broken(file, "its header is not JSON: " + notJson.getOriginalMessage());
        }
    }

    private static Map<String, String> metadata(Path file, JsonNode node) {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (node.isMissingNode()) {
            return metadata;
        }
        if (!node.isObject()) {
            throw broken(file, METADATA + " is " + node.getNodeType() + " and must be an object");
        }
        node.forEachEntry((key, value) -> {
            if (!value.isString()) {
                throw broken(file, "%s has %s under \"%s\": only strings are allowed".formatted(METADATA, value, key));
            }
            metadata.put(key, value.stringValue());
        });
        return metadata;
    }

    /// Where a tensor stands in the data.
    private record Span(String name, Type type, long[] shape, long begin, long end) {

        static Span read(Path file, String name, JsonNode node, long available) {
            if (!node.isObject()) {
                throw broken(file, "\"%s\" is %s and must be an object".formatted(name, node.getNodeType()));
            }
            Type type = type(file, name, node.path("dtype"));
            long[] shape = whole(file, name, "shape", node.path("shape"));
            long[] offsets = whole(file, name, "data_offsets", node.path("data_offsets"));
            if (offsets.length != 2 || offsets[0] > offsets[1]) {
                throw broken(
                        file,
                        "\"%s\" has data_offsets %s and must have a begin and an end behind it"
                                .formatted(name, node.path("data_offsets")));
            }
            if (offsets[1] > available) {
                throw broken(
                        file,
                        "\"%s\" ends at byte %d of the data, and there are %d: the file is cut off or lies"
                                .formatted(name, offsets[1], available));
            }
            long needed;
            try {
                needed = type.bytes(Arrays.stream(shape).reduce(1, Math::multiplyExact));
            } catch (ArithmeticException overflow) {
                throw broken(
                        file, "\"%s\" has the shape %s, which no memory holds".formatted(name, node.path("shape")));
            }
            if (needed != offsets[1] - offsets[0]) {
                throw broken(
                        file,
                        "\"%s\" of type %s and shape %s needs %d bytes and its data_offsets give %d"
                                .formatted(name, type, node.path("shape"), needed, offsets[1] - offsets[0]));
            }
            return new Span(name, type, shape, offsets[0], offsets[1]);
        }

        private static Type type(Path file, String name, JsonNode node) {
            for (Type type : Type.values()) {
                if (node.isString() && type.name().equals(node.stringValue())) {
                    return type;
                }
            }
            throw broken(
                    file,
                    "\"%s\" has the dtype %s, and known are %s"
                            .formatted(name, node.isMissingNode() ? "nothing" : node, Arrays.toString(Type.values())));
        }

        private static long[] whole(Path file, String name, String key, JsonNode node) {
            boolean fine = node.isArray()
                    && node.valueStream()
                            .allMatch(n -> n.isIntegralNumber() && n.canConvertToLong() && n.longValue() >= 0);
            if (!fine) {
                throw broken(
                        file,
                        "\"%s\" has %s %s and must have an array of whole numbers from 0"
                                .formatted(name, key, node.isMissingNode() ? "nothing" : node));
            }
            return node.valueStream().mapToLong(JsonNode::longValue).toArray();
        }
    }

    /// The data must be covered by the tensors, each byte once.
    private static void refuseHoles(Path file, List<Span> spans, long size) {
        spans.sort(Comparator.comparingLong(Span::begin).thenComparingLong(Span::end));
        long covered = 0;
        for (Span span : spans) {
            if (span.begin != covered) {
                throw broken(
                        file,
                        "\"%s\" begins at byte %d of the data where %d is next: tensors must neither overlap nor leave holes"
                                .formatted(span.name, span.begin, covered));
            }
            covered = span.end;
        }
        if (covered != size) {
            throw broken(file, "its tensors cover %d bytes of data and %d are there".formatted(covered, size));
        }
    }

    private static WeightsException broken(Path file, String what) {
        return new WeightsException("%s is not a sound safetensors file: %s. Take it from a backup, or make it again"
                .formatted(file, what));
    }

    private static String checksum(MemorySegment data) {
        CRC32C crc = new CRC32C();
        long step = 1 << 30;
        for (long at = 0; at < data.byteSize(); at += step) {
            crc.update(data.asSlice(at, Math.min(step, data.byteSize() - at)).asByteBuffer());
        }
        return "%08x".formatted(crc.getValue());
    }

    // ------------------------------------------------------------------------------------------------ writing

    /// What is written: float32 (or int64 for counters) in native memory or arrays.
    ///
    /// @param data little-endian bytes, as many as type and shape ask for
    public record Values(Type type, long[] shape, MemorySegment data) {}

    /// Writes a file and forces it to disk. The caller makes the file appear whole, by writing beside and renaming.
    public static void write(Path file, SequencedMap<String, Values> tensors, Map<String, String> metadata)
            throws IOException {
        CRC32C crc = new CRC32C();
        tensors.values().forEach(tensor -> crc.update(tensor.data().asByteBuffer()));
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        ObjectNode about = header.putObject(METADATA);
        about.put("format", "pt");
        metadata.forEach(about::put);
        about.put(CHECKSUM, "%08x".formatted(crc.getValue()));
        long at = 0;
        for (Map.Entry<String, Values> tensor : tensors.entrySet()) {
            Values values = tensor.getValue();
            ObjectNode entry = header.putObject(tensor.getKey());
            entry.put("dtype", values.type().name());
            ArrayNode shape = entry.putArray("shape");
            Arrays.stream(values.shape()).forEach(shape::add);
            long end = at + values.data().byteSize();
            entry.putArray("data_offsets").add(at).add(end);
            at = end;
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + 7) / 8 * 8; // so that the numbers stand on a multiple of 8
        ByteBuffer head = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(padded).put(json);
        while (head.hasRemaining()) {
            head.put((byte) ' ');
        }
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeFully(channel, head.flip());
            for (Values values : tensors.values()) {
                long step = 1 << 30;
                for (long from = 0; from < values.data().byteSize(); from += step) {
                    long length = Math.min(step, values.data().byteSize() - from);
                    writeFully(channel, values.data().asSlice(from, length).asByteBuffer());
                }
            }
            channel.force(true);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
