package dev.athanor.train;

import dev.athanor.data.Durable;
import dev.athanor.data.Hashes;
import dev.athanor.torch.Weights;
import dev.athanor.torch.WeightsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Everything a run continues from: `checkpoints/step-N/` with `state.safetensors` (weights, moments of the
/// optimizer, average, best weights, random state, carried state) and `progress.json`.
final class Checkpoint {
    private static final String FOLDER = "checkpoints";
    private static final String STATE = "state.safetensors";
    private static final String PROGRESS = "progress.json";
    private static final int KEPT = 2;

    private Checkpoint() {}

    /// The numbers beside the tensors.
    ///
    /// @param step steps done; the position in the data follows from it
    /// @param nanos time in training so far
    /// @param best the lowest validation loss so far, infinite before the first
    /// @param bestStep where it was
    /// @param looksWithoutGain of the validation split, for early stopping
    record State(long step, long nanos, double best, long bestStep, int looksWithoutGain) {}

    /// Writes a checkpoint whole or not at all, then removes those that are no longer needed.
    static void write(Path run, State state, SequencedMap<String, Tensor> tensors) {
        Path folder = run.resolve(FOLDER).resolve("step-" + state.step());
        if (!Files.exists(folder)) {
            Durable.folder(folder, temporary -> {
                Weights.write(temporary.resolve(STATE), tensors);
                ObjectNode json = JsonNodeFactory.instance.objectNode();
                json.put("step", state.step());
                json.put("nanos", state.nanos());
                json.put("best", Double.toString(state.best()));
                json.put("bestStep", state.bestStep());
                json.put("looksWithoutGain", state.looksWithoutGain());
                json.put("sha256", Hashes.sha256(json.toString()));
                Files.writeString(temporary.resolve(PROGRESS), json.toPrettyString());
            });
        }
        List<Path> all = list(run);
        all.subList(0, Math.max(0, all.size() - KEPT)).forEach(Durable::remove);
    }

    /// The checkpoints of a run, oldest first.
    static List<Path> list(Path run) {
        Path folder = run.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        Durable.sweep(folder);
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(path -> !Durable.isTemporary(path))
                    .sorted(Comparator.comparingLong(Checkpoint::step))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static long step(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().substring("step-".length()));
    }

    /// Reads the newest checkpoint of a run into tensors of the same names and shapes.
    ///
    /// @throws TrainException where there is none, or it is damaged: it is not passed over in silence
    static State read(Path run, SequencedMap<String, Tensor> into) {
        List<Path> all = list(run);
        if (all.isEmpty()) {
            throw new TrainException(
                    "%s has no checkpoint to resume from: it stopped before its first. Start the training anew"
                            .formatted(run.getFileName()));
        }
        Path newest = all.getLast();
        try {
            Weights.read(List.of(newest.resolve(STATE)), into);
            return progress(newest);
        } catch (WeightsException | JacksonException | IOException damaged) {
            throw new TrainException(
                    "the checkpoint %s is damaged: %s. %s"
                            .formatted(
                                    newest,
                                    damaged.getMessage(),
                                    all.size() > 1
                                            ? "Delete its folder to resume from %s instead"
                                                    .formatted(all.get(all.size() - 2)
                                                            .getFileName())
                                            : "There is no older one: start the training anew"),
                    damaged);
        }
    }

    private static State progress(Path checkpoint) throws IOException {
        JsonNode json = JsonMapper.shared().readTree(Files.readString(checkpoint.resolve(PROGRESS)));
        if (!(json instanceof ObjectNode object)) {
            throw new IOException(PROGRESS + " is not a JSON object");
        }
        String sha256 = object.path("sha256").asString("");
        object.remove("sha256");
        if (!Hashes.sha256(object.toString()).equals(sha256)) {
            throw new IOException(PROGRESS + " does not match its sha-256");
        }
        return new State(
                object.path("step").asLong(),
                object.path("nanos").asLong(),
                Double.parseDouble(object.path("best").asString()),
                object.path("bestStep").asLong(),
                object.path("looksWithoutGain").asInt());
    }
}
