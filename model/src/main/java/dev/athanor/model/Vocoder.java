package dev.athanor.model;

import dev.athanor.data.sound.MelFilters;
import dev.athanor.data.sound.MelSettings;
import dev.athanor.torch.Precision;
import dev.athanor.torch.Tensors;
import dev.athanor.torch.Waves;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes a sound of a spectrogram in mels, in the manner of Vocos (Siuzdak 2023): it stays at the rate of the
/// frames, tells how strong each frequency is and where its waves stand, and leaves the rest to the inverse
/// Fourier transform. So a second of speech is a few milliseconds of work for a CPU.
///
/// Unlike there, the strengths begin as what the bands say by themselves, each frequency between its two, and the
/// blocks add what those cannot tell.
///
/// Letters: B batch, M bands, T frames, C width, F frequencies, N = (T − 1)·hop samples.
public final class Vocoder extends Module implements SoundModel {

    /// @param mel how the spectrograms are made that it reads
    /// @param width C
    /// @param blocks between the first convolution and the last layer
    public record Config(MelSettings mel, int width, int blocks) implements SoundConfig {
        static final String TYPE = "athanor-vocoder";

        public Config {
            Sizes.positive("width", width);
            Sizes.positive("blocks", blocks);
        }

        @Override
        public String family() {
            return "vocoder";
        }

        @Override
        public long parameters() {
            return TimeConvolution.parameters(mel.mels(), width, FrameBlock.KERNEL)
                    + 2 * LayerNorm.parameters(width)
                    + blocks * FrameBlock.parameters(width)
                    + Affine.parameters(width, 2 * mel.bins())
                    + Affine.parameters(mel.mels(), mel.bins());
        }

        @Override
        public long activations() {
            return blocks * FrameBlock.activations(width) + 8L * mel.bins();
        }

        @Override
        public Vocoder open() {
            return new Vocoder(this);
        }

        @Override
        public ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("model_type", TYPE);
            MelEntry.write(mel, json);
            json.put("base_width", width);
            json.put("blocks", blocks);
            return json;
        }

        static Config fromJson(JsonNode json) {
            return Sizes.fromFile(
                    () -> new Config(MelEntry.read(json), Sizes.read(json, "base_width"), Sizes.read(json, "blocks")));
        }
    }

    private final Config config;
    private final WeightTable table = new WeightTable(this);
    private final TimeConvolution enter;
    private final LayerNorm enterNorm;
    private final List<FrameBlock> blocks = new ArrayList<>();
    private final LayerNorm leaveNorm;
    private final Affine leave;
    private final Affine bands;
    private Regime regime = Regime.EXACT;

    public Vocoder(Config config) {
        this.config = config;
        int C = config.width();
        int F = config.mel().bins();
        enter = TimeConvolution.of(table, "enter", config.mel().mels(), C, FrameBlock.KERNEL);
        enterNorm = LayerNorm.of(table, "enter.norm", C);
        for (int number = 0; number < config.blocks(); number++) {
            blocks.add(FrameBlock.of(table, "block." + number, C, 1.0 / config.blocks()));
        }
        leaveNorm = LayerNorm.of(table, "leave.norm", C);
        leave = Affine.of(table, "leave", C, 2 * F);
        bands = bands(table, config.mel());
    }

    /// The logarithm of each frequency's strength as a mean of those of the bands that hold it, weighed as
    /// these weigh it, less what a band adds up; a frequency outside of all is like its neighbour.
    private static Affine bands(WeightTable table, MelSettings mel) {
        float[][] filters = new MelFilters(mel).matrix(); // (M, F)
        float[] weight = new float[mel.bins() * mel.mels()];
        float[] bias = new float[mel.bins()];
        for (int bin = 0; bin < mel.bins(); bin++) {
            int nearest = nearest(filters, bin);
            double whole = 0;
            for (float[] filter : filters) {
                whole += filter[nearest];
            }
            for (int band = 0; band < mel.mels(); band++) {
                float share = (float) (filters[band][nearest] / whole);
                weight[bin * mel.mels() + band] = share;
                bias[bin] -= (float) (share * Math.log(sum(filters[band])));
            }
        }
        return new Affine(
                table.add("bands.weight", Tensors.of(weight, mel.bins(), mel.mels())),
                table.add("bands.bias", Tensors.of(bias, mel.bins())));
    }

    private static int nearest(float[][] filters, int bin) {
        for (int distance = 0; ; distance++) {
            for (int candidate : new int[] {bin - distance, bin + distance}) {
                for (float[] filter : filters) {
                    if (candidate >= 0 && candidate < filter.length && filter[candidate] > 0) {
                        return candidate;
                    }
                }
            }
        }
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    /// Spectrograms (B, M, T), natural logarithms of magnitudes, to sounds (B, N).
    public Tensor forward(Tensor spectrograms) {
        Precision products = regime.products();
        Tensor x = enterNorm.apply(enter.apply(spectrograms).transpose(1, 2)); // (B, T, C)
        for (FrameBlock block : blocks) {
            x = block.apply(x, products, this::drop);
        }
        TensorVector told = leave.apply(leaveNorm.apply(x), products).chunk(2, 2); // 2 × (B, T, F)
        Tensor strengths = told.get(0).add(bands.apply(spectrograms.transpose(1, 2), products));
        // What samples from -1 to 1 can have at most is the sum of the window: half of its size.
        Tensor magnitudes = strengths
                .clamp_max(new Scalar(Math.log(config.mel().fft() / 2.0)))
                .exp();
        return Waves.sounds(
                magnitudes.transpose(1, 2),
                told.get(1).transpose(1, 2),
                config.mel().hop());
    }

    private Tensor drop(Tensor x) {
        return regime.dropout() > 0 && is_training() ? torch.dropout(x, regime.dropout(), true) : x;
    }

    @Override
    public SequencedMap<String, Tensor> tensors() {
        return table.tensors();
    }

    @Override
    public Config config() {
        return config;
    }

    @Override
    public Module module() {
        return this;
    }

    @Override
    public void regime(Regime regime) {
        this.regime = regime;
    }
}
