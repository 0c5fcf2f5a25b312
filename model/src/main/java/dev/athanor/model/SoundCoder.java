package dev.athanor.model;

import dev.athanor.torch.Engine;
import dev.athanor.torch.Tensors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A trained codec that turns spectrograms into codes and back, on plain arrays; which code follows which is decided
/// elsewhere. Owns native memory: close it.
public final class SoundCoder implements AutoCloseable {
    private final PointerScope scope;
    private final SoundCodec model;
    private final Engine engine;

    private SoundCoder(PointerScope scope, SoundCodec model, Engine engine) {
        this.scope = scope;
        this.model = model;
        this.engine = engine;
    }

    /// @throws IllegalArgumentException where the folder's model is of another family
    public static SoundCoder open(ModelFolder folder, Engine engine) {
        if (!(folder.config() instanceof SoundCodec.Config)) {
            throw new IllegalArgumentException(
                    "the model %s is an %s, and a codec of sounds is needed here: train one with the recipe audio-codec"
                            .formatted(folder.name(), folder.config().family()));
        }
        PointerScope scope = new PointerScope();
        SoundCodec model = (SoundCodec) folder.open();
        model.to(engine.place(), false);
        model.eval();
        return new SoundCoder(scope, model, engine);
    }

    public SoundCodec.Config config() {
        return model.config();
    }

    /// The codes of spectrograms (rows, bands, frames) from -1 to 1: (rows, [SoundCodec.Config#length]).
    public int[] codes(float[] planes, int rows) {
        ImageShape shape = config().shape();
        refuseUnless(planes.length, rows, shape.numbers());
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Tensor bands =
                    Tensors.of(planes, rows, shape.height(), shape.width()).to(engine.place(), torch.ScalarType.Float);
            float[] codes = Tensors.floats(grid().codes(model.encode(bands)));
            int[] whole = new int[codes.length];
            for (int i = 0; i < whole.length; i++) {
                whole[i] = (int) codes[i];
            }
            return whole;
        }
    }

    /// The spectrograms of codes: (rows, [SoundCodec.Config#length]) to (rows, bands, frames), from about -1 to 1.
    public float[] planes(int[] codes, int rows) {
        refuseUnless(codes.length, rows, config().length());
        for (int code : codes) {
            if (code < 0 || code >= grid().codes()) {
                throw new IllegalArgumentException(
                        "the code %d: expected one from 0 to %d".formatted(code, grid().codes() - 1));
            }
        }
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Tensor ids = Tensors.ids(codes, rows, config().length()).to(engine.place(), torch.ScalarType.Long);
            return Tensors.floats(model.decode(grid().places(ids)));
        }
    }

    private CodeGrid grid() {
        return config().coding().grid();
    }

    private static void refuseUnless(int given, int rows, int size) {
        if (given != rows * size) {
            throw new IllegalArgumentException(
                    "%d numbers are given for %d sounds of %d: expected %d".formatted(given, rows, size, rows * size));
        }
    }

    @Override
    public void close() {
        scope.close();
    }
}
