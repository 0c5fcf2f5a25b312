import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.ImportOptions;
import dev.athanor.data.Importer;
import dev.athanor.data.Workspace;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.train.Recipe;
import dev.athanor.train.RecipeFile;
import dev.athanor.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// `Memory <recipe> <empty folder>`: the resident set at some steps of a training of 20,000.
public final class Memory {
    private static final List<Long> SHOWN = List.of(2_000L, 5_000L, 10_000L, 15_000L, 20_000L);

    void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        Workspace workspace = Workspace.open(folder);
        StringBuilder text = new StringBuilder("text\n");
        for (int i = 0; i < 2_000; i++) {
            text.append("the cup number ").append(i).append(i % 3 == 0 ? " is blue\n" : " is green\n");
        }
        Path file = Files.writeString(folder.resolve("cups.csv"), text);
        Dataset dataset = Importer.run(new Datasets(workspace), ImportOptions.of("cups"), List.of(file));
        List<String> settings = new ArrayList<>(List.of(
                "training.steps=20000",
                "training.batch=4",
                "training.evaluateEvery=500",
                "training.evaluationBatches=4",
                "training.patience=0",
                "model.width=16",
                "model.context=32",
                "tokenizer.kind=characters"));
        settings.addAll(
                arguments[0].endsWith("vae")
                        ? List.of("model.embedding=16", "model.latent=4")
                        : List.of("model.layers=2"));
        Recipe recipe = RecipeFile.read(arguments[0], settings);
        TreeMap<Long, Long> resident = new TreeMap<>();
        Trainer.Watch watch = new Trainer.Watch(
                _ -> {},
                progress -> {
                    if (SHOWN.contains(progress.step())) {
                        resident.put(progress.step(), residentKilobytes());
                        IO.println("%s: %,d KB after %,d steps"
                                .formatted(arguments[0], resident.get(progress.step()), progress.step()));
                    }
                },
                () -> false);
        new Trainer(workspace, Engine.start(Device.CPU), InstantSource.system()).train(recipe, dataset, "m", watch);
        double growth = (double) resident.get(20_000L) / resident.get(10_000L);
        IO.println("%s: %.3f times what it was at 10,000".formatted(arguments[0], growth));
        Runtime.getRuntime().exit(growth > 1.02 ? 1 : 0);
    }

    private static long residentKilobytes() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
