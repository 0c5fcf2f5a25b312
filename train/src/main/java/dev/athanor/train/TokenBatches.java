package dev.athanor.train;

import dev.athanor.data.Seed;
import dev.athanor.data.text.Special;
import dev.athanor.model.LanguageConfig;
import dev.athanor.model.SampleFormat;
import dev.athanor.model.TextVae;
import dev.athanor.model.Transformer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Batches of texts.
public sealed interface TokenBatches extends Batches<TokenBatch> {

    /// Batches to learn from.
    ///
    /// @throws TrainException where the data is too small for the context
    static TokenBatches training(Corpus corpus, LanguageConfig config, SampleFormat format, Order order) {
        if (format.isMarked()) {
            return new Documents(windows(corpus, config, format), config.context(), order);
        }
        if (corpus.tokens().length < config.context() + 1) {
            throw new TrainException(
                    "the training split has %d tokens and the model's context is %d: at least %d are needed. Give more text, or set model.context to less"
                            .formatted(corpus.tokens().length, config.context(), config.context() + 1));
        }
        return config instanceof Transformer.Config
                ? new Windows(corpus.tokens(), config.context(), order)
                : new Lanes(corpus.tokens(), config.context(), order.rows());
    }

    /// Batches that go over a split once, in order, each token asked for once: for validation.
    static List<TokenBatch> once(Corpus corpus, LanguageConfig config, SampleFormat format, int rows) {
        if (format.isMarked()) {
            return Documents.inOrder(windows(corpus, config, format), config.context(), rows);
        }
        return config instanceof Transformer.Config
                ? Windows.inOrder(corpus.tokens(), config.context(), rows)
                : Lanes.inOrder(corpus.tokens(), config.context(), rows);
    }

    /// @param rows of a batch
    /// @param seed of the order
    record Order(int rows, Seed seed) {}

    private static List<int[]> windows(Corpus corpus, LanguageConfig config, SampleFormat format) {
        Corpus marked = format.fields().isEmpty() ? corpus : withGiven(corpus);
        if (config instanceof TextVae.Config) {
            return Documents.single(marked, config.context());
        }
        return format.arrangement() == SampleFormat.Arrangement.SEPARATE
                ? Documents.separate(marked, config.context())
                : Documents.packed(marked, config.context());
    }

    /// The same with the fields before each text as `~id`: they are given, not asked for, so they cost nothing.
    private static Corpus withGiven(Corpus corpus) {
        int[] tokens = corpus.tokens().clone();
        for (int sample = 0; sample < corpus.samples(); sample++) {
            boolean given = true;
            for (int i = corpus.starts()[sample]; given && i < corpus.starts()[sample + 1]; i++) {
                given = tokens[i] != Special.TEXT.id();
                tokens[i] = ~tokens[i];
            }
        }
        return new Corpus(tokens, corpus.starts(), corpus.characters(), corpus.bytes());
    }

    /// Runs of tokens from random places of one long text.
    record Windows(int[] tokens, int context, Order order) implements TokenBatches {
        @Override
        public TokenBatch batch(long index) {
            RandomGenerator random = order.seed().branch("batch-" + index).random();
            int[] starts = random.ints(order.rows(), 0, tokens.length - context).toArray();
            return cut(tokens, starts, context);
        }

        @Override
        public double perEpoch() {
            return (double) tokens.length / ((long) order.rows() * context);
        }

        static List<TokenBatch> inOrder(int[] tokens, int context, int rows) {
            List<TokenBatch> batches = new ArrayList<>();
            List<Integer> starts = new ArrayList<>();
            for (int start = 0; start < tokens.length - 1; start += context) {
                starts.add(start);
                if (starts.size() == rows || start + context >= tokens.length - 1) {
                    batches.add(cut(tokens, starts.stream().mapToInt(i -> i).toArray(), context));
                    starts.clear();
                }
            }
            return batches;
        }

        private static TokenBatch cut(int[] tokens, int[] starts, int context) {
            int[] inputs = new int[starts.length * context];
            int[] targets = new int[inputs.length];
            int[] lengths = new int[starts.length];
            Arrays.fill(targets, TokenBatch.IGNORED);
            for (int row = 0; row < starts.length; row++) {
                int length = Math.min(context, tokens.length - 1 - starts[row]);
                System.arraycopy(tokens, starts[row], inputs, row * context, length);
                System.arraycopy(tokens, starts[row] + 1, targets, row * context, length);
                lengths[row] = length;
            }
            return new TokenBatch(inputs, targets, lengths, context, true);
        }
    }

    /// One long text as `rows` parallel lanes that are read on and on, for models that carry their state.
    record Lanes(int[] tokens, int context, int rows) implements TokenBatches {
        public Lanes {
            if ((tokens.length - 1) / rows < context) {
                throw new TrainException(
                        "the training split has %d tokens, too few for %d lanes of a context of %d: at least %d are needed. Set training.batch or model.context to less"
                                .formatted(tokens.length, rows, context, (long) rows * context + 1));
            }
        }

        private int steps() {
            return (tokens.length - 1) / rows / context;
        }

        @Override
        public TokenBatch batch(long index) {
            return at((int) (index % steps()), (tokens.length - 1) / rows);
        }

        @Override
        public double perEpoch() {
            return steps();
        }

        /// All lanes, and then the rest of each, so that each token behind the first is asked for once.
        static List<TokenBatch> inOrder(int[] tokens, int context, int wanted) {
            int rows = Math.max(1, Math.min(wanted, (tokens.length - 1) / context));
            int lane = -Math.floorDiv(-(tokens.length - 1), rows);
            List<TokenBatch> batches = new ArrayList<>();
            for (int step = 0; step * context < lane; step++) {
                batches.add(piece(tokens, new int[] {rows, lane, context, step}));
            }
            return batches;
        }

        private TokenBatch at(int step, int lane) {
            return piece(tokens, new int[] {rows, lane, context, step});
        }

        /// @param plan rows, lane, context, step
        private static TokenBatch piece(int[] tokens, int[] plan) {
            int rows = plan[0];
            int lane = plan[1];
            int context = plan[2];
            int from = plan[3] * context;
            int[] inputs = new int[rows * context];
            int[] targets = new int[inputs.length];
            int[] lengths = new int[rows];
            Arrays.fill(targets, TokenBatch.IGNORED);
            for (int row = 0; row < rows; row++) {
                int start = row * lane + from;
                int end = Math.min(Math.min((row + 1) * lane, tokens.length - 1), start + context);
                int length = Math.max(0, end - start);
                if (length > 0) {
                    System.arraycopy(tokens, start, inputs, row * context, length);
                    System.arraycopy(tokens, start + 1, targets, row * context, length);
                }
                lengths[row] = length;
            }
            return new TokenBatch(inputs, targets, lengths, context, from == 0);
        }
    }

    /// Whole samples, packed into windows that are shuffled anew in each epoch.
    ///
    /// @param windows tokens; `~id` for one that is given and not asked for
    record Documents(List<int[]> windows, int context, Order order) implements TokenBatches {
        private static final Seed MIXING = new Seed(0);

        public Documents {
            if (windows.isEmpty()) {
                throw new TrainException("the training split has no samples: give other shares when it is split");
            }
            windows = List.copyOf(windows);
        }

        @Override
        public TokenBatch batch(long index) {
            int rows = order.rows();
            List<int[]> chosen = new ArrayList<>();
            long first = index * rows;
            long epoch = -1;
            int[] permutation = {};
            for (long position = first; position < first + rows; position++) {
                long in = position / windows.size();
                if (in != epoch) {
                    epoch = in;
                    permutation = shuffled(epoch);
                }
                chosen.add(windows.get(permutation[(int) (position % windows.size())]));
            }
            return batch(chosen, context);
        }

        private int[] shuffled(long epoch) {
            return mixed(windows.size(), order.seed().branch("epoch-" + epoch).random());
        }

        /// Fisher and Yates's shuffle of 0 to size - 1.
        private static int[] mixed(int size, RandomGenerator random) {
            int[] permutation = new int[size];
            Arrays.setAll(permutation, i -> i);
            for (int i = size - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swapped = permutation[i];
                permutation[i] = permutation[j];
                permutation[j] = swapped;
            }
            return permutation;
        }

        @Override
        public double perEpoch() {
            return (double) windows.size() / order.rows();
        }

        static List<TokenBatch> inOrder(List<int[]> windows, int context, int rows) {
            List<TokenBatch> batches = new ArrayList<>();
            for (int from = 0; from < windows.size(); from += rows) {
                batches.add(batch(windows.subList(from, Math.min(windows.size(), from + rows)), context));
            }
            return batches;
        }

        /// Samples one behind the other in windows of context + 1 tokens; one that is longer is cut, each piece
        /// but the first beginning with the last token of the piece before, so that every token is asked for.
        ///
        /// The samples are mixed first, always in the same way: neighbours in a source are often alike (several
        /// texts for the same fields), and a model would learn to copy from the one before.
        static List<int[]> packed(Corpus corpus, int context) {
            int room = context + 1;
            List<int[]> windows = new ArrayList<>();
            int[] open = new int[room];
            int used = 0;
            for (int sample : mixed(corpus.samples(), MIXING.random())) {
                int start = corpus.starts()[sample];
                int end = corpus.starts()[sample + 1];
                if (used > 0 && used + Math.min(room, end - start) > room) {
                    windows.add(Arrays.copyOf(open, used));
                    used = 0;
                }
                while (end - start > room) {
                    windows.add(Arrays.copyOfRange(corpus.tokens(), start, start + room));
                    start += context;
                }
                if (used + end - start > room) {
                    windows.add(Arrays.copyOf(open, used));
                    used = 0;
                }
                System.arraycopy(corpus.tokens(), start, open, used, end - start);
                used += end - start;
            }
            if (used > 1) {
                windows.add(Arrays.copyOf(open, used));
            }
            return windows;
        }

        /// Each sample in a window of its own; one that is longer is cut as in [#packed].
        static List<int[]> separate(Corpus corpus, int context) {
            List<int[]> windows = new ArrayList<>();
            for (int sample = 0; sample < corpus.samples(); sample++) {
                int end = corpus.starts()[sample + 1];
                for (int start = corpus.starts()[sample]; start < end - 1; start += context) {
                    windows.add(Arrays.copyOfRange(corpus.tokens(), start, Math.min(end, start + context + 1)));
                }
            }
            return windows;
        }

        /// Each sample alone, cut to its first tokens: a vae encodes a text as one.
        static List<int[]> single(Corpus corpus, int context) {
            List<int[]> windows = new ArrayList<>();
            for (int sample = 0; sample < corpus.samples(); sample++) {
                int start = corpus.starts()[sample];
                int length = Math.min(context, corpus.length(sample));
                if (length > 1) {
                    windows.add(Arrays.copyOfRange(corpus.tokens(), start, start + length));
                }
            }
            return windows;
        }

        private static TokenBatch batch(List<int[]> windows, int context) {
            int longest =
                    windows.stream().mapToInt(window -> window.length - 1).max().orElse(1);
            int columns = Math.min(context, (longest + 7) / 8 * 8); // few shapes, little padding
            int[] inputs = new int[windows.size() * columns];
            int[] targets = new int[inputs.length];
            int[] lengths = new int[windows.size()];
            Arrays.fill(inputs, Special.PAD.id());
            Arrays.fill(targets, TokenBatch.IGNORED);
            for (int row = 0; row < lengths.length; row++) {
                int[] window = windows.get(row);
                lengths[row] = window.length - 1;
                for (int i = 0; i < lengths[row]; i++) {
                    inputs[row * columns + i] = window[i] < 0 ? ~window[i] : window[i];
                    targets[row * columns + i] = window[i + 1] < 0 ? TokenBatch.IGNORED : window[i + 1];
                }
            }
            return new TokenBatch(inputs, targets, lengths, columns, true);
        }
    }
}
