package dev.athanor.generate;

import dev.athanor.data.Sample;
import dev.athanor.data.Seed;
import dev.athanor.data.text.Tokenizer;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.SampleFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Writes with a text VAE: new texts from its prior, a text again from its own latent vector, and the texts
/// between two. Used by one caller at a time.
public final class TextVariations {
    private final LatentNetwork network;
    private final Tokenizer tokenizer;
    private final SampleFormat format;
    private final TextGenerator generator;

    /// Opens a text VAE. Starts no native library.
    ///
    /// @throws dev.athanor.model.ModelException for a model of another family, or naming the file at fault
    public static TextVariations open(ModelFolder folder) {
        return new TextVariations(
                Decoders.latent(folder), folder.tokenizer(), folder.format(), Vocabulary.of(folder.card()));
    }

    TextVariations(LatentNetwork network, Tokenizer tokenizer, SampleFormat format, Vocabulary vocabulary) {
        this.network = network;
        this.tokenizer = tokenizer;
        this.format = format;
        generator = new TextGenerator(at(new float[network.config().latent()]), tokenizer, format, vocabulary);
    }

    /// New texts, each from a latent vector drawn from the standard normal distribution.
    public List<WrittenText> sample(TextRequest request, Consumer<TextPiece> pieces) {
        List<WrittenText> texts = new ArrayList<>();
        for (int i = 0; i < request.count(); i++) {
            texts.add(generator.write(request, i, at(draw(request.seed().branch("latent " + i))), pieces));
        }
        return texts;
    }

    /// A text as its own latent vector gives it back; what is lost is what the vector has no room for.
    ///
    /// @param request how to write, and the fields that hold for the text; its prompt and count play no part
    public WrittenText reconstruct(String text, TextRequest request) {
        TextRequest bare = bare(request);
        return generator.write(bare, 0, at(encode(text, bare.fields())), _ -> {});
    }

    /// Texts on the straight line between two texts' latent vectors, ends included.
    ///
    /// @param steps how many texts, 2 or more
    /// @param request how to write, and the fields that hold for all; its prompt and count play no part
    public List<WrittenText> interpolate(String from, String to, int steps, TextRequest request) {
        if (steps < 2) {
            throw new IllegalArgumentException(
                    "%d steps between two texts: expected 2 or more, as both ends count".formatted(steps));
        }
        TextRequest bare = bare(request);
        float[] a = encode(from, bare.fields());
        float[] b = encode(to, bare.fields());
        List<WrittenText> texts = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            float share = (float) step / (steps - 1);
            float[] latent = new float[a.length];
            for (int i = 0; i < latent.length; i++) {
                latent[i] = a[i] + share * (b[i] - a[i]);
            }
            texts.add(generator.write(bare, step, at(latent), _ -> {}));
        }
        return texts;
    }

    /// The mean of the distribution that a text is encoded to.
    ///
    /// @param fields what the text is about, where the model is conditioned: it is read as in training
    public float[] encode(String text, SequencedMap<String, String> fields) {
        int[] tokens = format.sample(tokenizer, new Sample("", text, fields, ""));
        if (tokens.length > network.config().context()) {
            throw new IllegalArgumentException(
                    "the text has %d tokens but this model reads at most %d: shorten it, or use a model with a longer context"
                            .formatted(tokens.length, network.config().context()));
        }
        return network.mean(tokens);
    }

    private Decoder at(float[] latent) {
        return new LatentDecoder(network, latent);
    }

    private float[] draw(Seed seed) {
        RandomGenerator random = seed.random();
        float[] latent = new float[network.config().latent()];
        for (int i = 0; i < latent.length; i++) {
            latent[i] = (float) random.nextGaussian();
        }
        return latent;
    }

    private static TextRequest bare(TextRequest request) {
        return new TextRequest(
                "", request.fields(), 1, request.maximumTokens(), request.stops(), request.sampling(), request.seed());
    }
}
