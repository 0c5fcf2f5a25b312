import dev.athanor.data.Cleaner;
import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.Deduplicator;
import dev.athanor.data.Engine;
import dev.athanor.data.ImportOptions;
import dev.athanor.data.Importer;
import dev.athanor.data.Keep;
import dev.athanor.data.Processors;
import dev.athanor.data.Workspace;
import dev.athanor.data.clean.StepFile;
import dev.athanor.data.duplicate.TextLikeness;
import dev.athanor.scale.Cluster;
import dev.athanor.scale.FlinkEngine;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// `make WORKSPACE ROWS`: imports so many made-up letters, a tenth of them nearly twice.
/// `time WORKSPACE local|HOST:PORT`: cleans (steps `private`) and searches for duplicates; prints the seconds of
/// both and a number for what came out, which must be the same everywhere.
public final class Scaling {
    private static final String[] WORDS =
            "tea cup shop order parcel green black river mail please thanks kettle price week monday two three send".split(" ");

    public static void main(String[] args) throws IOException {
        Datasets datasets = new Datasets(Workspace.open(Path.of(args[1])));
        if (args[0].equals("make")) {
            Importer.run(datasets, ImportOptions.of("letters"), List.of(letters(Path.of(args[1]), Integer.parseInt(args[2]))));
            return;
        }
        Dataset dataset = datasets.open("letters@1");
        Engine engine = args[2].equals("local") ? Processors.all() : new FlinkEngine(Cluster.Session.parse(args[2]));
        long start = System.nanoTime();
        Dataset clean = Cleaner.run(datasets, dataset, StepFile.read("private"), engine);
        double cleaning = (System.nanoTime() - start) / 1e9;
        start = System.nanoTime();
        Deduplicator.Plan plan = new Deduplicator.Plan(
                new TextLikeness(TextLikeness.Settings.USUAL), new Keep.First(), Optional.empty());
        Dataset single = Deduplicator.run(datasets, dataset, plan, engine).written().orElseThrow();
        double searching = (System.nanoTime() - start) / 1e9;
        System.out.printf("%.3f %.3f %s%n", cleaning, searching, clean.fingerprint() + single.fingerprint());
        System.exit(0);
    }

    private static Path letters(Path folder, int rows) throws IOException {
        Path file = folder.resolve("letters.csv");
        SplittableRandom random = new SplittableRandom(1);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("text\n");
            String before = "";
            for (int i = 0; i < rows; i++) {
                StringBuilder text = new StringBuilder(random.nextInt(10) == 0 ? before : "");
                for (int w = text.isEmpty() ? 80 : 3; w > 0; w--) {
                    text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(200)).append(' ');
                }
                before = text.toString();
                out.write(before + "write to li" + i + "@example.org\n");
            }
        }
        return file;
    }
}
