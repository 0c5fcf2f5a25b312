package dev.athanor.generate;

/// Writes from a latent vector of a text VAE.
public final class LatentDecoder implements RecurrentDecoder {
    private final LatentNetwork network;
    private final float[] latent;
    private float[] hidden;
    private int position;

    LatentDecoder(LatentNetwork network, float[] latent) {
        this.network = network;
        this.latent = latent.clone();
        hidden = network.initial(latent);
    }

    @Override
    public int vocabulary() {
        return network.config().vocabulary();
    }

    @Override
    public int position() {
        return position;
    }

    @Override
    public Decoder fork() {
        LatentDecoder fork = new LatentDecoder(network, latent);
        fork.hidden = hidden.clone();
        fork.position = position;
        return fork;
    }

    @Override
    public void reset() {
        hidden = network.initial(latent);
        position = 0;
    }

    @Override
    public float[] accept(int... tokens) {
        Checks.tokens(tokens, vocabulary());
        for (int token : tokens) {
            network.step(token, latent, hidden);
        }
        position += tokens.length;
        return network.score(hidden);
    }
}
