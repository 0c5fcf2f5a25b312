package dev.athanor.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The command `athanor` in processes of its own, on one workspace: what a kill or a full disk does to it can only be
/// seen from outside. Ends them when it is closed.
///
/// @param folder where the workspace stands, and what the processes say and unpack
/// @param started every process so far
record Athanor(Path folder, List<Process> started) implements AutoCloseable {
    private static final String MAIN = "dev.athanor.cli.Main";
    private static final int PATIENCE_SECONDS = 300;

    /// How a process ended.
    record Answer(int code, String out, String err) {}

    /// A process at work.
    record Running(Process process, Path out, Path err) {
        Answer end() {
            try {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("no end after %d s: %s".formatted(PATIENCE_SECONDS, said()));
                }
                return new Answer(process.exitValue(), Files.readString(out), Files.readString(err));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            } catch (InterruptedException stopped) {
                process.destroyForcibly();
                throw new AssertionError(stopped);
            }
        }

        /// Types lines, the last that come.
        Running type(String lines) throws IOException {
            try (Writer keyboard = process.outputWriter(StandardCharsets.UTF_8)) {
                keyboard.write(lines);
            }
            return this;
        }

        /// `kill -9`. An answer of 0 means that the work was done and acknowledged before.
        Answer kill() {
            process.destroyForcibly();
            return end();
        }

        private void stop() {
            process.destroyForcibly().onExit().join();
        }

        String said() throws IOException {
            return Files.readString(out) + Files.readString(err);
        }
    }

    Athanor(Path folder) {
        this(folder, new ArrayList<>());
    }

    @Override
    public void close() {
        started.forEach(process -> new Running(process, folder, folder).stop());
    }

    Path workspace() {
        return folder.resolve("workspace");
    }

    /// Runs a command to its end.
    Answer run(String... words) {
        return start(words).end();
    }

    /// Runs a command that must succeed.
    Answer done(String... words) {
        Answer answer = run(words);
        assertThat(answer.code()).as("%s: %s", List.of(words), answer.err()).isZero();
        return answer;
    }

    /// Runs a command that must fail in order, and gives what it says.
    String refused(String... words) {
        return refusal(run(words));
    }

    static String refusal(Answer answer) {
        assertThat(answer.code()).as(answer.out() + answer.err()).isEqualTo(1);
        assertThat(answer.err()).doesNotContain("\tat ", "not foreseen");
        return answer.err();
    }

    Running start(String... words) {
        return within("1g", words);
    }

    /// Starts a command with so much memory.
    Running within(String memory, String... words) {
        return start(memory, MAIN, words);
    }

    /// Starts a command of which something is taken away first.
    Running deprived(Deprived.Of what, String... words) {
        List<String> all = new ArrayList<>(List.of(what.word()));
        all.addAll(List.of(words));
        return start("1g", Deprived.class.getName(), all.toArray(String[]::new));
    }

    private Running start(String memory, String main, String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1", // many short processes
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + folder, // what a killed process unpacked goes with the test
                "-cp",
                System.getProperty("java.class.path"),
                "-Xmx" + memory,
                main));
        command.addAll(List.of(words));
        command.addAll(List.of("--workspace", workspace().toString()));
        try {
            Path out = Files.createTempFile(folder, "out", ".txt");
            Path err = Files.createTempFile(folder, "err", ".txt");
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            started.add(process);
            return new Running(process, out, err);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
