package dev.athanor.model;

import dev.athanor.torch.Engine;
import org.bytedeco.javacpp.PointerScope;

/// The generator of a trained GAN, asked on plain arrays. Owns native memory: close it.
public final class Painter implements AutoCloseable {
    private final PointerScope scope;
    private final ImageGan model;
    private final Engine engine;

    private Painter(PointerScope scope, ImageGan model, Engine engine) {
        this.scope = scope;
        this.model = model;
        this.engine = engine;
    }

    /// @throws IllegalArgumentException where the folder's model is of another family
    public static Painter open(ModelFolder folder, Engine engine) {
        if (!(folder.config() instanceof ImageGan.Config)) {
            throw new IllegalArgumentException("the model %s is an %s, and a gan is needed here"
                    .formatted(folder.name(), folder.config().family()));
        }
        PointerScope scope = new PointerScope();
        ImageGan model = (ImageGan) folder.open();
        model.to(engine.place(), false);
        model.eval();
        return new Painter(scope, model, engine);
    }

    public ImageGan.Config config() {
        return model.config();
    }

    /// A picture of each latent vector, (rows, channels, height, width) from -1 to 1.
    ///
    /// @param latents (rows, latent), from a standard normal
    /// @param labels (rows, fields), numbers as in [Given]
    public float[] paint(float[] latents, int[] labels, int rows) {
        int latent = config().latent();
        return new Rows(latents, labels, rows)
                .checked(
                        "latent vectors of " + latent,
                        latent,
                        config().classes().size())
                .through(model::generate, engine);
    }

    @Override
    public void close() {
        scope.close();
    }
}
