import dev.athanor.generate.Decoder;
import dev.athanor.generate.TransformerDecoder;
import dev.athanor.generate.WeightSource;
import dev.athanor.model.Transformer;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Our side: tokens per second of one sequence with random weights, drawn at temperature 0.8 from the 200 best.
///
/// `Ours small|large TOKENS` prints `tokens_per_second bytes_per_token`.
/// `Ours read` prints the bandwidth of two threads summing 440 MB of floats, in GB/s.
final class Ours {
    private static final Transformer.Config SMALL = new Transformer.Config(65, 64, 4, 4, 4, 128, 512, 1e-5, 10_000, true);
    private static final Transformer.Config LARGE =
            new Transformer.Config(32_000, 1024, 12, 12, 12, 768, 2048, 1e-5, 10_000, true);

    private Ours() {}

    static void main(String[] arguments) throws InterruptedException {
        if (arguments[0].equals("read")) {
            System.out.printf("%.2f%n", read());
            return;
        }
        Transformer.Config config = arguments[0].equals("small") ? SMALL : LARGE;
        int tokens = Integer.parseInt(arguments[1]);
        SplittableRandom random = new SplittableRandom(1);
        WeightSource weights = (_, shape) -> {
            float[] numbers = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = shape.length == 1 ? 1 : (random.nextFloat() - 0.5f) * 0.07f;
            }
            return numbers;
        };
        Decoder decoder = new TransformerDecoder(config, weights);
        write(decoder, config.context(), Math.min(tokens, 200), random); // warm-up
        long start = System.nanoTime();
        write(decoder, config.context(), tokens, random);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%.2f %d%n", tokens / seconds, config.parameters() * 4);
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
        float[] sorted = scores.clone();
        Arrays.sort(sorted);
        float least = sorted[Math.max(0, sorted.length - 200)];
        float highest = sorted[sorted.length - 1];
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

    /// A plain read by two threads, each its half, as fast as vector instructions go: `double` sums over `float` numbers.
    private static double read() throws InterruptedException {
        float[][] halves = new float[2][55_000_000];
        for (float[] half : halves) {
            Arrays.fill(half, 1);
        }
        double best = 0;
        for (int round = 0; round < 12; round++) {
            long start = System.nanoTime();
            Thread other = new Thread(() -> sum(halves[1]));
            other.start();
            sum(halves[0]);
            other.join();
            best = Math.max(best, 0.44 / ((System.nanoTime() - start) / 1e9));
        }
        return best;
    }

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
