package dev.athanor.train;

import dev.athanor.data.text.Special;
import dev.athanor.model.Gru;
import dev.athanor.model.LanguageModel;
import dev.athanor.model.Lstm;
import dev.athanor.model.TextVae;
import dev.athanor.model.Transformer;
import dev.athanor.torch.Losses;
import dev.athanor.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// What training makes small for texts, in nats.
public sealed interface TextObjective extends Objective<TokenBatch> {

    /// @param rows of a training batch, for what is carried
    static TextObjective of(LanguageModel model, TrainingPart training, Device device) {
        return switch (model) {
            case Transformer transformer -> new NextToken(transformer, device);
            case Lstm lstm -> new CarriedLstm(lstm, device, lstm.start(training.batch()));
            case Gru gru -> new CarriedGru(gru, device, gru.start(training.batch()));
            case TextVae vae -> new EvidenceBound(vae, device, training);
        };
    }

    private static Tensor ids(int[] values, TokenBatch batch, Device device) {
        Tensor ids = Tensors.ids(values, batch.rows(), batch.columns());
        return device.is_cpu() ? ids : ids.to(device, org.bytedeco.pytorch.global.torch.ScalarType.Long);
    }

    /// −ln p of each next token.
    record NextToken(Transformer model, Device device) implements TextObjective {
        @Override
        public Tensor sum(TokenBatch batch) {
            return Losses.crossEntropySum(
                    model.forward(ids(batch.inputs(), batch, device)),
                    ids(batch.targets(), batch, device),
                    TokenBatch.IGNORED);
        }

        @Override
        public Tensor training(TokenBatch batch, long step) {
            return Losses.crossEntropy(
                    model.forward(ids(batch.inputs(), batch, device)),
                    ids(batch.targets(), batch, device),
                    TokenBatch.IGNORED);
        }

        @Override
        public SequencedMap<String, Tensor> carried() {
            return new LinkedHashMap<>();
        }
    }

    /// The same, with the state carried from batch to batch; gradients do not reach back over the border
    /// (Williams and Peng 1990, truncated backpropagation through time).
    record CarriedLstm(Lstm model, Device device, Lstm.State state) implements TextObjective {
        @Override
        public Tensor sum(TokenBatch batch) {
            return loss(batch, read(batch), true);
        }

        @Override
        public Tensor training(TokenBatch batch, long step) {
            return loss(batch, read(batch), false);
        }

        private Lstm.Read read(TokenBatch batch) {
            Lstm.Read read = model.forward(ids(batch.inputs(), batch, device), from(batch));
            keep(read.state().hidden(), state.hidden());
            keep(read.state().cells(), state.cells());
            return read;
        }

        private Lstm.State from(TokenBatch batch) {
            if (batch.begins()) {
                clear(state.hidden());
                clear(state.cells());
            }
            return new Lstm.State(first(state.hidden(), batch.rows()), first(state.cells(), batch.rows()));
        }

        private Tensor loss(TokenBatch batch, Lstm.Read read, boolean summed) {
            Tensor logits = model.score(read.states());
            Tensor targets = ids(batch.targets(), batch, device);
            return summed
                    ? Losses.crossEntropySum(logits, targets, TokenBatch.IGNORED)
                    : Losses.crossEntropy(logits, targets, TokenBatch.IGNORED);
        }

        @Override
        public SequencedMap<String, Tensor> carried() {
            SequencedMap<String, Tensor> named = name("carried.hidden.", state.hidden());
            named.putAll(name("carried.cell.", state.cells()));
            return named;
        }
    }

    /// The same for a GRU.
    record CarriedGru(Gru model, Device device, Gru.State state) implements TextObjective {
        @Override
        public Tensor sum(TokenBatch batch) {
            return Losses.crossEntropySum(
                    model.score(read(batch)), ids(batch.targets(), batch, device), TokenBatch.IGNORED);
        }

        @Override
        public Tensor training(TokenBatch batch, long step) {
            return Losses.crossEntropy(
                    model.score(read(batch)), ids(batch.targets(), batch, device), TokenBatch.IGNORED);
        }

        private Tensor read(TokenBatch batch) {
            if (batch.begins()) {
                clear(state.hidden());
            }
            Gru.State from = new Gru.State(first(state.hidden(), batch.rows()));
            Gru.Read read = model.forward(ids(batch.inputs(), batch, device), from);
            keep(read.state().hidden(), state.hidden());
            return read.states();
        }

        @Override
        public SequencedMap<String, Tensor> carried() {
            return name("carried.hidden.", state.hidden());
        }
    }

    /// The negative evidence lower bound (Kingma and Welling 2014, equation 3), with the weight of its KL term
    /// growing from 0 to 1 (Bowman et al. 2016, section 3.1) and free bits (Kingma et al. 2016, appendix C.8).
    record EvidenceBound(TextVae model, Device device, TrainingPart training) implements TextObjective {
        @Override
        public Tensor sum(TokenBatch batch) {
            TextVae.Bound bound = bound(batch);
            return bound.reconstruction().add(bound.divergence().sum());
        }

        @Override
        public Tensor training(TokenBatch batch, long step) {
            TextVae.Bound bound = bound(batch);
            double weight = training.divergence(step);
            Tensor perDimension = bound.divergence().mean(0); // (Z), averaged over the batch before the floor
            Tensor floored =
                    perDimension.clamp_min(new Scalar(training.freeBits())).sum();
            Tensor divergence = floored.mul(new Scalar(weight * batch.rows()));
            return bound.reconstruction().add(divergence).div(new Scalar((double) batch.asked()));
        }

        private TextVae.Bound bound(TokenBatch batch) {
            int columns = batch.columns() + 1; // inputs and the last target
            int[] whole = new int[batch.rows() * columns];
            int[] lengths = new int[batch.rows()];
            Arrays.fill(whole, Special.PAD.id());
            for (int row = 0; row < batch.rows(); row++) {
                int length = batch.lengths()[row];
                System.arraycopy(batch.inputs(), row * batch.columns(), whole, row * columns, length);
                whole[row * columns + length] = batch.targets()[row * batch.columns() + length - 1];
                lengths[row] = length + 1;
            }
            Tensor texts = Tensors.ids(whole, batch.rows(), columns)
                    .to(device, org.bytedeco.pytorch.global.torch.ScalarType.Long);
            Tensor counts =
                    Tensors.ids(lengths, batch.rows()).to(device, org.bytedeco.pytorch.global.torch.ScalarType.Long);
            return model.bound(texts, counts, ids(batch.targets(), batch, device), TokenBatch.IGNORED);
        }

        @Override
        public SequencedMap<String, Tensor> carried() {
            return new LinkedHashMap<>();
        }
    }

    private static List<Tensor> first(List<Tensor> states, int rows) {
        List<Tensor> some = new ArrayList<>();
        // A copy: what is carried is written while the backward pass still needs what was read.
        states.forEach(state -> some.add(state.narrow(0, 0, rows).detach().clone()));
        return some;
    }

    private static void keep(List<Tensor> found, List<Tensor> carried) {
        try (NoGradGuard _ = new NoGradGuard()) {
            for (int layer = 0; layer < carried.size(); layer++) {
                Tensor state = found.get(layer).detach();
                carried.get(layer).narrow(0, 0, state.size(0)).copy_(state);
            }
        }
    }

    private static void clear(List<Tensor> states) {
        try (NoGradGuard _ = new NoGradGuard()) {
            states.forEach(Tensor::zero_);
        }
    }

    private static SequencedMap<String, Tensor> name(String prefix, List<Tensor> states) {
        SequencedMap<String, Tensor> named = new LinkedHashMap<>();
        for (int layer = 0; layer < states.size(); layer++) {
            named.put(prefix + layer, states.get(layer));
        }
        return named;
    }
}
