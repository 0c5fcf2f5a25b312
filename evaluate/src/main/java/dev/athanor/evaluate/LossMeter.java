package dev.athanor.evaluate;

import dev.athanor.data.Sample;
import dev.athanor.data.Seed;
import dev.athanor.data.text.Special;
import dev.athanor.data.text.Tokenizer;
import dev.athanor.evaluate.HeldOutLoss.Exactness;
import dev.athanor.model.Gru;
import dev.athanor.model.LanguageModel;
import dev.athanor.model.Lstm;
import dev.athanor.model.SampleFormat;
import dev.athanor.model.SampleFormat.Arrangement;
import dev.athanor.model.TextVae;
import dev.athanor.model.Transformer;
import dev.athanor.torch.Losses;
import dev.athanor.torch.Tensors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Measures a [HeldOutLoss]. The samples are read once and not kept, and how many windows go through the model together
/// changes nothing but the last digits.
///
/// @param model on the device where it shall compute
/// @param rows how many windows go through the model at once, at most
public record LossMeter(LanguageModel model, Tokenizer tokenizer, SampleFormat format, int rows) {
    private static final int IGNORED = -100;

    /// Tokens of a recurrent model's reading step; its result does not depend on it.
    private static final int PIECE = 512;

    /// Scores that are held at once, at most: 256 MB of float32.
    private static final long MOST_SCORES = 1L << 26;

    public LossMeter {
        if (rows < 1) {
            throw new IllegalArgumentException("%d rows at once: give 1 or more, usually 32".formatted(rows));
        }
    }

    /// @throws IllegalArgumentException where the samples have no token to ask for
    public HeldOutLoss measure(Stream<Sample> samples) {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            model.module().eval();
            Tally tally = new Tally();
            Reading reading = reading(tally);
            Iterator<Sample> iterator = samples.iterator();
            while (iterator.hasNext()) {
                Sample sample = iterator.next();
                tally.samples++;
                tally.characters += sample.text().codePointCount(0, sample.text().length());
                tally.bytes += sample.text().getBytes(StandardCharsets.UTF_8).length;
                reading.take(sample);
            }
            reading.finish();
            if (tally.tokens == 0) {
                throw new IllegalArgumentException(
                        "the split has %d samples and no token to measure the loss on: choose another split, or split the dataset with other shares"
                                .formatted(tally.samples));
            }
            return tally.result(model);
        }
    }

    private Reading reading(Tally tally) {
        boolean stream = format.arrangement() == Arrangement.STREAM;
        return switch (model) {
            case TextVae vae -> new Encoded(vae, tally);
            case Transformer transformer -> stream ? new Running(transformer, tally) : new Alone(tally);
            case Lstm _, Gru _ -> stream ? new Carried(tally) : new Alone(tally);
        };
    }

    /// What has been counted so far.
    private static final class Tally {
        private long samples;
        private long shortened;
        private long tokens;
        private double reconstruction;
        private double divergence;
        private long characters;
        private long bytes;

        HeldOutLoss result(LanguageModel model) {
            return new HeldOutLoss(
                    model instanceof TextVae ? Exactness.UPPER_BOUND : Exactness.EXACT,
                    samples,
                    shortened,
                    tokens,
                    reconstruction + divergence,
                    reconstruction,
                    characters,
                    bytes);
        }
    }

    /// One way to read samples.
    private sealed interface Reading {
        void take(Sample sample);

        void finish();
    }

    /// Tokens that the model reads in one go, of which those from `asked` on are to be foretold; `asked` is 1 or more.
    private record Window(int[] tokens, int asked) {}

    /// Windows that go through the model together.
    private final class Batch {
        private final Tally tally;
        private final List<Window> windows = new ArrayList<>();

        Batch(Tally tally) {
            this.tally = tally;
        }

        void add(Window window) {
            if (window.tokens().length <= window.asked()) {
                return;
            }
            int columns = Math.max(longest(), window.tokens().length - 1);
            boolean tooLarge = (windows.size() + 1L) * columns * model.config().vocabulary() > MOST_SCORES;
            if (!windows.isEmpty() && (windows.size() == rows || tooLarge)) {
                flush();
            }
            windows.add(window);
        }

        private int longest() {
            return windows.stream().mapToInt(window -> window.tokens().length - 1).max().orElse(0);
        }

        void flush() {
            if (windows.isEmpty()) {
                return;
            }
            int columns = longest();
            int[] inputs = new int[windows.size() * columns];
            int[] targets = new int[inputs.length];
            Arrays.fill(inputs, Special.PAD.id());
            Arrays.fill(targets, IGNORED);
            for (int row = 0; row < windows.size(); row++) {
                Window window = windows.get(row);
                int length = window.tokens().length - 1;
                System.arraycopy(window.tokens(), 0, inputs, row * columns, length);
                int first = window.asked() - 1;
                System.arraycopy(window.tokens(), window.asked(), targets, row * columns + first, length - first);
                tally.tokens += length - first;
            }
            try (PointerScope _ = new PointerScope()) {
                Tensor ids = ids(inputs, windows.size(), columns);
                Tensor logits =
                        switch (model) {
                            case Transformer transformer -> transformer.forward(ids);
                            case Lstm lstm ->
                                lstm.score(lstm.forward(ids, lstm.start(windows.size())).states());
                            case Gru gru ->
                                gru.score(gru.forward(ids, gru.start(windows.size())).states());
                            case TextVae _ -> throw new IllegalStateException("a text vae encodes whole texts");
                        };
                tally.reconstruction += summed(logits, ids(targets, windows.size(), columns));
            }
            windows.clear();
        }
    }

    private Tensor ids(int[] values, long... shape) {
        Tensor ids = Tensors.ids(values, shape);
        Tensor weight = model.tensors().firstEntry().getValue();
        return weight.device().is_cpu() ? ids : ids.to(weight.device(), torch.ScalarType.Long);
    }

    private static double summed(Tensor logits, Tensor targets) {
        return Losses.crossEntropySum(logits, targets, IGNORED).item_double();
    }

    /// Samples that stand alone, each from its own beginning.
    private final class Alone implements Reading {
        private final Tally tally;
        private final Batch batch;

        Alone(Tally tally) {
            this.tally = tally;
            batch = new Batch(tally);
        }

        @Override
        public void take(Sample sample) {
            int[] tokens = format.sample(tokenizer, sample);
            int asked = Math.max(1, format.prompt(tokenizer, sample.fields(), "").length);
            switch (model) {
                case Transformer transformer -> cut(tokens, asked, transformer.config().context());
                case Lstm _, Gru _ -> {
                    if (tokens.length <= PIECE + 1) {
                        batch.add(new Window(tokens, asked));
                    } else {
                        Carried own = new Carried(tally);
                        own.asked = asked;
                        own.take(tokens);
                        own.finish();
                    }
                }
                case TextVae _ -> throw new IllegalStateException("a text vae encodes whole texts");
            }
        }

        /// Windows of the context, each but the first beginning with the last token of the one before.
        private void cut(int[] tokens, int asked, int context) {
            for (int start = 0; start < tokens.length - 1; start += context) {
                int end = Math.min(tokens.length, start + context + 1);
                batch.add(new Window(Arrays.copyOfRange(tokens, start, end), Math.max(1, asked - start)));
            }
        }

        @Override
        public void finish() {
            batch.flush();
        }
    }

    /// Running text in windows of a Transformer's context; samples are set apart by the end of a line.
    private final class Running implements Reading {
        private final Batch batch;
        private final int[] open;
        private int used;
        private boolean begun;

        Running(Transformer transformer, Tally tally) {
            batch = new Batch(tally);
            open = new int[transformer.config().context() + 1];
        }

        @Override
        public void take(Sample sample) {
            if (begun) {
                take(tokenizer.encode("\n"));
            }
            begun = true;
            take(format.sample(tokenizer, sample));
        }

        private void take(int[] tokens) {
            for (int token : tokens) {
                open[used++] = token;
                if (used == open.length) {
                    batch.add(new Window(open.clone(), 1));
                    open[0] = token; // read again, so that the next token is foretold from it
                    used = 1;
                }
            }
        }

        @Override
        public void finish() {
            batch.add(new Window(Arrays.copyOf(open, used), 1));
            batch.flush();
        }
    }

    /// One long text, read from beginning to end by a recurrent model that carries its state.
    private final class Carried implements Reading {
        private final Tally tally;
        private final int[] open = new int[PIECE + 1];
        private final List<Tensor> state = new ArrayList<>();
        private int used;
        private int asked = 1; // the first token to be foretold, counted from the beginning of `open`
        private boolean begun;

        Carried(Tally tally) {
            this.tally = tally;
            switch (model) {
                case Lstm lstm -> {
                    Lstm.State start = lstm.start(1);
                    state.addAll(start.hidden());
                    state.addAll(start.cells());
                }
                case Gru gru -> state.addAll(gru.start(1).hidden());
                case Transformer _, TextVae _ -> throw new IllegalStateException("only recurrent models carry a state");
            }
        }

        @Override
        public void take(Sample sample) {
            if (begun) {
                take(tokenizer.encode("\n"));
            }
            begun = true;
            take(format.sample(tokenizer, sample));
        }

        void take(int[] tokens) {
            for (int token : tokens) {
                open[used++] = token;
                if (used == open.length) {
                    read();
                    open[0] = token;
                    used = 1;
                }
            }
        }

        private void read() {
            int length = used - 1;
            int first = Math.min(length, asked - 1);
            int[] targets = new int[length];
            Arrays.fill(targets, IGNORED);
            System.arraycopy(open, first + 1, targets, first, length - first);
            asked = Math.max(1, asked - length);
            try (PointerScope _ = new PointerScope()) {
                Tensor ids = ids(Arrays.copyOf(open, length), 1, length);
                Tensor logits = step(ids);
                if (first < length) {
                    tally.tokens += length - first;
                    tally.reconstruction += summed(logits, ids(targets, 1, length));
                }
            }
        }

        /// Reads on and keeps the state in the tensors that hold it.
        private Tensor step(Tensor ids) {
            List<Tensor> found = new ArrayList<>();
            int layers = state.size();
            Tensor logits =
                    switch (model) {
                        case Lstm lstm -> {
                            Lstm.Read read = lstm.forward(
                                    ids, new Lstm.State(state.subList(0, layers / 2), state.subList(layers / 2, layers)));
                            found.addAll(read.state().hidden());
                            found.addAll(read.state().cells());
                            yield lstm.score(read.states());
                        }
                        case Gru gru -> {
                            Gru.Read read = gru.forward(ids, new Gru.State(state));
                            found.addAll(read.state().hidden());
                            yield gru.score(read.states());
                        }
                        case Transformer _, TextVae _ ->
                            throw new IllegalStateException("only recurrent models carry a state");
                    };
            for (int i = 0; i < layers; i++) {
                state.get(i).copy_(found.get(i));
            }
            return logits;
        }

        @Override
        public void finish() {
            if (used > 1) {
                read();
            }
        }
    }

    /// Whole texts through a text VAE, with one latent vector drawn for each from its own branch of a seed.
    private final class Encoded implements Reading {
        private final TextVae vae;
        private final Tally tally;
        private final List<int[]> texts = new ArrayList<>();
        private final Seed seed = new Seed(0).branch("held-out");
        private long drawn;

        Encoded(TextVae vae, Tally tally) {
            this.vae = vae;
            this.tally = tally;
        }

        @Override
        public void take(Sample sample) {
            int[] tokens = format.sample(tokenizer, sample);
            int context = vae.config().context();
            if (tokens.length > context) {
                tally.shortened++;
                String read = tokenizer.decode(Arrays.copyOf(tokens, context));
                tally.characters += read.codePointCount(0, read.length())
                        - sample.text().codePointCount(0, sample.text().length());
                tally.bytes += read.getBytes(StandardCharsets.UTF_8).length
                        - sample.text().getBytes(StandardCharsets.UTF_8).length;
                tokens = Arrays.copyOf(tokens, context);
            }
            if (tokens.length < 2) {
                return;
            }
            int columns = Math.max(tokens.length, texts.stream().mapToInt(text -> text.length).max().orElse(0));
            boolean tooLarge = (texts.size() + 1L) * columns * vae.config().vocabulary() > MOST_SCORES;
            if (texts.size() == rows || tooLarge && !texts.isEmpty()) {
                flush();
            }
            texts.add(tokens);
        }

        @Override
        public void finish() {
            flush();
        }

        private void flush() {
            if (texts.isEmpty()) {
                return;
            }
            int rows = texts.size();
            int columns = texts.stream().mapToInt(text -> text.length).max().orElse(0);
            int[] whole = new int[rows * columns];
            int[] targets = new int[rows * (columns - 1)];
            int[] lengths = new int[rows];
            float[] noise = new float[rows * vae.config().latent()];
            Arrays.fill(whole, Special.PAD.id());
            Arrays.fill(targets, IGNORED);
            for (int row = 0; row < rows; row++) {
                int[] text = texts.get(row);
                lengths[row] = text.length;
                System.arraycopy(text, 0, whole, row * columns, text.length);
                System.arraycopy(text, 1, targets, row * (columns - 1), text.length - 1);
                tally.tokens += text.length - 1;
                RandomGenerator random = seed.branch("text " + drawn++).random();
                for (int z = 0; z < vae.config().latent(); z++) {
                    noise[row * vae.config().latent() + z] = (float) random.nextGaussian();
                }
            }
            try (PointerScope _ = new PointerScope()) {
                Tensor ids = ids(whole, rows, columns);
                TextVae.Posterior posterior = vae.encode(ids, ids(lengths, rows));
                Tensor deviation = posterior.logVariance().mul(new Scalar(0.5)).exp();
                Tensor drawnNoise = Tensors.of(noise, rows, vae.config().latent())
                        .to(deviation.device(), torch.ScalarType.Float);
                Tensor latent = posterior.mean().add(deviation.mul(drawnNoise)); // (B, Z)
                Tensor logits = vae.decode(latent, ids.narrow(1, 0, columns - 1)); // (B, T - 1, V)
                tally.reconstruction += summed(logits, ids(targets, rows, columns - 1));
                tally.divergence += posterior.divergence().sum().item_double();
            }
            texts.clear();
        }
    }
}
