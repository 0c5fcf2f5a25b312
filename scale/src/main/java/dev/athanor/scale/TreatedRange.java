package dev.athanor.scale;

import dev.athanor.data.Sample;
import dev.athanor.data.clean.CleaningReport;
import dev.athanor.data.clean.Passing;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What is left of a range of rows behind a round, as a file: what became of the rows that were changed, and
/// in the [Rest] which rows are left, their keys, and what the steps did. What no step changed stands in the
/// dataset alone.
final class TreatedRange implements AutoCloseable {
    private static final long NO_MORE = -1;

    private final Rest rest;
    private final DataInputStream changes;
    private long nextChange;

    /// What is behind the changed rows.
    ///
    /// @param left the numbers of the rows that are left, from 0
    /// @param keys of these for the step that remembers, if one is behind the round
    record Rest(BitSet left, long[] keys, CleaningReport report) {}

    /// Gives the changed ones to the file, in their order, and says the rest.
    @FunctionalInterface
    interface Work {
        Rest run(Changes changes) throws IOException;
    }

    /// Takes samples that were changed.
    @FunctionalInterface
    interface Changes {
        void take(Passing sample) throws IOException;
    }

    static void write(Path file, Work work) throws IOException {
        WorkFolder.write(file, out -> {
            Rest rest = work.run(sample -> write(out, sample));
            out.writeLong(NO_MORE);
            byte[] bytes = bytes(rest);
            out.write(bytes);
            out.writeInt(bytes.length);
        });
    }

    private static void write(DataOutputStream out, Passing passing) throws IOException {
        Sample sample = passing.sample();
        out.writeLong(passing.row());
        write(out, sample.text());
        out.writeInt(sample.fields().size());
        for (var field : sample.fields().entrySet()) {
            write(out, field.getKey());
            write(out, field.getValue());
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(Rest rest) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(rest.left());
            out.writeObject(rest.keys());
            out.writeObject(rest.report());
        }
        return bytes.toByteArray();
    }

    /// Reads what stands behind the changed rows.
    static Rest rest(Path file) throws IOException {
        byte[] bytes;
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(in.length() - Integer.BYTES);
            bytes = new byte[in.readInt()];
            in.seek(in.length() - Integer.BYTES - bytes.length);
            in.readFully(bytes);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return new Rest((BitSet) in.readObject(), (long[]) in.readObject(), (CleaningReport) in.readObject());
        } catch (ClassNotFoundException broken) {
            throw new IOException("%s is of another version of the program".formatted(file), broken);
        }
    }

    TreatedRange(Path file) throws IOException {
        this.rest = rest(file);
        this.changes = new DataInputStream(
                new BufferedInputStream(Channels.newInputStream(Files.newByteChannel(file)), 1 << 16));
        this.nextChange = changes.readLong();
    }

    Rest rest() {
        return rest;
    }

    /// Whether a row is left.
    ///
    /// @param number in the range, from 0
    boolean isLeft(int number) {
        return rest.left().get(number);
    }

    /// What became of a row. Ask for rows in their order.
    Passing of(Passing untreated) throws IOException {
        if (nextChange != untreated.row()) {
            return untreated;
        }
        Sample sample = untreated.sample();
        String text = text();
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        for (int i = changes.readInt(); i > 0; i--) {
            fields.put(text(), text());
        }
        nextChange = changes.readLong();
        return new Passing(
                untreated.row(),
                new Sample(sample.id(), text, sample.media(), fields, sample.origin()),
                true,
                untreated.repeated());
    }

    private String text() throws IOException {
        byte[] bytes = new byte[changes.readInt()];
        changes.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        changes.close();
    }
}
