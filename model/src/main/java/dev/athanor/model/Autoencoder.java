package dev.athanor.model;

import dev.athanor.torch.Engine;
import dev.athanor.torch.Tensors;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A trained variational autoencoder of pictures that is asked on plain arrays. Owns native memory: close it.
public final class Autoencoder implements AutoCloseable {
    private static final int TOGETHER = 256; // pictures of a forward pass: bounds the memory, whatever is asked

    private final PointerScope scope;
    private final ImageVae model;
    private final Engine engine;

    private Autoencoder(PointerScope scope, ImageVae model, Engine engine) {
        this.scope = scope;
        this.model = model;
        this.engine = engine;
    }

    /// @throws IllegalArgumentException where the folder's model is of another family
    public static Autoencoder open(ModelFolder folder, Engine engine) {
        if (!(folder.config() instanceof ImageVae.Config)) {
            throw new IllegalArgumentException(
                    "the model %s is an %s, and a variational autoencoder of pictures is needed here"
                            .formatted(folder.name(), folder.config().family()));
        }
        PointerScope scope = new PointerScope();
        ImageVae model = (ImageVae) folder.open();
        model.to(engine.place(), false);
        model.eval();
        return new Autoencoder(scope, model, engine);
    }

    public ImageVae.Config config() {
        return model.config();
    }

    /// Where pictures stand in the latent space: the means of their distributions, (rows, latent).
    ///
    /// @param pictures (rows, channels, height, width) from -1 to 1
    /// @param labels (rows, fields), numbers as in [Given]
    public float[] encode(float[] pictures, int[] labels, int rows) {
        ImageShape shape = config().shape();
        refuseUnless(
                pictures.length == rows * shape.numbers(),
                "%d numbers are given for %d pictures of %s: expected %d"
                        .formatted(pictures.length, rows, shape, rows * shape.numbers()));
        return inParts(pictures, labels, rows, (some, given) -> {
            long count = some.size(0);
            Tensor x = some.view(count, shape.channels(), shape.height(), shape.width());
            return model.encode(x, given).mean();
        });
    }

    /// The pictures of such places, (rows, channels, height, width). Places drawn from a standard normal give
    /// new ones.
    ///
    /// @param latents (rows, latent)
    /// @param labels (rows, fields), numbers as in [Given]
    public float[] decode(float[] latents, int[] labels, int rows) {
        int latent = config().latent();
        refuseUnless(
                latents.length == rows * latent,
                "%d numbers are given for %d latent vectors of %d: expected %d"
                        .formatted(latents.length, rows, latent, rows * latent));
        return inParts(latents, labels, rows, model::decode);
    }

    private interface Pass {
        /// @param some (count, numbers of a row)
        Tensor of(Tensor some, Given given);
    }

    private float[] inParts(float[] inputs, int[] labels, int rows, Pass pass) {
        int fields = config().classes().size();
        refuseUnless(
                labels.length == rows * fields,
                "%d labels are given for %d pictures of %d fields".formatted(labels.length, rows, fields));
        int size = inputs.length / rows;
        float[][] outputs = new float[Math.ceilDiv(rows, TOGETHER)][];
        for (int part = 0; part < outputs.length; part++) {
            int from = part * TOGETHER;
            int to = Math.min(rows, from + TOGETHER);
            try (PointerScope _ = new PointerScope();
                    NoGradGuard _ = new NoGradGuard()) {
                Tensor some = Tensors.of(Arrays.copyOfRange(inputs, from * size, to * size), to - from, size)
                        .to(engine.place(), torch.ScalarType.Float);
                Tensor told = Tensors.ids(Arrays.copyOfRange(labels, from * fields, to * fields), to - from, fields)
                        .to(engine.place(), torch.ScalarType.Long);
                outputs[part] = Tensors.floats(pass.of(some, new Given(told, told.narrow(1, 0, 0))));
            }
        }
        return joined(outputs);
    }

    private static float[] joined(float[][] parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        float[] all = new float[length];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static void refuseUnless(boolean fits, String words) {
        if (!fits) {
            throw new IllegalArgumentException(words);
        }
    }

    @Override
    public void close() {
        scope.close();
    }
}
