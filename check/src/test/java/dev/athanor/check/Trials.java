package dev.athanor.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// What the trials have in common: small data, a small training that saves at each step, and a look at what is on disk.
final class Trials {
    private Trials() {}

    static Path lines(Path file, int count) throws IOException {
        StringBuilder text = new StringBuilder("text\n");
        for (int i = 0; i < count; i++) {
            text.append("the cup number ").append(i).append(" is ");
            text.append(i * 7919L % 1000).append(i % 3 == 0 ? " blue\n" : " green\n");
        }
        return Files.writeString(file, text);
    }

    /// The words of a training that writes a checkpoint behind every step.
    static String[] training(String model, int steps) {
        List<String> words =
                new ArrayList<>(List.of("train", "text-gru", "--data", "cups", "--device", "cpu", "--name", model));
        for (String setting : List.of(
                "tokenizer.kind=characters",
                "model.width=16",
                "model.layers=1",
                "model.context=16",
                "training.steps=" + steps,
                "training.batch=4",
                "training.dropout=0.1",
                "training.evaluateEvery=10",
                "training.checkpointEvery=1")) {
            words.addAll(List.of("--set", setting));
        }
        return words.toArray(String[]::new);
    }

    static List<Path> runs(Athanor athanor) {
        return children(athanor.workspace().resolve("runs"));
    }

    /// The run that trains a model, as soon as it says so.
    static Path runOf(Athanor athanor, Athanor.Running training, String model) {
        List<Path> found = new ArrayList<>();
        await(
                training,
                () -> runs(athanor).stream().anyMatch(run -> {
                    if (says(run.resolve("run.json"), "\"" + model + "\"")) {
                        found.add(run);
                    }
                    return !found.isEmpty();
                }));
        assertThat(found).as("a run for the model %s", model).isNotEmpty();
        return found.getFirst();
    }

    private static boolean says(Path file, String words) {
        try {
            return Files.readString(file).contains(words);
        } catch (NoSuchFileException notYet) {
            return false;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Looks every millisecond until something is so, or the process has ended.
    static void await(Athanor.Running running, BooleanSupplier so) {
        while (running.process().isAlive() && !so.getAsBoolean()) {
            pause(1_000_000);
        }
    }

    static void pause(long nanos) {
        try {
            Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    /// The step of the newest whole checkpoint, 0 where there is none.
    static long newestStep(Path run) {
        return children(run.resolve("checkpoints")).stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> name.startsWith("step-"))
                .mapToLong(name -> Long.parseLong(name.substring("step-".length())))
                .max()
                .orElse(0);
    }

    /// What a folder holds at this moment, while another process changes it.
    static List<Path> children(Path folder) {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted().toList();
        } catch (NoSuchFileException notYet) {
            return List.of();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static byte[] weights(Athanor athanor, String model) throws IOException {
        return Files.readAllBytes(
                athanor.workspace().resolve("models").resolve(model).resolve("model.safetensors"));
    }

    static void nothing_half_written_is_left_in(Path workspace) throws IOException {
        try (Stream<Path> paths = Files.walk(workspace)) {
            assertThat(paths.filter(path -> path.getFileName().toString().startsWith(".tmp-")))
                    .isEmpty();
        }
    }
}
