package dev.athanor.train;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.zip.CRC32C;

/// A TensorBoard event file: records of a length, its checksum, an `Event` message, its checksum (TFRecord
/// framing). The few fields that are needed are written by hand in the protocol-buffer wire format.
final class EventFile implements AutoCloseable {
    private final FileChannel channel;

    private EventFile(FileChannel channel) {
        this.channel = channel;
    }

    /// A new file in a folder, named as TensorBoard expects, beside those of earlier starts of the same run.
    static EventFile create(Path folder, Instant now) throws IOException {
        Path file = folder.resolve("events.out.tfevents.%d.athanor.%d"
                .formatted(now.getEpochSecond(), ProcessHandle.current().pid()));
        EventFile events = new EventFile(
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE));
        Message event = new Message().number(1, seconds(now)).text(3, "brain.Event:2");
        events.record(event.bytes());
        return events;
    }

    /// One number of a curve.
    void scalar(String tag, double value, long step, Instant now) throws IOException {
        Message plugin = new Message().text(1, "scalars");
        Message metadata = new Message().message(1, plugin);
        Message entry = new Message().text(1, tag).single(2, (float) value).message(9, metadata);
        Message event =
                new Message().number(1, seconds(now)).whole(2, step).message(5, new Message().message(1, entry));
        record(event.bytes());
    }

    private static double seconds(Instant time) {
        return time.toEpochMilli() / 1000.0;
    }

    private void record(byte[] data) throws IOException {
        byte[] length = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(data.length)
                .array();
        ByteBuffer out = ByteBuffer.allocate(16 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(length).putInt(masked(length)).put(data).putInt(masked(data)).flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /// A CRC-32C turned right by 15 bits plus a constant, as TensorFlow stores them.
    private static int masked(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /// A protocol-buffer message being written.
    private static final class Message {
        private static final int VARINT = 0;
        private static final int FIXED64 = 1;
        private static final int BYTES = 2;
        private static final int FIXED32 = 5;

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message number(int field, double value) {
            varint(field << 3 | FIXED64);
            out.writeBytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putDouble(value)
                    .array());
            return this;
        }

        Message single(int field, float value) {
            varint(field << 3 | FIXED32);
            out.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(value)
                    .array());
            return this;
        }

        Message whole(int field, long value) {
            varint(field << 3 | VARINT);
            varint(value);
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message inner) {
            return bytes(field, inner.bytes());
        }

        private Message bytes(int field, byte[] value) {
            varint(field << 3 | BYTES);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                out.write((int) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
