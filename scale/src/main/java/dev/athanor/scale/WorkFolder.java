package dev.athanor.scale;

import dev.athanor.data.DataException;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// The folder through which client and workers hand each other what they made. Each file is there whole or not
/// at all, and holds the same whoever makes it, so it does no harm when a piece of work is done twice.
///
/// @param path of the folder, the same on all machines
record WorkFolder(String path) implements Serializable {
    private static final String MARK = "athanor";

    /// What fills a file.
    @FunctionalInterface
    interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    /// Makes one of an empty folder.
    static WorkFolder of(Path folder) throws IOException {
        Files.writeString(folder.resolve(MARK), "");
        return new WorkFolder(folder.toString());
    }

    /// Refuses to work where the folder is not seen.
    void require() {
        if (!Files.exists(file(MARK))) {
            throw new DataException(
                    "the worker %s does not see the folder %s: the workspace must be on a folder that all machines of the cluster share, under the same path on each"
                            .formatted(machine(), path));
        }
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "of a machine without a name";
        }
    }

    Path file(String name) {
        return Path.of(path).resolve(name);
    }

    /// What was made of a range or a part.
    ///
    /// @param kind what it is
    Path made(String kind, int number) {
        return file("%s-%d".formatted(kind, number));
    }

    /// What became of a range of rows in a round.
    Path treated(int round, int range) {
        return made("treated-" + round, range);
    }

    /// All rows that repeat others, found behind a round.
    Path marks(int round) {
        return made("marks", round);
    }

    /// Makes a file, or replaces one that holds the same.
    static void write(Path target, Body body) throws IOException {
        Path temporary = target.resolveSibling(".part-" + UUID.randomUUID());
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                OutputStream bytes = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
                DataOutputStream out = new DataOutputStream(bytes);
                body.write(out);
                out.flush();
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
