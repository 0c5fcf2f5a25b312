package dev.athanor.train;

import dev.athanor.data.DataException;
import dev.athanor.data.Durable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The folder of one run: `recipe.yaml`, `run.json`, `metrics.jsonl`, a TensorBoard event file, `checkpoints/`. One
/// process at a time writes into it.
public final class RunLog implements AutoCloseable {
    static final String RECIPE = "recipe.yaml";
    static final String METRICS = "metrics.jsonl";
    static final String RUNNING = "running";
    private static final String LOCK = ".lock";
    public static final String RUN = "run.json";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final FileChannel lockFile;
    private final Writer metrics;
    private final EventFile events;

    private RunLog(Path folder, FileChannel lockFile, Writer metrics, EventFile events) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.metrics = metrics;
        this.events = events;
    }

    /// A new run with a name of its own.
    static RunLog create(Path runs, Recipe recipe, ObjectNode about, Instant now) {
        for (int n = 1; ; n++) {
            Path folder = runs.resolve(STAMP.format(now) + "-" + recipe.name() + (n == 1 ? "" : "-" + n));
            try {
                Files.createDirectory(folder); // fails where another start took the name
                return begin(folder, recipe, about, now);
            } catch (FileAlreadyExistsException taken) {
                continue;
            } catch (IOException failed) {
                throw Durable.refusal(folder, failed);
            }
        }
    }

    private static RunLog begin(Path folder, Recipe recipe, ObjectNode about, Instant now) {
        try {
            Durable.file(folder.resolve(RECIPE), RecipeFile.write(recipe));
            Durable.file(folder.resolve(RUN), about.toPrettyString());
            return open(folder, Long.MAX_VALUE, now);
        } catch (DataException refused) {
            Durable.remove(folder);
            throw refused;
        }
    }

    /// An existing run, its metrics cut back to those up to a step.
    static RunLog open(Path folder, long upToStep, Instant now) {
        FileChannel lockFile = lock(folder.resolve(LOCK), "the run " + folder.getFileName());
        try {
            Path file = folder.resolve(METRICS);
            if (Files.exists(file) && upToStep < Long.MAX_VALUE) {
                List<String> kept = lines(file).stream()
                        .filter(line -> line.path("step").asLong() <= upToStep)
                        .map(JsonNode::toString)
                        .toList();
                Durable.file(file, kept.isEmpty() ? "" : String.join("\n", kept) + "\n");
            }
            Writer metrics = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return new RunLog(folder, lockFile, metrics, EventFile.create(folder, now));
        } catch (IOException failed) {
            throw Durable.refusal(folder, failed);
        }
    }

    /// Takes a name for this process until the channel is closed.
    static FileChannel lock(Path file, String what) {
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException inThisProcess) {
                lock = null;
            }
            if (lock == null) {
                channel.close();
                throw new TrainException(
                        "%s is being trained by another process: wait for it, or choose another name with --name"
                                .formatted(what));
            }
            return channel;
        } catch (IOException failed) {
            throw Durable.refusal(file, failed);
        }
    }

    public Path folder() {
        return folder;
    }

    public String id() {
        return folder.getFileName().toString();
    }

    /// Writes numbers of one step to both logs.
    void log(long step, Map<String, Double> numbers, Instant now) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("step", step);
        line.put("time", now.toString());
        new TreeMap<>(numbers).forEach((name, value) -> {
            if (Double.isFinite(value)) {
                line.put(name, value);
            } else {
                line.put(name, String.valueOf(value)); // JSON has no NaN
            }
        });
        try {
            metrics.write(line + "\n");
            metrics.flush();
            for (Map.Entry<String, Double> number : new TreeMap<>(numbers).entrySet()) {
                events.scalar(number.getKey(), number.getValue(), step, now);
            }
        } catch (IOException failed) {
            throw resumable(Durable.refusal(folder.resolve(METRICS), failed));
        }
    }

    /// Removes the run where no step of it was done: there is nothing to look at and nothing to go on from.
    void removeUnlessBegun() {
        if (lines(folder.resolve(METRICS)).isEmpty()) {
            Durable.remove(folder);
        }
    }

    /// What ends a run that can go on later: why, and the command to go on with.
    TrainException resumable(DataException why) {
        return new TrainException(
                "%s. Go on from the last checkpoint with: athanor train --resume %s".formatted(why.getMessage(), id()),
                why);
    }

    /// Changes what `run.json` says.
    void about(Map<String, String> words) {
        ObjectNode about = about(folder);
        words.forEach(about::put);
        Durable.file(folder.resolve(RUN), about.toPrettyString());
    }

    /// What `run.json` of a run says.
    public static ObjectNode about(Path folder) {
        Path file = folder.resolve(RUN);
        try {
            return JsonMapper.shared().readerFor(ObjectNode.class).readValue(Files.readString(file));
        } catch (IOException | JacksonException broken) {
            throw new TrainException(
                    "%s cannot be read: %s. Restore it from a backup, or delete the folder of the run"
                            .formatted(file, broken.getMessage()),
                    broken);
        }
    }

    /// The state of a run in a word. One that says `running` and that no process holds was killed: it is `stopped`.
    ///
    /// Not for the process that trains: closing the lock's file here would give up its lock.
    public static String state(Path folder) {
        String state = about(folder).path("state").asString("");
        return state.equals(RUNNING) && !isHeld(folder.resolve(LOCK)) ? "stopped" : state;
    }

    private static boolean isHeld(Path file) {
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null;
        } catch (OverlappingFileLockException inThisProcess) {
            return true;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /// The metrics of a run, a line each; a last line that a crash cut off is left out.
    public static List<JsonNode> lines(Path metrics) {
        if (!Files.exists(metrics)) {
            return List.of();
        }
        try {
            List<String> lines = Files.readAllLines(metrics);
            List<JsonNode> read = new java.util.ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                try {
                    read.add(JsonMapper.shared().readTree(lines.get(i)));
                } catch (JacksonException cut) {
                    if (i < lines.size() - 1) {
                        throw new TrainException(
                                "%s line %d is not JSON: %s".formatted(metrics, i + 1, cut.getOriginalMessage()), cut);
                    }
                }
            }
            return read;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        try (lockFile;
                metrics;
                events) {
            metrics.flush();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
