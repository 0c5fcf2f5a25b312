package dev.athanor.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Writes that survive a crash: what is asked for exists whole or not at all, whatever moment the process dies
/// at.
///
/// A folder or file is written beside its place under a name that begins with `.tmp-`, forced to disk, and then
/// renamed. What a killed process leaves behind carries its process id and is swept by the next one.
public final class Durable {
    private static final String MARK = ".tmp-";

    private Durable() {}

    /// Fills a folder.
    @FunctionalInterface
    public interface Body {
        void write(Path folder) throws IOException;
    }

    /// Makes a folder with all that the body writes into it.
    ///
    /// @throws DataException where the folder exists already, or cannot be written; nothing of it is left then
    public static void folder(Path target, Body body) {
        sweep(target.toAbsolutePath().getParent(), target.getFileName().toString());
        Path temporary = beside(target);
        try {
            Files.createDirectories(temporary);
            body.write(temporary);
            forceAll(temporary);
            if (Files.exists(target)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            force(target.toAbsolutePath().getParent());
        } catch (IOException failed) {
            throw refusal(target, failed);
        } catch (UncheckedIOException failed) {
            throw refusal(target, failed.getCause());
        } finally {
            delete(temporary);
        }
    }

    /// Does some work in a folder that is lent to it.
    @FunctionalInterface
    public interface Work<T> {
        T in(Path folder) throws IOException;
    }

    /// Lends a folder for the time of some work. Nothing of it stays; what a killed process leaves is swept as
    /// all that is half-written.
    ///
    /// @param place beside which it stands; its name tells people what for
    /// @return what the work gives
    /// @throws DataException where it cannot be made or written
    public static <T> T scratch(Path place, Work<T> work) {
        Path temporary = beside(place);
        try {
            Files.createDirectories(temporary);
            return work.in(temporary);
        } catch (IOException failed) {
            throw refusal(temporary, failed);
        } catch (UncheckedIOException failed) {
            throw refusal(temporary, failed.getCause());
        } finally {
            delete(temporary);
        }
    }

    /// Makes or replaces a file.
    public static void file(Path target, String text) {
        file(target, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Makes or replaces a file.
    public static void file(Path target, byte[] bytes) {
        Path temporary = beside(target);
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                writeAll(channel, bytes);
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(target.toAbsolutePath().getParent());
        } catch (IOException failed) {
            throw refusal(target, failed);
        } finally {
            delete(temporary);
        }
    }

    /// Adds one line to a file, whole and on disk when this returns. A line that a crash cut off is ended
    /// first, so that
    /// it spoils no other.
    public static void append(Path file, String line) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (FileChannel channel = FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                long end = channel.size();
                boolean cut = end > 0 && lastByte(channel, end) != '\n';
                channel.position(end);
                writeAll(channel, ((cut ? "\n" : "") + line + "\n").getBytes(StandardCharsets.UTF_8));
                channel.force(true);
            }
        } catch (IOException failed) {
            throw refusal(file, failed);
        }
    }

    /// Removes what processes that are no longer alive left half-written in a folder.
    public static void sweep(Path folder) {
        sweep(folder, "");
    }

    /// The same, of one name: in a folder of the user's nothing else is looked at.
    private static void sweep(Path folder, String of) {
        for (Path path : children(folder)) {
            String name = path.getFileName().toString();
            if (name.startsWith(MARK) && name.contains("-" + of) && !isAlive(name)) {
                delete(path);
            }
        }
    }

    /// Whether a name is that of something half-written, which listings leave out.
    public static boolean isTemporary(Path path) {
        return path.getFileName().toString().startsWith(MARK);
    }

    /// Removes a folder so that it vanishes at once: it is renamed first.
    public static void remove(Path folder) {
        Path temporary = beside(folder);
        try {
            Files.move(folder, temporary, StandardCopyOption.ATOMIC_MOVE);
            force(folder.toAbsolutePath().getParent());
        } catch (IOException failed) {
            throw new DataException("%s could not be removed: %s".formatted(folder, Reason.of(failed)), failed);
        }
        delete(temporary);
    }

    /// A name for something half-written beside a place, which is swept if this process dies.
    static Path temporary(Path target) {
        return beside(target);
    }

    private static Path beside(Path target) {
        String name = MARK + ProcessHandle.current().pid() + "-" + target.getFileName() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        return target.toAbsolutePath().resolveSibling(name);
    }

    private static boolean isAlive(String name) {
        String[] parts = name.substring(MARK.length()).split("-", 2);
        return parts[0].chars().allMatch(Character::isDigit)
                && !parts[0].isEmpty()
                && ProcessHandle.of(Long.parseLong(parts[0]))
                        .map(ProcessHandle::isAlive)
                        .orElse(false);
    }

    private static int lastByte(FileChannel channel, long size) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        channel.read(last, size - 1);
        return last.get(0);
    }

    private static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static void forceAll(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                force(path);
            }
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void delete(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path inner : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(inner);
            }
        } catch (IOException | UncheckedIOException failed) {
            if (Files.exists(path)) { // another process may sweep at the same time
                throw new DataException("%s could not be removed: %s".formatted(path, Reason.of(failed)), failed);
            }
        }
    }

    /// What stands in a folder, sorted by name; empty where there is no folder.
    public static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted().toList();
        } catch (IOException unreadable) {
            throw Reason.unreadable(folder, unreadable);
        }
    }

    /// Refuses what could not be written, with the reason and what to do.
    public static DataException refusal(Path target, IOException cause) {
        if (cause instanceof FileAlreadyExistsException) {
            return new DataException(
                    "%s exists already and is not overwritten: delete it first, or choose another name"
                            .formatted(target),
                    cause);
        }
        String reason = Reason.of(cause);
        if (Reason.isNoRoom(reason)) {
            return new DataException(
                    "%s could not be written: the disk is full or a limit on files is reached (%s). Free some space, or raise the limit, and try again; nothing of it was kept, and all that was there before still is"
                            .formatted(target, reason),
                    cause);
        }
        return new DataException(
                "%s could not be written: %s. Check that the folder exists and may be written"
                        .formatted(target, reason),
                cause);
    }
}
