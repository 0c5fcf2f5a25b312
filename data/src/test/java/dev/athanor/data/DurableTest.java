package dev.athanor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DurableTest {
    @TempDir
    private Path folder;

    private Stream<String> left() {
        return Durable.children(folder).stream().map(path -> path.getFileName().toString());
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "/dev/full is Linux's")
    void a_disk_without_room_is_told_with_the_remedy() throws IOException {
        Path ledger = Files.createSymbolicLink(folder.resolve("ledger.jsonl"), Path.of("/dev/full"));
        assertThatThrownBy(() -> Durable.append(ledger, "a line"))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(ledger.toString(), "the disk is full", "No space left", "Free some space");
    }

    @Test
    void a_folder_whose_writing_fails_is_not_there() {
        Path target = folder.resolve("1");
        assertThatThrownBy(() -> Durable.folder(target, temporary -> {
                    Files.writeString(temporary.resolve("half"), "half");
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(target.toString(), "the disk is full", "nothing of it was kept");
        assertThat(left()).isEmpty();
    }

    @Test
    void a_folder_that_may_not_be_written_is_told_in_words() {
        Path target = folder.resolve("1");
        assertThatThrownBy(() -> Durable.folder(target, temporary -> {
                    throw new AccessDeniedException(temporary.toString());
                }))
                .hasMessage(target
                        + " could not be written: permission denied. Check that the folder exists and may be written");
    }

    @Test
    void what_the_dead_left_is_swept_and_what_the_living_write_is_not() throws IOException {
        Files.createDirectories(folder.resolve(".tmp-" + Integer.MAX_VALUE + "-1-0a1b2c3d/data"));
        String mine = ".tmp-" + ProcessHandle.current().pid() + "-2-0a1b2c3d";
        Files.createDirectories(folder.resolve(mine));
        Files.createDirectories(folder.resolve("1"));
        Durable.sweep(folder);
        assertThat(left()).containsExactly(mine, "1");
    }
}
