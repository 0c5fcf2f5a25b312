import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.Deduplicator;
import dev.athanor.data.Keep;
import dev.athanor.data.ImportOptions;
import dev.athanor.data.Importer;
import dev.athanor.data.Split;
import dev.athanor.data.SplitPlan;
import dev.athanor.data.Workspace;
import dev.athanor.data.duplicate.EqualOnly;
import dev.athanor.data.duplicate.Likeness;
import dev.athanor.data.duplicate.TextLikeness;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `Ours import WORKSPACE FILE` takes the texts in; `Ours exact|minhash WORKSPACE MEGABYTES` reads them, drops
/// duplicates and writes the next version, once, in a virtual machine that has just started: it prints MB/s and
/// how many texts stay.
public final class Ours {
    void main(String[] arguments) {
        Datasets datasets = new Datasets(Workspace.open(Path.of(arguments[1])));
        if (arguments[0].equals("import")) {
            Importer.run(
                    datasets,
                    ImportOptions.of("texts").withPlan(new SplitPlan.Given()),
                    List.of(Path.of(arguments[2])));
            return;
        }
        Dataset texts = datasets.open("texts@1");
        Likeness likeness = arguments[0].equals("exact")
                ? new EqualOnly()
                : new TextLikeness(TextLikeness.Settings.USUAL);
        long start = System.nanoTime();
        Dataset written = Deduplicator.run(
                        datasets,
                        texts,
                        new Deduplicator.Plan(likeness, new Keep.First(), Optional.empty()))
                .written()
                .orElseThrow();
        double seconds = (System.nanoTime() - start) / 1e9;
        double megabytes = Double.parseDouble(arguments[2]);
        IO.println(String.format(Locale.ROOT, "%.3f %d", megabytes / seconds, written.count(Split.TRAIN)));
        datasets.delete(written.reference());
    }
}
