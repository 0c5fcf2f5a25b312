package dev.athanor.model;

import dev.athanor.torch.Layers;
import dev.athanor.torch.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Two networks that learn against each other (Goodfellow et al. 2014): a generator makes a picture of random
/// numbers, a discriminator scores how real pictures look. Both are residual and without normalisation (Huang
/// et al. 2024, section 3), so that each picture's score depends on that picture alone, and both are told what
/// a picture shall show: the generator beside its random numbers, the discriminator by projection (Miyato and
/// Koyama 2018, equation 8).
///
/// Letters: B batch, C channels of a level, H and W its height and width, E width of what is told, Z latent.
public final class ImageGan extends Module implements ImageModel {

    /// @param patch pixels of a square's side that are folded into channels, 1 for none
    /// @param width channels of the first level, of both networks
    /// @param levels channels of each level as multiples of `width`; each is half the size of the one before
    /// @param blocks residual blocks of a level
    /// @param latent Z
    /// @param classes how many values each field of the labels has
    public record Config(
            ImageShape shape, int patch, int width, List<Integer> levels, int blocks, int latent, List<Integer> classes)
            implements ImageConfig {
        static final String TYPE = "athanor-image-gan";

        public Config {
            levels = List.copyOf(levels);
            classes = List.copyOf(classes);
            Sizes.positive("patch", patch);
            Sizes.positive("width", width);
            Sizes.positive("levels", levels.size());
            levels.forEach(level -> Sizes.positive("levels", level));
            classes.forEach(values -> Sizes.positive("classes", values));
            Sizes.positive("blocks", blocks);
            Sizes.positive("latent", latent);
            shape.shrunk(UNet.Config.factor(patch, levels), 1);
        }

        /// E.
        int told() {
            return classes.isEmpty() ? 0 : latent;
        }

        int channels(int level) {
            return width * levels.get(level);
        }

        int folded() {
            return shape.channels() * patch * patch;
        }

        /// The smallest level.
        ImageShape bottom() {
            return shape.shrunk(UNet.Config.factor(patch, levels), channels(levels.size() - 1));
        }

        @Override
        public String family() {
            return "image-gan";
        }

        @Override
        public long parameters() {
            int bottom = bottom().numbers();
            int last = channels(levels.size() - 1);
            long sum = Affine.parameters(latent + told(), bottom)
                    + Convolution.parameters(channels(0), folded(), 3)
                    + Convolution.parameters(folded(), channels(0), 3)
                    + Affine.parameters(bottom, last)
                    + last;
            for (int values : classes) {
                sum += (long) (values + 1) * (told() + last);
            }
            for (int level = 0; level < levels.size(); level++) {
                sum += 2 * blocks * Block.parameters(channels(level));
                if (level > 0) {
                    sum += Convolution.parameters(channels(level), 4 * channels(level - 1), 1)
                            + Convolution.parameters(4 * channels(level - 1), channels(level), 1);
                }
            }
            return sum;
        }

        @Override
        public long activations() {
            long sum = 0;
            long places = (long) shape.height() * shape.width() / (patch * patch);
            for (int level = 0; level < levels.size(); level++) {
                long tensors = (4L * blocks + 2) * 5; // one picture made, four scored
                sum += (places >> 2 * level) * channels(level) * tensors;
            }
            return sum;
        }

        @Override
        public String loss() {
            return "energy distance of made pictures to real ones, pixel by pixel";
        }

        @Override
        public ImageGan open() {
            return new ImageGan(this);
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
    private final Generator generator;
    private final Discriminator discriminator;
    private Precision products = Precision.FLOAT32;

    public ImageGan(Config config) {
        this.config = config;
        generator = Generator.of(table, config);
        discriminator = Discriminator.of(table, config);
    }

    /// Pictures (B, channels, height, width) of random numbers z (B, Z) from a standard normal.
    public Tensor generate(Tensor z, Given given) {
        return generator.apply(z, given, this);
    }

    /// How real pictures look that are said to show what is given, (B): larger is more real. The differences
    /// between scores count, not the scores.
    public Tensor score(Tensor x, Given given) {
        return discriminator.apply(x, given, this);
    }

    /// The weights of the network that makes pictures.
    public SequencedMap<String, Tensor> generatorTensors() {
        return named("generator.");
    }

    /// The weights of the network that scores them.
    public SequencedMap<String, Tensor> discriminatorTensors() {
        return named("discriminator.");
    }

    private SequencedMap<String, Tensor> named(String prefix) {
        SequencedMap<String, Tensor> some = new LinkedHashMap<>();
        table.tensors().forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                some.put(name, tensor);
            }
        });
        return some;
    }

    private record Generator(
            Labels labels, Affine latent, List<List<Block>> levels, List<Convolution> grow, Convolution leave) {

        static Generator of(WeightTable table, Config config) {
            String name = "generator.";
            List<List<Block>> levels = new ArrayList<>();
            List<Convolution> grow = new ArrayList<>();
            for (int level = 0; level < config.levels().size(); level++) {
                int C = config.channels(level);
                levels.add(Block.several(table, name + level + ".", C, config.blocks()));
                if (level > 0) {
                    grow.add(Convolution.of(table, name + level + ".grow", C, 4 * config.channels(level - 1), 1));
                }
            }
            return new Generator(
                    Labels.of(table, name, config, config.told()),
                    Affine.of(
                            table,
                            name + "latent",
                            config.latent() + config.told(),
                            config.bottom().numbers()),
                    levels,
                    grow,
                    Convolution.of(table, name + "leave", config.channels(0), config.folded(), 3));
        }

        Tensor apply(Tensor z, Given given, ImageGan model) {
            Config config = model.config;
            ImageShape bottom = config.bottom();
            Tensor told = labels.isEmpty() ? z : Layers.concatenate(z, labels.sum(given)); // (B, Z + E)
            Tensor h = Layers.channelsLast(latent.apply(told, model.products)
                    .view(z.size(0), bottom.channels(), bottom.height(), bottom.width())); // (B, C, H, W)
            for (int level = levels.size() - 1; level >= 0; level--) {
                for (Block block : levels.get(level)) {
                    h = block.apply(h, model.products);
                }
                if (level > 0) {
                    h = Layers.unfold(grow.get(level - 1).apply(h, model.products), 2);
                }
            }
            return Layers.unfold(leave.apply(activated(h), model.products), config.patch())
                    .tanh();
        }
    }

    private record Discriminator(
            Convolution enter,
            List<List<Block>> levels,
            List<Convolution> shrink,
            Affine seen,
            Tensor score,
            Labels labels) {

        static Discriminator of(WeightTable table, Config config) {
            String name = "discriminator.";
            Convolution enter = Convolution.of(table, name + "enter", config.folded(), config.channels(0), 3);
            List<List<Block>> levels = new ArrayList<>();
            List<Convolution> shrink = new ArrayList<>();
            for (int level = 0; level < config.levels().size(); level++) {
                int C = config.channels(level);
                if (level > 0) {
                    shrink.add(Convolution.of(table, name + level + ".shrink", 4 * config.channels(level - 1), C, 1));
                }
                levels.add(Block.several(table, name + level + ".", C, config.blocks()));
            }
            int last = config.bottom().channels();
            return new Discriminator(
                    enter,
                    levels,
                    shrink,
                    Affine.of(table, name + "seen", config.bottom().numbers(), last),
                    table.uniform(name + "score.weight", last, 1, last),
                    Labels.of(table, name, config, last));
        }

        Tensor apply(Tensor x, Given given, ImageGan model) {
            Tensor folded = Layers.channelsLast(Layers.fold(x, model.config.patch()));
            Tensor h = enter.apply(folded, model.products); // (B, C, H, W)
            for (int level = 0; level < levels.size(); level++) {
                if (level > 0) {
                    h = shrink.get(level - 1).apply(Layers.fold(h, 2), model.products);
                }
                for (Block block : levels.get(level)) {
                    h = block.apply(h, model.products);
                }
            }
            Tensor known = activated(seen.apply(activated(h).flatten(1, 3), model.products)); // (B, C)
            Tensor scores = Layers.linear(known, score, model.products).squeeze(1); // (B)
            if (labels.isEmpty()) {
                return scores;
            }
            double length = Math.sqrt(known.size(1)); // so that the product does not grow with the width
            return scores.add(known.mul(labels.sum(given)).sum(1).div(new Scalar(length)));
        }
    }

    /// A table (values + 1, width) for each field; row 0: left open.
    private record Labels(List<Tensor> tables) {
        static Labels of(WeightTable table, String name, Config config, int width) {
            List<Tensor> tables = new ArrayList<>();
            for (int field = 0; field < config.classes().size(); field++) {
                int rows = config.classes().get(field) + 1;
                tables.add(table.add(name + "label." + field + ".weight", torch.randn(rows, width)));
            }
            return new Labels(tables);
        }

        boolean isEmpty() {
            return tables.isEmpty();
        }

        /// (B, width)
        Tensor sum(Given given) {
            Tensor sum = Layers.embedding(given.labels().select(1, 0), tables.getFirst());
            for (int field = 1; field < tables.size(); field++) {
                sum = sum.add(Layers.embedding(given.labels().select(1, field), tables.get(field)));
            }
            return sum;
        }
    }

    private static Tensor activated(Tensor x) {
        return torch.leaky_relu(x, new Scalar(0.2));
    }

    /// x + convolution(activated(·)) twice, the second silent at first: so the depth is learnt slowly, and the
    /// networks need no normalisation (Zhang et al. 2019, section 3).
    private record Block(Convolution convolution1, Convolution convolution2) {

        static List<Block> several(WeightTable table, String prefix, int C, int count) {
            List<Block> blocks = new ArrayList<>();
            for (int number = 0; number < count; number++) {
                blocks.add(new Block(
                        Convolution.of(table, prefix + number + ".convolution1", C, C, 3),
                        Convolution.silent(table, prefix + number + ".convolution2", C, C, 3)));
            }
            return blocks;
        }

        static long parameters(int C) {
            return 2 * Convolution.parameters(C, C, 3);
        }

        Tensor apply(Tensor x, Precision products) {
            return x.add(convolution2.apply(activated(convolution1.apply(activated(x), products)), products));
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

    /// Dropout would make scores of the same picture differ: none is done.
    @Override
    public void regime(Regime regime) {
        this.products = regime.products();
    }
}
