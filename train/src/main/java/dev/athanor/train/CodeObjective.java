package dev.athanor.train;

import dev.athanor.model.CodeGrid;
import dev.athanor.model.Given;
import dev.athanor.model.SoundCodec;
import dev.athanor.torch.Losses;
import dev.athanor.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// What training makes small for a codec, one stage after the other, as van den Oord et al. 2017, section 3.3: how
/// far a spectrogram that comes back from its codes is from what went in; then, of codes that no longer change,
/// −ln p of each in the words of the Transformer.
///
/// Letters: B batch, M bands, T frames, L codes of a sound, F fields.
///
/// @param stage that the run is in
record CodeObjective(SoundCodec model, Recipe recipe, Device device, Stage stage) implements ImageObjective {

    /// The share of the budget that the autoencoder has to itself.
    static final double CODING = 0.4;

    /// Frames that a sound begins later at most, each time anew, so that it is heard as other codes.
    private static final int LATE = 3;

    enum Stage {
        CODING,
        SPEAKING
    }

    static CodeObjective of(SoundCodec model, Recipe recipe, Device device) {
        return new CodeObjective(model, recipe, device, Stage.SPEAKING);
    }

    @Override
    public Part<ImageBatch> part(double used) {
        return used < CODING
                ? new Part<>(
                        in(Stage.CODING),
                        used / CODING,
                        List.copyOf(model.speaker().values()))
                : new Part<>(
                        in(Stage.SPEAKING),
                        (used - CODING) / (1 - CODING),
                        List.copyOf(model.coder().values()));
    }

    private CodeObjective in(Stage now) {
        return new CodeObjective(model, recipe, device, now);
    }

    /// In the first stage the Transformer counts as one that holds all tokens for equally likely, since it has
    /// learnt nothing: so losses of both stages can be compared.
    @Override
    public Tensor sum(ImageBatch batch) {
        Tensor x = spectrograms(batch);
        Tensor places = model.encode(x);
        Tensor error = torch.l1_loss(model.decode(places), x);
        Tensor spoken = stage == Stage.CODING
                ? torch.log(torch.full_like(
                        error, new Scalar((double) model.config().transformer().vocabulary())))
                : spoken(openings(ImageObjective.given(batch, device)), grid().codes(places));
        return error.add(spoken).mul(new Scalar((double) batch.rows()));
    }

    @Override
    public Tensor training(ImageBatch batch, long step) {
        Tensor x = moved(spectrograms(batch));
        if (stage == Stage.CODING) {
            return torch.l1_loss(model.decode(model.encode(x)), x);
        }
        Given given = ImageObjective.partly(batch, recipe.image().unguided(), device);
        return spoken(openings(given), codes(x));
    }

    private Tensor codes(Tensor x) {
        try (NoGradGuard _ = new NoGradGuard()) {
            return grid().codes(model.encode(x));
        }
    }

    private CodeGrid grid() {
        return model.config().coding().grid();
    }

    /// (B, M, T).
    private Tensor spectrograms(ImageBatch batch) {
        return ImageObjective.pictures(batch, device).squeeze(1);
    }

    /// −ln p of each code, told what the sound is and the codes before it, ().
    private Tensor spoken(Tensor openings, Tensor codes) {
        return Losses.crossEntropy(model.score(openings, codes), codes, TokenBatch.IGNORED);
    }

    /// (B, 1 + F), as [SoundCodec.Config#opening].
    private Tensor openings(Given given) {
        Tensor labels = given.labels();
        int[] open = model.config().opening(new int[(int) labels.size(1)]);
        Tensor base = Tensors.ids(open, 1, open.length).to(device, torch.ScalarType.Long);
        Tensor none = torch.zeros(new long[] {labels.size(0), 1}, labels.options());
        return torch.cat(new TensorVector(none, labels), 1).add(base);
    }

    /// Each sound a few frames later, behind silence: (B, M, T) to the same.
    private Tensor moved(Tensor x) {
        long T = x.size(2);
        Tensor late = torch.randint(LATE + 1L, new long[] {x.size(0), 1}).to(device, torch.ScalarType.Long);
        Tensor from = torch.arange(new Scalar(T))
                .to(device, torch.ScalarType.Long)
                .unsqueeze(0)
                .sub(late); // (B, T)
        Tensor before = from.lt(new Scalar(0)).unsqueeze(1); // (B, 1, T)
        Tensor places = from.clamp_min(new Scalar(0)).unsqueeze(1).expand(x.size(0), x.size(1), T);
        return x.gather(2, places).masked_fill(before, new Scalar(-1));
    }
}
