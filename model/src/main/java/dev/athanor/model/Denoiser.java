package dev.athanor.model;

import dev.athanor.torch.Engine;
import dev.athanor.torch.Tensors;
import dev.athanor.torch.cpu.Dropped;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A trained diffusion model that is asked on plain arrays. Owns native memory: close it.
public final class Denoiser implements AutoCloseable {
    private final PointerScope scope;
    private final UNet model;
    private final Engine engine;
    private final Optional<SharedUNet> byHand;

    private Denoiser(PointerScope scope, UNet model, Engine engine) {
        this.scope = scope;
        this.model = model;
        this.engine = engine;
        this.byHand = engine.place().is_cpu() && UNetByHand.suits(model.config())
                ? Optional.of(new SharedUNet(model.config(), model.tensors(), engine.threads()))
                : Optional.empty();
    }

    /// @throws IllegalArgumentException where the folder's model is of another family
    public static Denoiser open(ModelFolder folder, Engine engine) {
        if (!(folder.config() instanceof UNet.Config)) {
            throw new IllegalArgumentException("the model %s is an %s, and a diffusion model is needed here"
                    .formatted(folder.name(), folder.config().family()));
        }
        PointerScope scope = new PointerScope();
        UNet model = (UNet) folder.open();
        model.to(engine.place(), false);
        model.eval();
        return new Denoiser(scope, model, engine);
    }

    public UNet.Config config() {
        return model.config();
    }

    /// What a batch of pictures is told.
    ///
    /// @param labels (rows, fields), numbers as in [Given]
    /// @param captions (rows, tokens), likewise
    public record Told(int[] labels, int[] captions, int rows) {
        /// The same pictures, told nothing.
        public Told nothing() {
            return new Told(new int[labels.length], new int[captions.length], rows);
        }

        /// These and others in one batch.
        public Told and(Told others) {
            return new Told(join(labels, others.labels), join(captions, others.captions), rows + others.rows);
        }

        private static int[] join(int[] first, int[] second) {
            int[] both = Arrays.copyOf(first, first.length + second.length);
            System.arraycopy(second, 0, both, first.length, second.length);
            return both;
        }
    }

    /// The prediction of [NoiseProcess] for noisy pictures (rows, channels, height, width) at a time from 0 to
    /// 1.
    public float[] predict(float[] noisy, double time, Told told) {
        ImageShape shape = config().shape();
        if (noisy.length != told.rows() * shape.numbers()) {
            throw new IllegalArgumentException("%d numbers are given for %d pictures of %s: expected %d"
                    .formatted(noisy.length, told.rows(), shape, told.rows() * shape.numbers()));
        }
        float[] times = new float[told.rows()];
        Arrays.fill(times, (float) time);
        return byHand.map(shared ->
                        shared.predict(new UNetByHand.Noisy(noisy, times, told.labels(), told.rows(), Dropped.NOTHING)))
                .orElseGet(() -> byTorch(noisy, times, told));
    }

    private float[] byTorch(float[] noisy, float[] times, Told told) {
        ImageShape shape = config().shape();
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Tensor x = Tensors.of(noisy, told.rows(), shape.channels(), shape.height(), shape.width())
                    .to(engine.place(), torch.ScalarType.Float);
            Tensor t = Tensors.of(times, told.rows()).to(engine.place(), torch.ScalarType.Float);
            Given given = new Given(numbers(told.labels(), told.rows()), numbers(told.captions(), told.rows()));
            return Tensors.floats(model.forward(x, t, given));
        }
    }

    private Tensor numbers(int[] values, int rows) {
        return Tensors.ids(values, rows, values.length / rows).to(engine.place(), torch.ScalarType.Long);
    }

    @Override
    public void close() {
        byHand.ifPresent(SharedUNet::close);
        scope.close();
    }
}
