package dev.athanor.model;

import dev.athanor.torch.Layers;
import dev.athanor.torch.Precision;
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

/// A variational autoencoder of pictures (Kingma and Welling 2014) that is told what they show (Sohn et al.
/// 2015): a convolutional encoder turns a picture into a normal distribution over a latent vector, a decoder
/// that mirrors it makes a picture of such a vector. What the label says need not be in the vector.
///
/// Letters: B batch, C channels of a level, H and W its height and width, E width of what is told, Z latent.
public final class ImageVae extends Module implements ImageModel {

    /// @param patch pixels of a square's side that are folded into channels, 1 for none
    /// @param width channels of the first level
    /// @param levels channels of each level as multiples of `width`; each is half the size of the one before
    /// @param blocks residual blocks of a level, each way
    /// @param latent Z
    /// @param classes how many values each field of the labels has
    public record Config(
            ImageShape shape, int patch, int width, List<Integer> levels, int blocks, int latent, List<Integer> classes)
            implements ImageConfig {
        static final String TYPE = "athanor-image-vae";

        public Config {
            levels = List.copyOf(levels);
            classes = List.copyOf(classes);
            Sizes.positive("patch", patch);
            Sizes.positive("width", width);
            Sizes.divides("width", width, "groups of channels", GroupNorm.GROUPS);
            Sizes.positive("levels", levels.size());
            levels.forEach(level -> Sizes.positive("levels", level));
            classes.forEach(values -> Sizes.positive("classes", values));
            Sizes.positive("blocks", blocks);
            Sizes.positive("latent", latent);
            shape.shrunk(UNet.Config.factor(patch, levels), 1);
        }

        /// E.
        int told() {
            return 2 * width;
        }

        int channels(int level) {
            return width * levels.get(level);
        }

        /// The smallest level.
        ImageShape bottom() {
            return shape.shrunk(UNet.Config.factor(patch, levels), channels(levels.size() - 1));
        }

        @Override
        public String family() {
            return "image-vae";
        }

        @Override
        public long parameters() {
            int folded = shape.channels() * patch * patch;
            int last = levels.size() - 1;
            long sum = Convolution.parameters(folded, channels(0), 3)
                    + Convolution.parameters(channels(0), folded, 3)
                    + GroupNorm.parameters(channels(0))
                    + GroupNorm.parameters(channels(last))
                    + Affine.parameters(bottom().numbers(), 2 * latent)
                    + Affine.parameters(latent, bottom().numbers());
            for (int values : classes) {
                sum += (long) (values + 1) * told();
            }
            for (int level = 0; level <= last; level++) {
                sum += 2 * blocks * Block.parameters(channels(level), told());
                if (level > 0) {
                    sum += Convolution.parameters(4 * channels(level - 1), channels(level), 1)
                            + Convolution.parameters(channels(level), 4 * channels(level - 1), 1);
                }
            }
            return sum;
        }

        @Override
        public long activations() {
            long sum = 0;
            long places = (long) shape.height() * shape.width() / (patch * patch);
            for (int level = 0; level < levels.size(); level++) {
                sum += (places >> 2 * level) * channels(level) * (20L * blocks + 4); // tensors of two blocks, about
            }
            return sum;
        }

        @Override
        public String loss() {
            return "nats a number of a picture, negative evidence lower bound";
        }

        @Override
        public ImageVae open() {
            return new ImageVae(this);
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
            json.put("latent", latent);
            classes.forEach(json.putArray("classes")::add);
            return json;
        }

        static Config fromJson(JsonNode json) {
            return Sizes.fromFile(() -> new Config(
                    ImageShape.read(json),
                    Sizes.read(json, "patch"),
                    Sizes.read(json, "base_width"),
                    Sizes.readAll(json, "levels"),
                    Sizes.read(json, "blocks"),
                    Sizes.read(json, "latent"),
                    Sizes.readAll(json, "classes")));
        }
    }

    private final Config config;
    private final WeightTable table = new WeightTable(this);
    private final List<Tensor> labels = new ArrayList<>(); // (values + 1, E) for each field; row 0: left open
    private final Convolution enter;
    private final List<List<Block>> down = new ArrayList<>();
    private final List<Convolution> shrink = new ArrayList<>();
    private final GroupNorm bottomNorm;
    private final Affine posterior;
    private final Affine latent;
    private final List<List<Block>> up = new ArrayList<>(); // by level, like `down`
    private final List<Convolution> grow = new ArrayList<>();
    private final GroupNorm leaveNorm;
    private final Convolution leave;
    private Regime regime = Regime.EXACT;

    public ImageVae(Config config) {
        this.config = config;
        int folded = config.shape().channels() * config.patch() * config.patch();
        int last = config.levels().size() - 1;
        int E = config.told();
        int Z = config.latent();
        for (int field = 0; field < config.classes().size(); field++) {
            labels.add(table.add(
                    "label." + field + ".weight", torch.randn(config.classes().get(field) + 1, E)));
        }
        enter = Convolution.of(table, "enter", folded, config.channels(0), 3);
        for (int level = 0; level <= last; level++) {
            int C = config.channels(level);
            if (level > 0) {
                int before = 4 * config.channels(level - 1);
                shrink.add(Convolution.of(table, "down.%d.shrink".formatted(level), before, C, 1));
                grow.add(Convolution.of(table, "up.%d.grow".formatted(level), C, before, 1));
            }
            down.add(blocks("down.%d.".formatted(level), C));
            up.add(blocks("up.%d.".formatted(level), C));
        }
        bottomNorm = GroupNorm.of(table, "bottom.norm", config.channels(last));
        posterior = Affine.of(table, "posterior", config.bottom().numbers(), 2 * Z);
        latent = Affine.of(table, "latent", Z, config.bottom().numbers());
        leaveNorm = GroupNorm.of(table, "leave.norm", config.channels(0));
        leave = Convolution.of(table, "leave", config.channels(0), folded, 3);
    }

    private List<Block> blocks(String prefix, int channels) {
        List<Block> blocks = new ArrayList<>();
        for (int number = 0; number < config.blocks(); number++) {
            blocks.add(Block.of(table, prefix + number, channels, config.told()));
        }
        return blocks;
    }

    /// The distribution of each picture: x (B, channels, height, width) from -1 to 1.
    public Posterior encode(Tensor x, Given given) {
        Precision products = regime.products();
        Tensor told = told(given, x); // (B, E)
        Tensor h = enter.apply(Layers.channelsLast(Layers.fold(x, config.patch())), products); // (B, C, H, W)
        for (int level = 0; level < down.size(); level++) {
            if (level > 0) {
                h = shrink.get(level - 1).apply(Layers.fold(h, 2), products);
            }
            for (Block block : down.get(level)) {
                h = block.apply(h, told, this);
            }
        }
        Tensor seen = torch.silu(bottomNorm.apply(h)).flatten(1, 3); // (B, C · H · W)
        TensorVector halves = posterior.apply(seen, products).chunk(2, 1); // 2 × (B, Z)
        return new Posterior(halves.get(0), halves.get(1));
    }

    /// The picture of each latent vector: z (B, Z) to (B, channels, height, width).
    public Tensor decode(Tensor z, Given given) {
        Precision products = regime.products();
        Tensor told = told(given, z); // (B, E)
        ImageShape bottom = config.bottom();
        Tensor h = Layers.channelsLast(latent.apply(z, products)
                .view(z.size(0), bottom.channels(), bottom.height(), bottom.width())); // (B, C, H, W)
        for (int level = up.size() - 1; level >= 0; level--) {
            for (Block block : up.get(level)) {
                h = block.apply(h, told, this);
            }
            if (level > 0) {
                h = Layers.unfold(grow.get(level - 1).apply(h, products), 2);
            }
        }
        return Layers.unfold(leave.apply(torch.silu(leaveNorm.apply(h)), products), config.patch());
    }

    /// The sum of what each field says, (B, E); of nothing where there are no fields.
    private Tensor told(Given given, Tensor rows) {
        Tensor told = torch.zeros(new long[] {rows.size(0), config.told()}, rows.options());
        for (int field = 0; field < labels.size(); field++) {
            told = told.add(Layers.embedding(given.labels().select(1, field), labels.get(field)));
        }
        return told;
    }

    /// x + convolution(SiLU(norm(·))) twice, where what is told scales and shifts what the second norm gives.
    private record Block(
            GroupNorm norm1, Convolution convolution1, Affine given, GroupNorm norm2, Convolution convolution2) {

        static Block of(WeightTable table, String name, int C, int E) {
            return new Block(
                    GroupNorm.of(table, name + ".norm1", C),
                    Convolution.of(table, name + ".convolution1", C, C, 3),
                    Affine.of(table, name + ".given", E, 2 * C),
                    GroupNorm.of(table, name + ".norm2", C),
                    Convolution.silent(table, name + ".convolution2", C, C, 3));
        }

        static long parameters(int C, int E) {
            return 2 * (GroupNorm.parameters(C) + Convolution.parameters(C, C, 3)) + Affine.parameters(E, 2 * C);
        }

        Tensor apply(Tensor x, Tensor told, ImageVae model) {
            Precision products = model.regime.products();
            Tensor h = convolution1.apply(torch.silu(norm1.apply(x)), products);
            TensorVector scaleAndShift =
                    given.apply(told, products).unsqueeze(-1).unsqueeze(-1).chunk(2, 1); // 2 × (B, C, 1, 1)
            Tensor scaled =
                    norm2.apply(h).mul(scaleAndShift.get(0).add(new Scalar(1))).add(scaleAndShift.get(1));
            return x.add(convolution2.apply(model.drop(torch.silu(scaled)), products));
        }
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
