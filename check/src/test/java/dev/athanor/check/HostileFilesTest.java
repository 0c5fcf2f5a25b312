package dev.athanor.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sources that only a process of its own can be tried on: too large for a small memory, or not to be read.
@Tag("slow")
class HostileFilesTest {
    @AutoClose
    private final Athanor athanor;

    HostileFilesTest(@TempDir Path folder) {
        athanor = new Athanor(folder);
    }

    @Test
    void a_line_of_two_gigabytes_is_refused_in_a_memory_of_512_megabytes() throws IOException {
        Path text = athanor.folder().resolve("long.txt");
        byte[] piece = new byte[1 << 20];
        Arrays.fill(piece, (byte) 'a');
        try (OutputStream out = Files.newOutputStream(text)) {
            for (int i = 0; i <= 2048; i++) {
                out.write(piece);
            }
        }
        assertThat(Files.size(text)).isGreaterThan(1L << 31);
        for (String kind : List.of("txt", "csv", "tsv", "jsonl")) {
            Path file = athanor.folder().resolve("long." + kind);
            if (!kind.equals("txt")) {
                Files.createLink(file, text);
            }
            Athanor.Running importing = athanor.within("512m", "data", "import", file.toString(), "--name", "long");
            assertThat(Athanor.refusal(importing.end())).contains(file + " line 1", "longer than ", "split the ");
            Trials.nothing_half_written_is_left_in(athanor.workspace());
        }
        assertThat(athanor.done("data", "list").err()).contains("No dataset yet");
    }

    @Test
    void a_folder_or_file_that_may_not_be_read_is_refused_by_name() throws IOException {
        Path data = Files.createDirectories(athanor.folder().resolve("data"));
        Files.writeString(data.resolve("a.txt"), "this may be read");
        Path closed = Files.createDirectories(data.resolve("closed"));
        Path inner = Files.writeString(closed.resolve("b.txt"), "this may not");
        Path file = Files.writeString(athanor.folder().resolve("c.txt"), "nor this");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        try {
            assertThat(imported(data)).contains(closed + " cannot be read: permission denied", "permission to read it");
            assertThat(imported(closed))
                    .contains(closed + " cannot be read: permission denied", "permission to read it");
            assertThat(imported(inner)).contains(inner + " cannot be read: permission denied", "permission to read it");
            assertThat(imported(file)).contains(file + " cannot be read: permission denied", "permission to read it");
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
        Trials.nothing_half_written_is_left_in(athanor.workspace());
        assertThat(athanor.done("data", "list").err()).contains("No dataset yet");
        athanor.done("data", "import", data.toString(), "--name", "closed");
    }

    private String imported(Path source) {
        return Athanor.refusal(
                athanor.deprived(new Deprived.Of.Power(), "data", "import", source.toString(), "--name", "closed")
                        .end());
    }

    @Test
    void a_workspace_that_may_not_be_written_is_refused_by_name() throws IOException {
        Path file = Files.writeString(athanor.folder().resolve("a.txt"), "a text");
        athanor.done("data", "import", file.toString(), "--name", "tea");
        Path datasets = athanor.workspace().resolve("datasets");
        Files.setPosixFilePermissions(datasets, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assertThat(imported(file))
                    .contains(
                            datasets.resolve("closed") + " could not be written: permission denied", "may be written");
        } finally {
            Files.setPosixFilePermissions(datasets, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        assertThat(athanor.done("data", "list").out()).contains("tea@1").doesNotContain("closed");
    }
}
