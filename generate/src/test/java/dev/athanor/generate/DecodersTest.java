package dev.athanor.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.Seed;
import dev.athanor.model.Gru;
import dev.athanor.model.Lstm;
import dev.athanor.model.ModelException;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.TextVae;
import dev.athanor.model.Transformer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DecodersTest {
    static final JsonNode GOLDEN = golden("decoders.json");

    static JsonNode golden(String name) {
        try (InputStream in = DecodersTest.class.getResourceAsStream(name)) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    static WeightSource weights(JsonNode weights) {
        return (name, shape) -> {
            float[] numbers = floats(weights.path(name));
            assertThat(numbers).as(name).hasSize(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
            return numbers;
        };
    }

    static float[] floats(JsonNode list) {
        float[] numbers = new float[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) list.get(i).asDouble();
        }
        return numbers;
    }

    static int[] ints(JsonNode list) {
        return list.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    static Decoder llama(JsonNode golden) {
        return new TransformerDecoder(
                new Transformer.Config(
                        37,
                        48,
                        2,
                        golden.path("heads").asInt(),
                        golden.path("keyValueHeads").asInt(),
                        24,
                        40,
                        1e-5,
                        10_000,
                        golden.path("tied").asBoolean()),
                weights(golden.path("weights")));
    }

    static Decoder lstm() {
        return new LstmDecoder(
                new Lstm.Config(23, 32, 2, 20), weights(GOLDEN.path("lstm").path("weights")));
    }

    static Decoder gru() {
        return new GruDecoder(
                new Gru.Config(23, 32, 2, 20), weights(GOLDEN.path("gru").path("weights")));
    }

    static List<Decoder> all() {
        List<Decoder> all = new ArrayList<>();
        GOLDEN.path("llama").forEach(golden -> all.add(llama(golden)));
        all.add(lstm());
        all.add(gru());
        JsonNode vae = GOLDEN.path("vae").path("weights");
        LatentNetwork network = new LatentNetwork(new TextVae.Config(19, 16, 9, 14, 5), weights(vae));
        all.add(new LatentDecoder(network, new float[] {1, -1, 0.5f, 0, 2}));
        return all;
    }

    private static void assertGolden(Decoder decoder, JsonNode golden) {
        int[] tokens = ints(golden.path("tokens"));
        for (int i = 0; i < tokens.length; i++) {
            float[] logits = decoder.accept(tokens[i]);
            if (golden.path("logits").has(Integer.toString(i))) {
                assertThat(logits)
                        .as("logits after token %d", i)
                        .containsExactly(floats(golden.path("logits").path(Integer.toString(i))), within(1e-4f));
            }
        }
    }

    @Test
    void a_transformer_gives_the_logits_of_transformers_with_grouped_heads_tied_and_untied() {
        GOLDEN.path("llama").forEach(golden -> assertGolden(llama(golden), golden));
    }

    @Test
    void a_folder_that_transformers_wrote_opens_with_the_same_logits() throws URISyntaxException {
        ModelFolder folder =
                ModelFolder.read(Path.of(getClass().getResource("llama").toURI()));
        assertGolden(Decoders.open(folder), GOLDEN.path("llama").get(0));
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> Decoders.latent(folder))
                .withMessageContaining("is a transformer and has no latent space: expected a text VAE");
    }

    @Test
    void weights_of_another_model_are_refused_with_both_shapes() throws URISyntaxException {
        Path weights = Path.of(getClass().getResource("llama/model.safetensors").toURI());
        try (WeightFiles files = new WeightFiles(List.of(weights))) {
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> files.read("model.norm.weight", 48))
                    .withMessageContaining("holds \"model.norm.weight\" with shape [24] but config.json asks for [48]");
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> files.read("model.extra", 1))
                    .withMessageContaining("lacks the weight \"model.extra\" that config.json asks for");
        }
    }

    @Test
    void a_transformer_writes_the_greedy_text_of_transformers() {
        for (JsonNode golden : GOLDEN.path("llama")) {
            Decoder decoder = llama(golden);
            Sampler sampler = new Sampler(Sampling.greedy(), new Seed(0).random());
            float[] scores = decoder.accept(Arrays.copyOf(ints(golden.path("tokens")), 5));
            for (int expected : ints(golden.path("greedy"))) {
                int token = sampler.next(scores);
                assertThat(token).isEqualTo(expected);
                scores = decoder.accept(token);
            }
        }
    }

    @Test
    void an_lstm_gives_the_logits_of_pytorch() {
        assertGolden(lstm(), GOLDEN.path("lstm"));
    }

    @Test
    void a_gru_gives_the_logits_of_pytorch() {
        assertGolden(gru(), GOLDEN.path("gru"));
    }

    @Test
    void a_text_vae_encodes_and_decodes_as_pytorch_does() {
        JsonNode golden = GOLDEN.path("vae");
        LatentNetwork network =
                new LatentNetwork(new TextVae.Config(19, 16, 9, 14, 5), weights(golden.path("weights")));
        float[] mean = network.mean(ints(golden.path("tokens")));
        assertThat(mean).containsExactly(floats(golden.path("mean")), within(1e-5f));
        assertGolden(new LatentDecoder(network, mean), golden);
    }

    @Test
    void a_prompt_read_at_once_scores_as_one_read_token_by_token() {
        for (Decoder decoder : all()) {
            int[] tokens = {
                3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4, 3, 3, 8, 3, 2, 7, 9, 5, 0
            };
            float[] at_once = decoder.accept(tokens);
            assertThat(decoder.position()).isEqualTo(33);
            decoder.reset();
            float[] one_by_one = {};
            for (int token : tokens) {
                one_by_one = decoder.accept(token);
            }
            assertThat(one_by_one).containsExactly(at_once, within(1e-5f));
        }
    }

    @Test
    void the_scores_behind_each_token_are_those_of_reading_one_by_one() {
        for (Decoder decoder : all()) {
            int[] tokens = {1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4, 3, 3, 8, 3, 2, 7, 9};
            decoder.accept(3);
            List<float[]> each = new ArrayList<>();
            decoder.acceptEach(tokens, (i, scores) -> {
                assertThat(i).isEqualTo(each.size());
                each.add(scores.clone());
            });
            assertThat(decoder.position()).isEqualTo(31);
            float[] further = decoder.accept(11);
            decoder.reset();
            decoder.accept(3);
            for (int i = 0; i < tokens.length; i++) {
                assertThat(each.get(i)).as("token %d", i).containsExactly(decoder.accept(tokens[i]), within(1e-5f));
            }
            assertThat(further).containsExactly(decoder.accept(11), within(1e-5f));
        }
    }

    @Test
    void a_fork_goes_on_where_its_parent_stood_and_leaves_it_alone() {
        for (Decoder parent : all()) {
            parent.accept(1, 2, 3);
            Decoder fork = parent.fork();
            float[] other = fork.accept(9);
            float[] own = parent.accept(4);
            parent.reset();
            assertThat(parent.accept(1, 2, 3, 4)).containsExactly(own, within(1e-5f));
            parent.reset();
            assertThat(parent.accept(1, 2, 3, 9)).containsExactly(other, within(1e-5f));
            assertThat(fork.position()).isEqualTo(4);
        }
    }

    @Test
    void tokens_beyond_the_context_are_refused_with_both_numbers() {
        Decoder decoder = llama(GOLDEN.path("llama").get(0));
        decoder.accept(new int[48]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decoder.accept(1))
                .withMessage("1 tokens after 48 do not fit a context of 48: reset the decoder, or give fewer");
    }

    @Test
    void an_id_outside_the_vocabulary_is_refused_and_so_is_no_token() {
        for (Decoder decoder : all()) {
            int size = decoder.vocabulary();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> decoder.accept(0, size))
                    .withMessage("token %d at index 1 is outside the vocabulary: ids run from 0 to %d"
                            .formatted(size, size - 1));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> decoder.accept(-1))
                    .withMessageContaining("token -1 at index 0");
            assertThatIllegalArgumentException()
                    .isThrownBy(decoder::accept)
                    .withMessageContaining("no token was given");
        }
    }
}
