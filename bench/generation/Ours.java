import dev.athanor.generate.Decoder;
import dev.athanor.generate.TransformerDecoder;
import dev.athanor.generate.WeightSource;
import dev.athanor.model.Transformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/// Our side: tokens per second of one sequence with random weights, drawn at temperature 0.8 from the 200 best.
///
/// `Ours small|large TOKENS` prints `tokens_per_second bytes_per_token read_bandwidth`, the last for large: the
/// median of reads in turn with it; `within` is small, and begins anew where the
/// context ends instead of going on past it.
/// `Ours memory` prints the resident set while a small model writes 10,000 texts.
/// `Ours read` prints the bandwidth of two threads summing 440 MB of floats, in GB/s.
final class Ours {
    private static final Transformer.Config SMALL = new Transformer.Config(65, 64, 4, 4, 4, 128, 512, 1e-5, 10_000, true);
    private static final Transformer.Config LARGE =
            new Transformer.Config(32_000, 1024, 12, 12, 12, 768, 2048, 1e-5, 10_000, true);

    private Ours() {}

    static void main(String[] arguments) throws InterruptedException, IOException {
        if (arguments[0].equals("memory")) {
            memory();
            return;
        }
        for (float[] half : HALVES) {
            Arrays.fill(half, 1);
        }
        if (arguments[0].equals("read")) {
            System.out.printf("%.2f%n", read());
            return;
        }
        Transformer.Config config = arguments[0].equals("large") ? LARGE : SMALL;
        int tokens = Integer.parseInt(arguments[1]);
        int length = arguments[0].equals("within") ? config.context() - 1 : tokens;
        SplittableRandom random = new SplittableRandom(1);
        Decoder decoder = new TransformerDecoder(config, weights(random));
        for (int written = 0; written < Math.min(tokens, 3000); written += length) { // warm-up
            write(decoder, config.context(), Math.min(length, 3000), random);
        }
        double seconds = 0;
        int written = 0;
        double[] reads = new double[10];
        for (int part = 0; part < reads.length; part++) {
            if (config == LARGE) {
                reads[part] = read(); // in turn with writing, as a machine's bandwidth wanders
            }
            long start = System.nanoTime();
            for (int goal = tokens * (part + 1) / reads.length; written < goal; ) {
                int count = Math.min(length, goal - written);
                write(decoder, config.context(), count, random);
                written += count;
            }
            seconds += (System.nanoTime() - start) / 1e9;
        }
        Arrays.sort(reads);
        System.out.printf("%.2f %d %.2f%n", written / seconds, config.parameters() * 4, reads[reads.length / 2]);
    }

    private static WeightSource weights(SplittableRandom random) {
        return (_, shape) -> {
            float[] numbers = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = shape.length == 1 ? 1 : (random.nextFloat() - 0.5f) * 0.07f;
            }
            return numbers;
        };
    }

    private static void memory() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        Decoder decoder = new TransformerDecoder(SMALL, weights(random));
        for (int text = 1; text <= 10_000; text++) {
            write(decoder.fork(), SMALL.context(), 20, random);
            if (text % 1000 == 0) {
                String resident = Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("VmRSS"))
                        .findFirst()
                        .orElseThrow();
                System.out.println(text + " texts, " + resident.replaceAll("\\s+", " "));
            }
        }
    }

    private static void write(Decoder decoder, int context, int tokens, SplittableRandom random) {
        decoder.reset();
        int[] written = new int[tokens + 1];
        float[] scores = decoder.accept(written[0]);
        for (int i = 1; i <= tokens; i++) {
            written[i] = draw(scores, random);
            if (decoder.position() == context) {
                decoder.reset();
                scores = decoder.accept(Arrays.copyOfRange(written, i + 1 - context / 2, i + 1));
            } else {
                scores = decoder.accept(written[i]);
            }
        }
    }

    private static int draw(float[] scores, SplittableRandom random) {
        PriorityQueue<Float> best = new PriorityQueue<>();
        float highest = Float.NEGATIVE_INFINITY;
        for (float score : scores) {
            highest = Math.max(highest, score);
            if (best.size() < 200) {
                best.add(score);
            } else if (score > best.peek()) {
                best.poll();
                best.add(score);
            }
        }
        float least = best.peek();
        double sum = 0;
        double[] shares = new double[scores.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = scores[i] < least ? 0 : Math.exp((scores[i] - highest) / 0.8);
            sum += shares[i];
        }
        double left = random.nextDouble() * sum;
        int token = 0;
        while (token < shares.length - 1 && (left -= shares[token]) >= 0) {
            token++;
        }
        return token;
    }

    /// The bandwidth of a plain read by two threads, each its half, in GB/s: vectors of `double` sums over `float`
    /// numbers.
    private static double read() throws InterruptedException {
        double best = 0;
        for (int round = 0; round < 5; round++) {
            long start = System.nanoTime();
            Thread other = new Thread(() -> sum(HALVES[1]));
            other.start();
            sum(HALVES[0]);
            other.join();
            best = Math.max(best, 0.44 / ((System.nanoTime() - start) / 1e9));
        }
        return best;
    }

    private static final float[][] HALVES = new float[2][55_000_000];

    private static volatile double sink;

    private static void sum(float[] numbers) {
        double[] sums = new double[512];
        for (int at = 0; at + 512 <= numbers.length; at += 512) {
            add(sums, numbers, at);
        }
        sink = sums[7];
    }

    private static void add(double[] sums, float[] numbers, int at) {
        for (int i = 0; i < 512; i++) {
            sums[i] += numbers[at + i];
        }
    }
}
