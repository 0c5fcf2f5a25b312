package dev.athanor.model;

import dev.athanor.torch.Layers;
import dev.athanor.torch.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Says what a picture shows: a small residual network with its activations before its products (He et al.
/// 2016, "Identity mappings", figure 4e) and group normalisation, so that a picture is judged alike alone and
/// in any batch. Squares of `patch` pixels are folded into channels first, which makes it fast on a CPU.
///
/// Letters: B batch, C channels of a level, H and W its height and width, D features, K values of the label.
public final class ImageClassifier extends Module implements ImageModel {
    /// D: what a picture is known by before the head weighs it.
    public static final int FEATURES = 128;

    /// @param patch pixels of a square's side that are folded into channels, 1 for none
    /// @param width channels of the first level
    /// @param levels channels of each level as multiples of `width`; each is half the size of the one before
    /// @param blocks residual blocks of a level
    /// @param values K, those that the one field of its labels has
    public record Config(ImageShape shape, int patch, int width, List<Integer> levels, int blocks, int values)
            implements ImageConfig {
        static final String TYPE = "athanor-image-classifier";

        public Config {
            levels = List.copyOf(levels);
            Sizes.positive("patch", patch);
            Sizes.positive("width", width);
            Sizes.divides("width", width, "groups of channels", GroupNorm.GROUPS);
            Sizes.positive("levels", levels.size());
            levels.forEach(level -> Sizes.positive("levels", level));
            Sizes.positive("blocks", blocks);
            Sizes.positive("values", values);
            shape.shrunk(patch, 1);
        }

        int channels(int level) {
            return width * levels.get(level);
        }

        @Override
        public String family() {
            return "image-classifier";
        }

        @Override
        public long parameters() {
            int last = channels(levels.size() - 1);
            long sum = Convolution.parameters(shape.channels() * patch * patch, channels(0), 3)
                    + GroupNorm.parameters(last)
                    + Affine.parameters(last, FEATURES)
                    + Affine.parameters(FEATURES, values);
            for (int level = 0; level < levels.size(); level++) {
                sum += blocks * Block.parameters(channels(level));
                if (level > 0) {
                    sum += Convolution.parameters(channels(level - 1), channels(level), 3);
                }
            }
            return sum;
        }

        @Override
        public long activations() {
            long sum = 0;
            long places = (long) shape.height() * shape.width() / (patch * patch);
            for (int level = 0; level < levels.size(); level++) {
                sum += (places >> 2 * level) * channels(level) * (7L * blocks + 2); // tensors of a block, about
            }
            return sum;
        }

        @Override
        public String loss() {
            return "nats a label";
        }

        @Override
        public ImageClassifier open() {
            return new ImageClassifier(this);
        }

        @Override
        public ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("model_type", TYPE);
            shape.write(json);
            json.put("patch", patch);
            json.put("base_width", width);
            levels.forEach(json.putArray("levels")::add);
            json.put("blocks", blocks);
            json.put("values", values);
            return json;
        }

        static Config fromJson(JsonNode json) {
            return Sizes.fromFile(() -> new Config(
                    ImageShape.read(json),
                    Sizes.read(json, "patch"),
                    Sizes.read(json, "base_width"),
                    Sizes.readAll(json, "levels"),
                    Sizes.read(json, "blocks"),
                    Sizes.read(json, "values")));
        }
    }

    /// What is seen in pictures.
    ///
    /// @param logits (B, K)
    /// @param features (B, D)
    public record Seen(Tensor logits, Tensor features) {}

    private final Config config;
    private final WeightTable table = new WeightTable(this);
    private final Convolution enter;
    private final List<Convolution> shrink = new ArrayList<>(); // from the level before
    private final List<List<Block>> levels = new ArrayList<>();
    private final GroupNorm norm;
    private final Affine features;
    private final Affine head;
    private Regime regime = Regime.EXACT;

    public ImageClassifier(Config config) {
        this.config = config;
        int folded = config.shape().channels() * config.patch() * config.patch();
        int last = config.levels().size() - 1;
        enter = Convolution.of(table, "enter", folded, config.channels(0), 3);
        for (int level = 0; level <= last; level++) {
            int C = config.channels(level);
            String name = "level." + level + ".";
            if (level > 0) {
                shrink.add(Convolution.of(table, name + "shrink", config.channels(level - 1), C, 3));
            }
            List<Block> blocks = new ArrayList<>();
            for (int number = 0; number < config.blocks(); number++) {
                blocks.add(Block.of(table, name + number, C));
            }
            levels.add(blocks);
        }
        norm = GroupNorm.of(table, "norm", config.channels(last));
        features = Affine.of(table, "features", config.channels(last), FEATURES);
        head = Affine.of(table, "head", FEATURES, config.values());
    }

    /// Pictures (B, channels, height, width) to what is seen in them.
    public Seen forward(Tensor x) {
        Precision products = regime.products();
        Tensor h = enter.apply(Layers.channelsLast(Layers.fold(x, config.patch())), products); // (B, C, H, W)
        for (int level = 0; level < levels.size(); level++) {
            if (level > 0) {
                h = shrink.get(level - 1).apply(h, 2, products); // (B, C, ⌈H/2⌉, ⌈W/2⌉)
            }
            for (Block block : levels.get(level)) {
                h = block.apply(h, products);
            }
        }
        Tensor pooled = torch.silu(norm.apply(h)).flatten(2, 3).mean(2); // (B, C)
        Tensor seen = torch.silu(features.apply(pooled, products)); // (B, D)
        return new Seen(head.apply(drop(seen), products), seen);
    }

    private Tensor drop(Tensor x) {
        return regime.dropout() > 0 && is_training() ? torch.dropout(x, regime.dropout(), true) : x;
    }

    /// x + convolution(SiLU(norm(·))) twice.
    private record Block(GroupNorm norm1, Convolution convolution1, GroupNorm norm2, Convolution convolution2) {

        static Block of(WeightTable table, String name, int C) {
            return new Block(
                    GroupNorm.of(table, name + ".norm1", C),
                    Convolution.of(table, name + ".convolution1", C, C, 3),
                    GroupNorm.of(table, name + ".norm2", C),
                    Convolution.silent(table, name + ".convolution2", C, C, 3));
        }

        static long parameters(int C) {
            return 2 * (GroupNorm.parameters(C) + Convolution.parameters(C, C, 3));
        }

        Tensor apply(Tensor x, Precision products) {
            Tensor h = convolution1.apply(torch.silu(norm1.apply(x)), products);
            return x.add(convolution2.apply(torch.silu(norm2.apply(h)), products));
        }
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
