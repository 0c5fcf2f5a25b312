package dev.athanor.model;

import dev.athanor.torch.Attention;
import dev.athanor.torch.Layers;
import dev.athanor.torch.Precision;
import dev.athanor.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The network of a diffusion model (Ho et al. 2020, appendix B; Dhariwal and Nichol 2021, section 3): a noisy
/// picture, its time and what it shall show in; a prediction of the same size out. A U-Net (Ronneberger et al.
/// 2015): residual blocks at each level of size on the way down, the same on the way up beside what the way
/// down has seen, attention at the smallest. Squares of `patch` pixels are folded into channels first, which
/// makes it fast on a CPU.
///
/// Letters: B batch, C channels of a level, H and W its height and width, E width of what is given, N = H·W.
public final class UNet extends Module implements ImageModel {

    /// @param patch pixels of a square's side that are folded into channels, 1 for none
    /// @param width channels of the first level
    /// @param levels channels of each level as multiples of `width`; each is half the size of the one before
    /// @param blocks residual blocks of a level, each way
    /// @param classes how many values each field of the labels has
    /// @param process the noise, and what is predicted
    public record Config(
            ImageShape shape,
            int patch,
            int width,
            List<Integer> levels,
            int blocks,
            List<Integer> classes,
            CaptionShape captions,
            NoiseProcess process)
            implements ImageConfig {
        static final String TYPE = "athanor-diffusion-unet";

        public Config {
            levels = List.copyOf(levels);
            classes = List.copyOf(classes);
            Sizes.positive("patch", patch);
            Sizes.positive("width", width);
            Sizes.divides("width", width, "groups of channels", GroupNorm.GROUPS);
            Sizes.positive("levels", levels.size());
            levels.forEach(level -> Sizes.positive("levels", level));
            if (levels.getFirst() != 1) {
                throw new IllegalArgumentException(
                        "levels %s: the first is the width itself, so begin with 1, for example [1, 2]"
                                .formatted(levels));
            }
            classes.forEach(values -> Sizes.positive("classes", values));
            Sizes.positive("blocks", blocks);
            shape.shrunk(factor(patch, levels), 1);
        }

        /// What height and width must be multiples of.
        public static int factor(int patch, List<Integer> levels) {
            return patch << levels.size() - 1;
        }

        /// E.
        int told() {
            return 4 * width;
        }

        int channels(int level) {
            return width * levels.get(level);
        }

        @Override
        public String family() {
            return "image-diffusion";
        }

        @Override
        public long parameters() {
            int folded = shape.channels() * patch * patch;
            long sum = 2 * Affine.parameters(told(), told())
                    + Convolution.parameters(folded, width, 3)
                    + GroupNorm.parameters(width)
                    + Convolution.parameters(width, folded, 3);
            for (int values : classes) {
                sum += (long) (values + 1) * told();
            }
            for (int level = 0; level < levels.size(); level++) {
                int C = channels(level);
                sum += blocks * (2 * Block.parameters(C, told()) + Convolution.parameters(2 * C, C, 1));
                if (level > 0) {
                    sum += Convolution.parameters(4 * channels(level - 1), C, 1)
                            + Convolution.parameters(C, 4 * channels(level - 1), 1);
                }
            }
            int bottom = channels(levels.size() - 1);
            sum += 2 * Block.parameters(bottom, told()) + Look.parameters(bottom, captions);
            if (captions.isUsed()) {
                int D = CaptionEncoder.fitting(bottom);
                sum += CaptionEncoder.parameters(captions, D) + Affine.parameters(D, told());
            }
            return sum;
        }

        @Override
        public long activations() {
            long sum = 0;
            long places = (long) shape.height() * shape.width() / (patch * patch);
            for (int level = 0; level < levels.size(); level++) {
                sum += (places >> 2 * level) * channels(level) * (2L * blocks + 1) * 12; // tensors of a block, about
            }
            return sum;
        }

        @Override
        public String loss() {
            return switch (process) {
                case FLOW_MATCHING, FLOW_TO_PICTURE -> "mean squared error of the velocity";
                case DDPM -> "mean squared error of the noise";
            };
        }

        @Override
        public UNet open() {
            return new UNet(this);
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
            classes.forEach(json.putArray("classes")::add);
            json.put("caption_vocabulary", captions.vocabulary());
            json.put("caption_length", captions.length());
            json.put("process", process.word());
            return json;
        }

        static Config fromJson(JsonNode json) {
            return Sizes.fromFile(() -> new Config(
                    ImageShape.read(json),
                    Sizes.read(json, "patch"),
                    Sizes.read(json, "base_width"),
                    Sizes.readAll(json, "levels"),
                    Sizes.read(json, "blocks"),
                    Sizes.readAll(json, "classes"),
                    new CaptionShape(Sizes.read(json, "caption_vocabulary"), Sizes.read(json, "caption_length")),
                    NoiseProcess.read(json.path("process").asString(""))));
        }
    }

    private final Config config;
    private final WeightTable table = new WeightTable(this);
    private final Affine time1;
    private final Affine time2;
    private final List<Tensor> labels = new ArrayList<>(); // (values + 1, E) for each field; row 0: left open
    private final Optional<CaptionEncoder> captions;
    private final Optional<Affine> captionSummary;
    private final Convolution enter;
    private final List<List<Block>> down = new ArrayList<>();
    private final List<Convolution> shrink = new ArrayList<>();
    private final Block middle1;
    private final Look look;
    private final Block middle2;
    private final List<List<Block>> up = new ArrayList<>(); // by level, like `down`
    private final List<List<Convolution>> merge = new ArrayList<>();
    private final List<Convolution> grow = new ArrayList<>();
    private final GroupNorm leaveNorm;
    private final Convolution leave;
    private Regime regime = Regime.EXACT;

    public UNet(Config config) {
        this.config = config;
        int E = config.told();
        int folded = config.shape().channels() * config.patch() * config.patch();
        int last = config.levels().size() - 1;
        int bottom = config.channels(last);
        time1 = Affine.of(table, "time.0", E, E);
        time2 = Affine.of(table, "time.1", E, E);
        for (int field = 0; field < config.classes().size(); field++) {
            labels.add(table.add(
                    "label." + field + ".weight",
                    torch.randn(config.classes().get(field) + 1, E).mul_(new Scalar(0.02))));
        }
        int D = CaptionEncoder.fitting(bottom);
        boolean told = config.captions().isUsed();
        captions = told ? Optional.of(new CaptionEncoder(table, config.captions(), D)) : Optional.empty();
        captionSummary = told ? Optional.of(Affine.of(table, "caption.summary", D, E)) : Optional.empty();
        enter = Convolution.of(table, "enter", folded, config.width(), 3);
        for (int level = 0; level <= last; level++) {
            int C = config.channels(level);
            if (level > 0) {
                shrink.add(
                        Convolution.of(table, "down.%d.shrink".formatted(level), 4 * config.channels(level - 1), C, 1));
            }
            down.add(blocks("down.%d.".formatted(level), C));
        }
        middle1 = Block.of(table, "middle.0", bottom, E);
        look = Look.of(table, bottom, config.captions());
        middle2 = Block.of(table, "middle.1", bottom, E);
        for (int level = 0; level <= last; level++) {
            int C = config.channels(level);
            List<Convolution> merges = new ArrayList<>();
            for (int number = 0; number < config.blocks(); number++) {
                merges.add(Convolution.of(table, "up.%d.%d.merge".formatted(level, number), 2 * C, C, 1));
            }
            merge.add(merges);
            up.add(blocks("up.%d.".formatted(level), C));
            if (level > 0) {
                grow.add(Convolution.of(table, "up.%d.grow".formatted(level), C, 4 * config.channels(level - 1), 1));
            }
        }
        leaveNorm = GroupNorm.of(table, "leave.norm", config.width());
        leave = Convolution.silent(table, "leave", config.width(), folded, 3);
    }

    private List<Block> blocks(String prefix, int channels) {
        List<Block> blocks = new ArrayList<>();
        for (int number = 0; number < config.blocks(); number++) {
            blocks.add(Block.of(table, prefix + number, channels, config.told()));
        }
        return blocks;
    }

    /// The prediction of [NoiseProcess] for noisy pictures x (B, channels, height, width) at times (B) from 0,
    /// the picture, to 1, the noise: a tensor shaped as x.
    public Tensor forward(Tensor x, Tensor times, Given given) {
        Precision products = regime.products();
        Optional<CaptionEncoder.Read> caption = captions.map(encoder -> encoder.read(given.captions(), products));
        Tensor told = told(times, given, caption); // (B, E)
        Tensor h = enter.apply(Layers.channelsLast(Layers.fold(x, config.patch())), products); // (B, C, H, W)
        List<Tensor> seen = new ArrayList<>();
        int last = config.levels().size() - 1;
        for (int level = 0; level <= last; level++) {
            if (level > 0) {
                h = shrink.get(level - 1).apply(Layers.fold(h, 2), products);
            }
            for (Block block : down.get(level)) {
                h = block.apply(h, told, this);
                seen.addLast(h);
            }
        }
        h = middle1.apply(h, told, this);
        h = h.add(look.apply(h, caption, products));
        h = middle2.apply(h, told, this);
        for (int level = last; level >= 0; level--) {
            for (int number = 0; number < config.blocks(); number++) {
                h = merge.get(level).get(number).apply(Layers.stack(h, seen.removeLast()), products);
                h = up.get(level).get(number).apply(h, told, this);
            }
            if (level > 0) {
                h = Layers.unfold(grow.get(level - 1).apply(h, products), 2);
            }
        }
        return Layers.unfold(leave.apply(torch.silu(leaveNorm.apply(h)), products), config.patch());
    }

    /// Time, labels and caption in one vector each, (B, E), through the activation that each block begins with.
    private Tensor told(Tensor times, Given given, Optional<CaptionEncoder.Read> caption) {
        Precision products = regime.products();
        Tensor told = time2.apply(torch.silu(time1.apply(waves(times), products)), products);
        for (int field = 0; field < labels.size(); field++) {
            told = told.add(Layers.embedding(given.labels().select(1, field), labels.get(field)));
        }
        if (caption.isPresent()) {
            told = told.add(captionSummary.orElseThrow().apply(caption.get().summary(), products));
        }
        return torch.silu(told);
    }

    /// Sines and cosines of 1000·t (Vaswani et al. 2017, section 3.5), (B, E).
    private Tensor waves(Tensor times) {
        int half = config.told() / 2;
        float[] frequencies = new float[half];
        for (int i = 0; i < half; i++) {
            frequencies[i] = (float) (1000 * Math.pow(10_000, -(double) i / half));
        }
        Tensor angles = times.unsqueeze(1).mul(Tensors.of(frequencies, half).to(times.device(), times.scalar_type()));
        return torch.cat(new TensorVector(angles.cos(), angles.sin()), 1);
    }

    /// x + convolution(SiLU(norm(·))) twice, where what is given scales and shifts what the second norm gives
    /// (Dhariwal and Nichol 2021, equation 3).
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

        Tensor apply(Tensor x, Tensor told, UNet model) {
            Precision products = model.regime.products();
            Tensor h = convolution1.apply(torch.silu(norm1.apply(x)), products);
            TensorVector scaleAndShift =
                    given.apply(told, products).unsqueeze(-1).unsqueeze(-1).chunk(2, 1); // 2 × (B, C, 1, 1)
            Tensor scaled =
                    norm2.apply(h).mul(scaleAndShift.get(0).add(new Scalar(1))).add(scaleAndShift.get(1));
            return x.add(convolution2.apply(model.drop(torch.silu(scaled)), products));
        }
    }

    /// Attention of all places of a picture to each other and to the tokens of its caption.
    private record Look(GroupNorm norm, Convolution queryKeyValue, Optional<Affine> caption, Convolution mixed) {

        static Look of(WeightTable table, int C, CaptionShape captions) {
            return new Look(
                    GroupNorm.of(table, "look.norm", C),
                    Convolution.of(table, "look.query_key_value", C, 3 * C, 1),
                    captions.isUsed()
                            ? Optional.of(Affine.of(table, "look.caption", CaptionEncoder.fitting(C), 2 * C))
                            : Optional.empty(),
                    Convolution.silent(table, "look.mixed", C, C, 1));
        }

        static long parameters(int C, CaptionShape captions) {
            return GroupNorm.parameters(C)
                    + Convolution.parameters(C, 3 * C, 1)
                    + Convolution.parameters(C, C, 1)
                    + (captions.isUsed() ? Affine.parameters(CaptionEncoder.fitting(C), 2 * C) : 0);
        }

        Tensor apply(Tensor x, Optional<CaptionEncoder.Read> read, Precision products) {
            long B = x.size(0);
            long C = x.size(1);
            long N = x.size(2) * x.size(3);
            long D = C % 64 == 0 ? 64 : C; // width of a head
            TensorVector parts = queryKeyValue
                    .apply(norm.apply(x), products)
                    .reshape(B, 3 * C / D, D, N)
                    .transpose(2, 3)
                    .chunk(3, 1); // 3 × (B, C / D, N, D)
            Tensor key = parts.get(1);
            Tensor value = parts.get(2);
            TensorOptional seen = new TensorOptional();
            if (read.isPresent()) {
                Tensor states = caption.orElseThrow().apply(read.get().states(), products); // (B, L, 2C)
                TensorVector more = states.view(B, states.size(1), 2 * C / D, D)
                        .transpose(1, 2)
                        .chunk(2, 1);
                key = torch.cat(new TensorVector(key, more.get(0)), 2);
                value = torch.cat(new TensorVector(value, more.get(1)), 2);
                Tensor places =
                        torch.ones(new long[] {B, 1, 1, N}, read.get().seen().options());
                seen = new TensorOptional(
                        torch.cat(new TensorVector(places, read.get().seen()), 3));
            }
            Tensor looked = Attention.full(parts.get(0), key, value, seen); // (B, C / D, N, D)
            return mixed.apply(looked.transpose(2, 3).reshape(B, C, x.size(2), x.size(3)), products);
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
