package dev.athanor.data.duplicate;

import dev.athanor.data.Sample;
import dev.athanor.data.Seed;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.node.ObjectNode;

/// Texts are alike that have many shingles in common; MinHash says which to compare.
public final class TextLikeness implements Likeness {
    /// Any will do; that it is always the same makes results so, too.
    private static final Seed SEED = new Seed(1997);

    private final Settings settings;
    private final Banding banding;
    private final MinHash hash;

    /// @param permutations numbers in a signature at most: more find more exactly what is at the threshold, and
    ///     take longer
    public record Settings(Shingles shingles, int permutations, double threshold) implements Serializable {
        /// text-dedup has 0.7 and 256 permutations, datatrove 112 in 14 bands.
        public static final Settings USUAL = new Settings(Shingles.USUAL, 128, 0.7);
    }

    /// @throws IllegalArgumentException for a threshold out of range, or too low for the permutations
    public TextLikeness(Settings settings) {
        this.settings = settings;
        this.banding = Banding.of(settings.permutations(), settings.threshold());
        this.hash = new MinHash(banding.permutations(), SEED);
    }

    public Banding banding() {
        return banding;
    }

    @Override
    public Print print(Sample sample) {
        int[] shingles = settings.shingles().of(sample.text());
        if (shingles.length == 0) {
            return Print.NONE;
        }
        ByteBuffer features = ByteBuffer.allocate(Integer.BYTES * shingles.length);
        features.asIntBuffer().put(shingles);
        return new Print(features.array(), banding.keys(hash.signature(shingles)));
    }

    @Override
    public ToDoubleFunction<byte[]> similarTo(byte[] features) {
        int[] shingles = shingles(features);
        return others -> Shingles.similarity(shingles, shingles(others));
    }

    private static int[] shingles(byte[] features) {
        int[] shingles = new int[features.length / Integer.BYTES];
        ByteBuffer.wrap(features).asIntBuffer().get(shingles);
        return Shingles.distinct(shingles);
    }

    @Override
    public double threshold() {
        return settings.threshold();
    }

    @Override
    public void describe(ObjectNode report) {
        report.put("unit", settings.shingles().unit().name().toLowerCase(Locale.ROOT))
                .put("shingle", settings.shingles().size())
                .put("threshold", settings.threshold())
                .put("bands", banding.bands())
                .put("rows", banding.rows())
                .put("half of all pairs are found from a similarity of", Math.round(banding.middle() * 1000) / 1000.0);
    }
}
