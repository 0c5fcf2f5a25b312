package dev.athanor.cli;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Turns what went wrong into words for a person.
final class Failures {
    private Failures() {}

    static void tell(Terminal terminal, Throwable failure, boolean debug) {
        terminal.note("athanor: " + words(failure));
        if (debug) {
            failure.printStackTrace();
        } else if (isUnforeseen(failure)) {
            terminal.note("  this was not foreseen: run the command again with --debug and report what it prints");
        }
    }

    private static String words(Throwable failure) {
        return switch (failure) {
            case UncheckedIOException io -> words(io.getCause());
            case NoSuchFileException missing -> missing.getFile() + " does not exist: check the path";
            case AccessDeniedException denied ->
                denied.getFile() + " may not be read or written: check its permissions";
            case FileSystemException file -> "%s: %s".formatted(file.getFile(), file.getReason());
            case OutOfMemoryError _ ->
                "the memory of the program (%d MB) is used up: give more with JAVA_TOOL_OPTIONS=-Xmx8g; a training needs less with a smaller model, batch or context"
                        .formatted(Runtime.getRuntime().maxMemory() >> 20);
            default -> failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
        };
    }

    /// Every refusal of ours is one of these; another kind is a slip of the program.
    private static boolean isUnforeseen(Throwable failure) {
        return !(failure instanceof IllegalArgumentException
                || failure instanceof UncheckedIOException
                || failure instanceof java.io.IOException
                || failure instanceof OutOfMemoryError
                || failure.getClass().getPackageName().startsWith("dev.athanor"));
    }
}
