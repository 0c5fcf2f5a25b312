import dev.athanor.data.Kind;
import dev.athanor.data.Sample;
import dev.athanor.data.clean.CleaningReport;
import dev.athanor.data.clean.Passing;
import dev.athanor.data.clean.Round;
import dev.athanor.data.clean.Rounds;
import dev.athanor.data.clean.Salt;
import dev.athanor.data.clean.Step;
import dev.athanor.data.clean.StepFile;
import dev.athanor.data.clean.Surroundings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Cleans the documents of a text on one thread and prints MB/s, how many are kept, and MB for each second of the
/// processor: the fastest of five passes.
public final class Ours {
    private static final String STEPS =
            "steps: [repetition, quality, fineweb, personal: {kinds: [email, ip], mark: plain}]";

    private Ours() {}

    public static void main(String[] arguments) throws IOException {
        String text = Files.readString(Path.of(arguments[0]));
        List<String> documents = List.of(text.strip().split("\n\n+"));
        double megabytes = text.getBytes(StandardCharsets.UTF_8).length / 1e6;
        Path file = Files.createTempFile("steps", ".yaml");
        Files.writeString(file, STEPS);
        List<Step> steps = StepFile.read(file.toString());
        Files.delete(file);
        double best = 0;
        double bestOfProcessor = 0;
        long kept = 0;
        for (int pass = 0; pass < 5; pass++) {
            long processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long start = System.nanoTime();
            kept = clean(documents, steps);
            best = Math.max(best, megabytes / (System.nanoTime() - start) * 1e9);
            long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - processor;
            bestOfProcessor = Math.max(bestOfProcessor, megabytes / used * 1e9);
        }
        System.out.printf("%.3f %d %.3f%n", best, kept, bestOfProcessor);
    }

    /// On this thread, as one of those does that a pipeline has.
    private static long clean(List<String> documents, List<Step> steps) {
        Surroundings around = new Surroundings(Kind.TEXT, "", new Salt("0f".repeat(32)));
        Round round = new Rounds(steps, around, System::nanoTime).open(0);
        List<Passing> samples = new ArrayList<>();
        for (String document : documents) {
            samples.add(Passing.first(samples.size(), new Sample("", document, new LinkedHashMap<>(), "")));
        }
        return round.treat(samples, new CleaningReport(steps).enough()).left().size();
    }
}
