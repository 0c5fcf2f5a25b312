import dev.athanor.data.Seed;
import dev.athanor.data.label.Ballots;
import dev.athanor.data.label.ConfidentLearning;
import dev.athanor.data.label.CrossValidation;
import dev.athanor.data.label.LabelModel;
import dev.athanor.data.label.LabelModel.Prior;
import dev.athanor.data.label.TextClassifier;
import dev.athanor.data.label.TextFeatures;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// What labels are worth: how good a classifier gets for the labels spent, asked in the order of doubt and by chance,
/// and how many planted label errors are found.
///
///     java Labels.java spend train.jsonl test.jsonl LABEL chart.svg
///     java Labels.java errors train.jsonl LABEL probabilities
public final class Labels {
    private static final int FIRST_PERCENT = 10;
    private static final int LAST_PERCENT = 50;
    private static final long[] SEEDS = {1, 2, 3};

    private record Texts(List<TextFeatures> features, int[] labels) {
        TextClassifier.Examples some(List<Integer> which, int kinds) {
            return new TextClassifier.Examples(
                    which.stream().map(features::get).toList(),
                    which.stream().mapToInt(i -> labels[i]).toArray(),
                    kinds);
        }
    }

    private final Map<String, Integer> numbers = new TreeMap<>();

    public static void main(String[] arguments) throws IOException {
        Labels labels = new Labels();
        switch (arguments[0]) {
            case "spend" -> labels.spend(arguments);
            case "errors" -> labels.errors(arguments);
            case "votes" -> votes();
            default -> throw new IllegalArgumentException("expected spend, errors or votes, not " + arguments[0]);
        }
    }

    private Texts read(String file, String field) throws IOException {
        List<TextFeatures> features = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        var json = tools.jackson.databind.json.JsonMapper.shared();
        for (String line : Files.readAllLines(Path.of(file))) {
            var sample = json.readTree(line);
            features.add(TextFeatures.of(sample.path("text").asString()));
            labels.add(numbers.computeIfAbsent(sample.path(field).asString(), _ -> numbers.size()));
        }
        return new Texts(features, labels.stream().mapToInt(Integer::intValue).toArray());
    }

    // -------------------------------------------------------------------------------------------- labels spent

    private void spend(String[] arguments) throws IOException {
        Texts train = read(arguments[1], arguments[3]);
        Texts test = read(arguments[2], arguments[3]);
        int all = train.labels().length;
        TextClassifier.Examples everything =
                train.some(IntStream.range(0, all).boxed().toList(), numbers.size());
        double best = accuracy(TextClassifier.train(everything, new Seed(1)), test);
        System.out.printf(Locale.ROOT, "all %d labels: accuracy %.4f%n", all, best);
        Map<Integer, double[]> byDoubt = new TreeMap<>();
        Map<Integer, double[]> byChance = new TreeMap<>();
        for (int run = 0; run < SEEDS.length; run++) {
            spend(train, test, run, byDoubt);
            spendByChance(train, test, run, byChance);
        }
        System.out.println("labels  in order of doubt  by chance   (mean of " + SEEDS.length + " starts)");
        byDoubt.forEach((spent, runs) -> System.out.printf(
                Locale.ROOT, "%6d  %17.4f  %9.4f%n", spent, mean(runs), mean(byChance.get(spent))));
        Files.writeString(Path.of(arguments[4]), chart(byDoubt, byChance, best, all));
    }

    private static List<Integer> shuffled(int all, long seed) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, all).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        return order;
    }

    /// As the queue does: learn, ask about a tenth more of what is known, in the order of doubt, learn anew.
    private void spend(Texts train, Texts test, int run, Map<Integer, double[]> into) {
        int all = train.labels().length;
        List<Integer> order = shuffled(all, SEEDS[run]);
        List<Integer> known = new ArrayList<>(order.subList(0, all * FIRST_PERCENT / 100));
        List<Integer> open = new ArrayList<>(order.subList(known.size(), all));
        while (true) {
            TextClassifier classifier = TextClassifier.train(train.some(known, numbers.size()), new Seed(1));
            into.computeIfAbsent(known.size(), _ -> new double[SEEDS.length])[run] = accuracy(classifier, test);
            int more = known.size() / 10;
            if (known.size() + more > all * LAST_PERCENT / 100) {
                return;
            }
            float[] margins = new float[all];
            open.parallelStream()
                    .forEach(i -> margins[i] = TextClassifier.margin(
                            classifier.chances(train.features().get(i))));
            open.sort(Comparator.comparingDouble(i -> margins[i]));
            known.addAll(open.subList(0, more));
            open.subList(0, more).clear();
        }
    }

    private void spendByChance(Texts train, Texts test, int run, Map<Integer, double[]> into) {
        int all = train.labels().length;
        List<Integer> order = shuffled(all, SEEDS[run]);
        for (int spent = all * FIRST_PERCENT / 100; spent <= all * LAST_PERCENT / 100; spent += spent / 10) {
            TextClassifier classifier =
                    TextClassifier.train(train.some(order.subList(0, spent), numbers.size()), new Seed(1));
            into.computeIfAbsent(spent, _ -> new double[SEEDS.length])[run] = accuracy(classifier, test);
        }
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double accuracy(TextClassifier classifier, Texts test) {
        long right = IntStream.range(0, test.labels().length)
                .parallel()
                .filter(i -> TextClassifier.likeliest(classifier.chances(test.features().get(i))) == test.labels()[i])
                .count();
        return (double) right / test.labels().length;
    }

    // ------------------------------------------------------------------------------------------------- the chart

    private static String chart(Map<Integer, double[]> byDoubt, Map<Integer, double[]> byChance, double best, int all) {
        StringBuilder svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" font-family="sans-serif" font-size="13">
                <rect width="640" height="360" fill="#ffffff"/>
                """);
        for (int percent = 70; percent <= 95; percent += 5) {
            double y = y(percent / 100.0);
            svg.append(String.format(Locale.ROOT, """
                    <line x1="60" x2="620" y1="%.1f" y2="%.1f" stroke="#dddddd"/>
                    <text x="52" y="%.1f" text-anchor="end">%d %%</text>
                    """, y, y, y + 4, percent));
        }
        for (int percent = FIRST_PERCENT; percent <= LAST_PERCENT; percent += 10) {
            svg.append(String.format(Locale.ROOT, """
                    <text x="%.1f" y="318" text-anchor="middle">%d %%</text>
                    """, x(all * percent / 100, all), percent));
        }
        svg.append(String.format(Locale.ROOT, """
                <text x="340" y="344" text-anchor="middle">labels spent, of %,d</text>
                <text x="60" y="24">accuracy on the test split</text>
                <line x1="60" x2="620" y1="%.1f" y2="%.1f" stroke="#888888" stroke-dasharray="5 4"/>
                <text x="616" y="%.1f" text-anchor="end" fill="#555555">all labels: %.1f %%</text>
                """, all, y(best), y(best), y(best) - 6, 100 * best));
        line(svg, byDoubt, all, "#b3541e", "in order of doubt", -10);
        line(svg, byChance, all, "#2f6f8f", "by chance", 20);
        return svg.append("</svg>\n").toString();
    }

    private static void line(
            StringBuilder svg, Map<Integer, double[]> points, int all, String color, String name, int above) {
        StringBuilder path = new StringBuilder();
        points.forEach((spent, runs) ->
                path.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(spent, all), y(mean(runs)))));
        double[] middle = points.values().stream().skip(points.size() / 2).findFirst().orElseThrow();
        int spent = points.keySet().stream().skip(points.size() / 2).findFirst().orElseThrow();
        svg.append(String.format(Locale.ROOT, """
                <polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>
                <text x="%.1f" y="%.1f" fill="%s" text-anchor="%s">%s</text>
                """,
                path.toString().strip(),
                color,
                x(spent, all),
                y(mean(middle)) + above,
                color,
                above < 0 ? "end" : "start",
                name));
    }

    private static double x(int spent, int all) {
        double share = (double) spent / all;
        return 60 + 560 * (share - FIRST_PERCENT / 100.0) / ((LAST_PERCENT - FIRST_PERCENT) / 100.0);
    }

    private static double y(double accuracy) {
        return 300 - 260 * (accuracy - 0.70) / 0.25;
    }

    // ------------------------------------------------------------------------------------------- planted errors

    private void errors(String[] arguments) throws IOException {
        Texts texts = read(arguments[1], arguments[2]);
        int all = texts.labels().length;
        for (int percent : new int[] {10, 30}) {
            SplittableRandom random = new SplittableRandom(7);
            int[] given = texts.labels().clone();
            for (int i = 0; i < all; i++) {
                if (random.nextInt(100) < percent) {
                    given[i] = (given[i] + random.nextInt(1, numbers.size())) % numbers.size();
                }
            }
            long start = System.nanoTime();
            float[][] chances = CrossValidation.chances(
                    new TextClassifier.Examples(texts.features(), given, numbers.size()), new Seed(1));
            List<ConfidentLearning.Suspect> suspects = ConfidentLearning.suspects(chances, given);
            double seconds = (System.nanoTime() - start) / 1e9;
            tell(percent, suspects, given, texts.labels());
            System.out.printf(Locale.ROOT, "    in %.0f s%n", seconds);
            write(Path.of(arguments[3] + percent), chances, given, texts.labels());
        }
    }

    private static void tell(int percent, List<ConfidentLearning.Suspect> suspects, int[] given, int[] truth) {
        long planted = IntStream.range(0, given.length).filter(i -> given[i] != truth[i]).count();
        long found = suspects.stream().filter(one -> given[one.sample()] != truth[one.sample()]).count();
        long righted = suspects.stream().filter(one -> given[one.sample()] != truth[one.sample()])
                .filter(one -> one.likely() == truth[one.sample()])
                .count();
        System.out.printf(
                Locale.ROOT,
                "%d %% planted: ours suspects %d, of %d planted %d (recall %.3f, precision %.3f); of those %d get their true label back%n",
                percent,
                suspects.size(),
                planted,
                found,
                (double) found / planted,
                (double) found / suspects.size(),
                righted);
    }

    /// For the peer: given label, true label, the chance of each.
    private static void write(Path file, float[][] chances, int[] given, int[] truth) throws IOException {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
            for (int i = 0; i < given.length; i++) {
                StringBuilder line = new StringBuilder().append(given[i]).append(' ').append(truth[i]);
                for (float chance : chances[i]) {
                    line.append(' ').append(chance);
                }
                out.println(line);
            }
        }
    }

    // ------------------------------------------------------------------------------------------------ noisy votes

    /// Eight voters of four labels, each says nothing half of the time; `noise` of all votes are wrong, of the best
    /// voter a fifth as many, of the worst 1.8 times as many. Where several labels lead, each counts for its share.
    private static void votes() {
        for (double noise : new double[] {0.1, 0.3}) {
            double byModel = 0;
            double byMajority = 0;
            int samples = 20_000;
            SplittableRandom random = new SplittableRandom(1);
            int[] truth = random.ints(samples, 0, 4).toArray();
            int[][] votes = new int[samples][8];
            Ballots ballots = new Ballots(8);
            for (int i = 0; i < samples; i++) {
                for (int voter = 0; voter < 8; voter++) {
                    boolean errs = random.nextDouble() < noise * (0.2 + 1.6 * voter / 7);
                    int vote = errs ? (truth[i] + random.nextInt(1, 4)) % 4 : truth[i];
                    votes[i][voter] = random.nextBoolean() ? vote : Ballots.ABSTAINS;
                }
                ballots.add(votes[i]);
            }
            double[] equal = {0.25, 0.25, 0.25, 0.25};
            LabelModel model = LabelModel.fit(ballots, Prior.of(equal, Prior.BalanceIs.KNOWN));
            for (int i = 0; i < samples; i++) {
                byModel += credit(model.chances(votes[i]), truth[i]);
                double[] counts = new double[4];
                Arrays.stream(votes[i]).filter(vote -> vote != Ballots.ABSTAINS).forEach(vote -> counts[vote]++);
                byMajority += credit(counts, truth[i]);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%.0f %% of votes wrong: of %d labels the model recovers %.2f %%, a majority vote %.2f %%%n",
                    100 * noise,
                    samples,
                    100 * byModel / samples,
                    100 * byMajority / samples);
        }
    }

    private static double credit(double[] scores, int truth) {
        double highest = Arrays.stream(scores).max().orElseThrow();
        return scores[truth] < highest - 1e-12
                ? 0
                : 1.0 / Arrays.stream(scores).filter(score -> score > highest - 1e-12).count();
    }
}
