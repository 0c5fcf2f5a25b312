package dev.athanor.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Why a file or folder could not be used, for people. Java's own messages are often the bare path.
public final class Reason {
    private Reason() {}

    static String of(Exception failed) {
        return switch (failed) {
            case UncheckedIOException wrapped -> of(wrapped.getCause());
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "it does not exist";
            case FileAlreadyExistsException _ -> "something else of that name is there";
            case CharacterCodingException _ -> "it is not UTF-8";
            case FileSystemException system when system.getReason() != null -> system.getReason();
            default -> String.valueOf(failed.getMessage());
        };
    }

    /// Whether it is for want of room: a full disk, a used-up quota, a limit on how large files may grow.
    static boolean isNoRoom(String reason) {
        return reason.contains("No space left") || reason.contains("Disk quota") || reason.contains("File too large");
    }

    /// Refuses what cannot be read, naming the file or folder that it fails at where Java tells.
    public static DataException unreadable(Path path, Exception failed) {
        IOException cause = failed instanceof UncheckedIOException wrapped ? wrapped.getCause() : (IOException) failed;
        Path place = cause instanceof FileSystemException system && system.getFile() != null
                ? Path.of(system.getFile())
                : path;
        return new DataException("%s cannot be read: %s. %s".formatted(place, of(cause), remedy(cause)), cause);
    }

    private static String remedy(IOException cause) {
        return switch (cause) {
            case AccessDeniedException _ -> "Give the permission to read it, or leave it out";
            case CharacterCodingException _ -> "Save it as UTF-8";
            default -> "Check the path and the disk";
        };
    }
}
