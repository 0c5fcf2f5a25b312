package dev.athanor.model;

import dev.athanor.torch.Layers;
import dev.athanor.torch.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Sounds as words of a language: an autoencoder turns frames of a spectrogram into codes and back (van den Oord et
/// al. 2017), by rounding on a [CodeGrid] (Mentzer et al. 2023), and a [Transformer] learns which code follows
/// which, told what the sound shall be. The two share no weight and no gradient.
///
/// The blocks of the autoencoder are those of ConvNeXt over time ([FrameBlock]).
///
/// Letters: B batch, M bands, T frames, C width, D numbers of a code, K codes, P frames of a code, L = T / P codes
/// of a sound, F fields.
public final class SoundCodec extends Module implements ImageModel {

    /// @param shape of the spectrograms, one channel
    /// @param coding how they become codes and come back
    /// @param classes how many values each field has that the Transformer is told
    /// @param speech layers, heads and width of the Transformer
    public record Config(ImageShape shape, Coding coding, List<Integer> classes, Speech speech) implements ImageConfig {
        static final String TYPE = "athanor-sound-codec";

        public Config {
            classes = List.copyOf(classes);
            classes.forEach(values -> Sizes.positive("classes", values));
            if (shape.channels() != 1) {
                throw new IllegalArgumentException("pictures of %d channels: a codec reads spectrograms, which have 1"
                        .formatted(shape.channels()));
            }
            Sizes.divides("width", shape.width(), "frames of a code", coding.patch());
        }

        /// L.
        public int length() {
            return shape.width() / coding.patch();
        }

        /// The tokens before the codes of a sound: the beginning, then a value for each field; their numbers come
        /// behind those of the codes.
        ///
        /// @param labels numbers as in [Given]
        public int[] opening(int[] labels) {
            int[] opening = new int[1 + classes.size()];
            opening[0] = coding.grid().codes();
            int next = coding.grid().codes() + 1;
            for (int field = 0; field < classes.size(); field++) {
                opening[1 + field] = next + labels[field];
                next += classes.get(field) + 1;
            }
            return opening;
        }

        /// What the Transformer is.
        public Transformer.Config transformer() {
            int told = classes.stream().mapToInt(values -> values + 1).sum();
            return Transformer.Config.of(
                    coding.grid().codes() + 1 + told,
                    classes.size() + length(),
                    speech.layers(),
                    speech.heads(),
                    speech.width());
        }

        @Override
        public String family() {
            return "audio-codec";
        }

        @Override
        public long parameters() {
            int M = shape.height();
            int C = coding.width();
            int D = coding.grid().numbers();
            return TimeConvolution.parameters(M, C, FrameBlock.KERNEL)
                    + 2L * coding.blocks() * FrameBlock.parameters(C)
                    + 2 * LayerNorm.parameters(C)
                    + Affine.parameters(coding.patch() * C, D)
                    + Affine.parameters(D, coding.patch() * C)
                    + Affine.parameters(C, M)
                    + transformer().parameters();
        }

        @Override
        public long activations() {
            Transformer.Config spoken = transformer();
            long token = spoken.layers() * (8L * spoken.width() + 4L * spoken.hidden()) + 3L * spoken.vocabulary();
            long frame = 2L * coding.blocks() * FrameBlock.activations(coding.width());
            return Math.max(shape.width() * frame, spoken.context() * token); // never both at once
        }

        @Override
        public String loss() {
            return "nats a code, and the mean error of a spectrogram that comes back";
        }

        @Override
        public SoundCodec open() {
            return new SoundCodec(this);
        }

        @Override
        public ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("model_type", TYPE);
            shape.write(json);
            coding.write(json.putObject("coding"));
            classes.forEach(json.putArray("classes")::add);
            speech.write(json.putObject("speech"));
            return json;
        }

        static Config fromJson(JsonNode json) {
            return Sizes.fromFile(() -> new Config(
                    ImageShape.read(json),
                    Coding.read(json.path("coding")),
                    Sizes.readAll(json, "classes"),
                    Speech.read(json.path("speech"))));
        }
    }

    /// @param patch P
    /// @param width C
    /// @param blocks each way
    public record Coding(CodeGrid grid, int patch, int width, int blocks) {
        public Coding {
            Sizes.positive("patch", patch);
            Sizes.positive("width", width);
            Sizes.positive("blocks", blocks);
        }

        private void write(ObjectNode json) {
            grid.levels().forEach(json.putArray("levels")::add);
            json.put("patch", patch).put("base_width", width).put("blocks", blocks);
        }

        private static Coding read(JsonNode json) {
            return new Coding(
                    new CodeGrid(Sizes.readAll(json, "levels")),
                    Sizes.read(json, "patch"),
                    Sizes.read(json, "base_width"),
                    Sizes.read(json, "blocks"));
        }
    }

    /// Sizes of the Transformer, as in its own configuration.
    public record Speech(int layers, int heads, int width) {
        private void write(ObjectNode json) {
            json.put("layers", layers).put("heads", heads).put("width", width);
        }

        private static Speech read(JsonNode json) {
            return new Speech(Sizes.read(json, "layers"), Sizes.read(json, "heads"), Sizes.read(json, "width"));
        }
    }

    /// Before the names of the Transformer's weights.
    public static final String SPEECH = "speech.";

    private final Config config;
    private final WeightTable table = new WeightTable(this);
    private final TimeConvolution enter;
    private final List<FrameBlock> down = new ArrayList<>();
    private final LayerNorm downNorm;
    private final Affine narrow;
    private final Affine widen;
    private final List<FrameBlock> up = new ArrayList<>();
    private final LayerNorm upNorm;
    private final Affine leave;
    private final Transformer speech;
    private Regime regime = Regime.EXACT;

    public SoundCodec(Config config) {
        this.config = config;
        Coding coding = config.coding();
        int C = coding.width();
        int D = coding.grid().numbers();
        enter = TimeConvolution.of(table, "enter", config.shape().height(), C, FrameBlock.KERNEL);
        for (int number = 0; number < coding.blocks(); number++) {
            down.add(FrameBlock.of(table, "down." + number, C, 1.0 / coding.blocks()));
            up.add(FrameBlock.of(table, "up." + number, C, 1.0 / coding.blocks()));
        }
        downNorm = LayerNorm.of(table, "down.norm", C);
        narrow = Affine.of(table, "narrow", coding.patch() * C, D);
        widen = Affine.of(table, "widen", D, coding.patch() * C);
        upNorm = LayerNorm.of(table, "up.norm", C);
        leave = Affine.of(table, "leave", C, config.shape().height());
        speech = register_module("speech", new Transformer(config.transformer()));
    }

    /// The places of a spectrogram's codes on the grid: (B, M, T) from -1 to 1 to (B, L, D).
    public Tensor encode(Tensor spectrograms) {
        Precision products = regime.products();
        Tensor x = enter.apply(spectrograms).transpose(1, 2); // (B, T, C)
        for (FrameBlock block : down) {
            x = block.apply(x, products, UnaryOperator.identity());
        }
        x = downNorm.apply(x);
        x = x.contiguous().view(x.size(0), config.length(), -1); // (B, L, P·C)
        return config.coding().grid().nearest(narrow.apply(x, products));
    }

    /// The spectrogram of codes, by their places: (B, L, D) to (B, M, T).
    public Tensor decode(Tensor places) {
        Precision products = regime.products();
        Tensor x = widen.apply(places, products); // (B, L, P·C)
        x = x.view(x.size(0), config.shape().width(), -1); // (B, T, C)
        for (FrameBlock block : up) {
            x = block.apply(x, products, UnaryOperator.identity());
        }
        return leave.apply(upNorm.apply(x), products).transpose(1, 2);
    }

    /// Scores of the tokens of sounds, each from what it was told and the codes before it: openings (B, 1 + F) and
    /// codes (B, L) of int64 to (B, L, vocabulary).
    public Tensor score(Tensor openings, Tensor codes) {
        long L = codes.size(1);
        Tensor read = Layers.concatenate(openings, codes.narrow(1, 0, L - 1)); // (B, F + L)
        return speech.score(speech.states(read).narrow(1, openings.size(1) - 1, L));
    }

    /// The weights of the autoencoder.
    public SequencedMap<String, Tensor> coder() {
        return table.tensors();
    }

    /// The weights of the Transformer.
    public SequencedMap<String, Tensor> speaker() {
        return speech.tensors();
    }

    @Override
    public SequencedMap<String, Tensor> tensors() {
        SequencedMap<String, Tensor> named = new LinkedHashMap<>(table.tensors());
        speech.tensors().forEach((name, tensor) -> named.put(SPEECH + name, tensor));
        return named;
    }

    @Override
    public Config config() {
        return config;
    }

    @Override
    public Module module() {
        return this;
    }

    /// What is dropped is dropped in the Transformer.
    @Override
    public void regime(Regime regime) {
        this.regime = regime;
        speech.regime(regime);
    }
}
