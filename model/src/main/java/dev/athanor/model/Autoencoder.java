package dev.athanor.model;

import dev.athanor.torch.Engine;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// A trained variational autoencoder of pictures that is asked on plain arrays. Owns native memory: close it.
public final class Autoencoder implements AutoCloseable {
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
        return new Rows(pictures, labels, rows)
                .checked(
                        "pictures of " + shape,
                        shape.numbers(),
                        config().classes().size())
                .through(this::means, engine);
    }

    private Tensor means(Tensor rows, Given given) {
        ImageShape shape = config().shape();
        Tensor x = rows.view(rows.size(0), shape.channels(), shape.height(), shape.width());
        return model.encode(x, given).mean();
    }

    /// The picture of each place, (rows, channels, height, width). Places drawn from a standard normal give
    /// new ones.
    ///
    /// @param latents (rows, latent)
    /// @param labels (rows, fields), numbers as in [Given]
    public float[] decode(float[] latents, int[] labels, int rows) {
        int latent = config().latent();
        return new Rows(latents, labels, rows)
                .checked(
                        "latent vectors of " + latent,
                        latent,
                        config().classes().size())
                .through(model::decode, engine);
    }

    @Override
    public void close() {
        scope.close();
    }
}
