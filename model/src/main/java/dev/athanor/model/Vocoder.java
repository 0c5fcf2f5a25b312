package dev.athanor.model;

import dev.athanor.data.sound.MelFilters;
import dev.athanor.data.sound.MelSettings;
import dev.athanor.torch.Precision;
import dev.athanor.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Tells of a spectrogram in mels how strong each frequency was, which its bands do not say: the harmonics of a
/// voice, the edges of a band. What it cannot know, where the waves stand, [dev.athanor.data.sound.GriffinLim]
/// finds (as in Tacotron: Wang et al. 2017, section 3.3). The blocks are those of Vocos (Siuzdak 2023), at the
/// rate of the frames, so that a second of speech is a few milliseconds of work for a CPU.
///
/// The strengths begin as what the bands say by themselves, each frequency between its two, and the blocks add
/// what those cannot tell.
///
/// Vocos tells the waves' places, too, and is trained by what the whole sound is like. Its spectra were farther
/// from held-out digits than Griffin-Lim's after five minutes of training (6.0 and 5.8 dB), since no frame can
/// tell by itself where the waves of the one before have come to (November 2026).
///
/// Letters: B batch, M bands, T frames, C width, F frequencies.
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
                    + Affine.parameters(width, mel.bins())
                    + Affine.parameters(mel.mels(), mel.bins());
        }

        @Override
        public long activations() {
            return blocks * FrameBlock.activations(width) + 4L * mel.bins();
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
        enter = TimeConvolution.of(table, "enter", config.mel().mels(), C, FrameBlock.KERNEL);
        enterNorm = LayerNorm.of(table, "enter.norm", C);
        for (int number = 0; number < config.blocks(); number++) {
            blocks.add(FrameBlock.of(table, "block." + number, C, 1.0 / config.blocks()));
        }
        leaveNorm = LayerNorm.of(table, "leave.norm", C);
        leave = Affine.of(table, "leave", C, config.mel().bins());
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

    /// Spectrograms (B, M, T), natural logarithms of magnitudes, to those of each frequency (B, F, T).
    public Tensor forward(Tensor spectrograms) {
        Precision products = regime.products();
        Tensor x = enterNorm.apply(enter.apply(spectrograms).transpose(1, 2)); // (B, T, C)
        for (FrameBlock block : blocks) {
            x = block.apply(x, products, this::drop);
        }
        Tensor strengths = leave.apply(leaveNorm.apply(x), products) // (B, T, F)
                .add(bands.apply(spectrograms.transpose(1, 2), products));
        return strengths.clamp_max(new Scalar(loudest())).transpose(1, 2);
    }

    /// What samples from -1 to 1 can have at most is the sum of the window: half of its size.
    private double loudest() {
        return Math.log(config.mel().fft() / 2.0);
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
