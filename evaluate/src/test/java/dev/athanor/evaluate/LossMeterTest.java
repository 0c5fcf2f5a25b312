package dev.athanor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.Sample;
import dev.athanor.data.text.CharacterTokenizer;
import dev.athanor.data.text.Special;
import dev.athanor.data.text.Tokenizer;
import dev.athanor.model.Gru;
import dev.athanor.model.LanguageModel;
import dev.athanor.model.Lstm;
import dev.athanor.model.ModelConfig;
import dev.athanor.model.SampleFormat;
import dev.athanor.model.SampleFormat.Arrangement;
import dev.athanor.model.TextVae;
import dev.athanor.model.Transformer;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LossMeterTest {
    private static final SampleFormat STREAM = new SampleFormat(Arrangement.STREAM, List.of());
    private static final SampleFormat DOCUMENTS = new SampleFormat(Arrangement.DOCUMENTS, List.of());
    private static final SampleFormat FIELDS = new SampleFormat(Arrangement.DOCUMENTS, List.of("tone"));
    private static final Tokenizer TOKENIZER = CharacterTokenizer.train(
            List.of("the kettle is on and so is the tea", "tone warm plain", "茶舍\n").iterator());

    @BeforeAll
    static void start() {
        Engine.start(Device.CPU);
    }

    static Stream<ModelConfig> configs() {
        int V = TOKENIZER.size();
        return Stream.of(
                Transformer.Config.of(V, 16, 1, 2, 16),
                new Lstm.Config(V, 16, 2, 12),
                new Gru.Config(V, 16, 2, 12),
                new TextVae.Config(V, 64, 8, 12, 4));
    }

    private static Sample sample(String text) {
        SequencedMap<String, String> fields = new LinkedHashMap<>(Map.of("tone", "warm"));
        return new Sample("1", text, fields, "t.txt:1");
    }

    private static List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            samples.add(sample("the tea is on ".repeat(i % 4 + 1).strip()));
        }
        samples.add(sample("茶舍 the kettle"));
        return samples;
    }

    @ParameterizedTest
    @MethodSource("configs")
    void the_loss_does_not_depend_on_how_many_windows_are_read_at_once(ModelConfig config) {
        try (PointerScope _ = new PointerScope()) {
            Engine.start(Device.CPU).seed(3);
            LanguageModel model = config.open();
            for (SampleFormat format : List.of(DOCUMENTS, FIELDS)) {
                HeldOutLoss one = new LossMeter(model, TOKENIZER, format, 1).measure(samples().stream());
                HeldOutLoss many = new LossMeter(model, TOKENIZER, format, 7).measure(samples().stream());
                assertThat(many.nats()).isCloseTo(one.nats(), within(one.nats() * 1e-6));
                assertThat(many.tokens()).isEqualTo(one.tokens());
            }
        }
    }

    @Test
    void running_text_is_asked_for_token_by_token_but_the_first() {
        try (PointerScope _ = new PointerScope()) {
            LanguageModel model = Transformer.Config.of(TOKENIZER.size(), 16, 1, 2, 16).open();
            HeldOutLoss loss = new LossMeter(model, TOKENIZER, STREAM, 4)
                    .measure(Stream.of(sample("the tea is on and the kettle"), sample("is on"), sample("茶")));
            int tokens = TOKENIZER.encode("the tea is on and the kettle\nis on\n茶").length;
            assertThat(loss.tokens()).isEqualTo(tokens - 1L);
            assertThat(loss.characters()).isEqualTo(28 + 5 + 1);
            assertThat(loss.bytes()).isEqualTo(28 + 5 + 3);
            assertThat(loss.samples()).isEqualTo(3);
        }
    }

    @Test
    void a_transformers_loss_is_that_of_its_windows_added_by_hand() {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Engine.start(Device.CPU).seed(5);
            Transformer model = new Transformer(Transformer.Config.of(TOKENIZER.size(), 8, 1, 2, 16));
            String text = "the kettle is on and so is the tea";
            int[] tokens = TOKENIZER.encode(text);
            double expected = 0;
            for (int start = 0; start < tokens.length - 1; start += 8) {
                int length = Math.min(8, tokens.length - 1 - start);
                Tensor ids = Tensors.ids(Arrays.copyOfRange(tokens, start, start + length), 1, length);
                expected += surprise(model.forward(ids), Arrays.copyOfRange(tokens, start + 1, start + 1 + length));
            }
            HeldOutLoss loss = new LossMeter(model, TOKENIZER, STREAM, 3).measure(Stream.of(sample(text)));
            assertThat(loss.nats()).isCloseTo(expected, within(1e-3));
        }
    }

    @Test
    void a_recurrent_model_carries_its_state_through_pieces_of_any_number() {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Engine.start(Device.CPU).seed(6);
            Gru model = new Gru(new Gru.Config(TOKENIZER.size(), 16, 2, 12));
            String text = "the kettle is on and so is the tea ".repeat(40); // 1400 tokens: three pieces
            int[] tokens = TOKENIZER.encode(text);
            int length = tokens.length - 1;
            Tensor ids = Tensors.ids(Arrays.copyOf(tokens, length), 1, length);
            double expected = surprise(
                    model.score(model.forward(ids, model.start(1)).states()), Arrays.copyOfRange(tokens, 1, length + 1));
            HeldOutLoss loss = new LossMeter(model, TOKENIZER, STREAM, 3).measure(Stream.of(sample(text)));
            assertThat(loss.tokens()).isEqualTo(length);
            assertThat(loss.nats()).isCloseTo(expected, within(expected * 1e-5));
            Sample alone = sample(text);
            assertThat(new LossMeter(model, TOKENIZER, FIELDS, 3).measure(Stream.of(alone)).tokens())
                    .isEqualTo(tokens.length + 1L); // the text and its end; not the field before it
        }
    }

    @Test
    void fields_are_read_and_not_asked_for() {
        try (PointerScope _ = new PointerScope()) {
            LanguageModel model = new Lstm.Config(TOKENIZER.size(), 16, 1, 8).open();
            HeldOutLoss loss = new LossMeter(model, TOKENIZER, FIELDS, 3).measure(Stream.of(sample("tea")));
            assertThat(loss.tokens()).isEqualTo(4); // t, e, a and the end
            assertThat(TOKENIZER.id(Special.END)).isPresent();
        }
    }

    @Test
    void a_vaes_loss_is_a_bound_of_reconstruction_and_divergence() {
        try (PointerScope _ = new PointerScope()) {
            Engine.start(Device.CPU).seed(7);
            LanguageModel model = new TextVae.Config(TOKENIZER.size(), 12, 8, 12, 4).open();
            HeldOutLoss loss = new LossMeter(model, TOKENIZER, DOCUMENTS, 3)
                    .measure(Stream.of(sample("tea"), sample("the kettle is on")));
            assertThat(loss.exactness()).isEqualTo(HeldOutLoss.Exactness.UPPER_BOUND);
            assertThat(loss.divergencePerSample()).isPositive();
            assertThat(loss.reconstruction()).isLessThan(loss.nats());
            assertThat(loss.shortened()).isEqualTo(1);
            assertThat(loss.tokens()).isEqualTo(4 + 11);
            assertThat(loss.characters()).isEqualTo(3 + 11);
        }
    }

    @Test
    void an_untrained_guess_over_a_known_alphabet_gives_the_known_numbers() {
        // 8 tokens of 2 ln 2 nats each: perplexity 4; 16 bits over 8 characters and 12 bytes
        double nats = 8 * 2 * Math.log(2);
        HeldOutLoss loss = new HeldOutLoss(HeldOutLoss.Exactness.EXACT, 1, 0, 8, nats, nats, 8, 12);
        assertThat(loss.perplexity()).isCloseTo(4, within(1e-12));
        assertThat(loss.bitsPerCharacter()).isCloseTo(2, within(1e-12));
        assertThat(loss.bitsPerByte()).isCloseTo(16 / 12.0, within(1e-12));
    }

    @Test
    void an_empty_split_is_refused() {
        try (PointerScope _ = new PointerScope()) {
            LanguageModel model = new Lstm.Config(TOKENIZER.size(), 16, 1, 8).open();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new LossMeter(model, TOKENIZER, STREAM, 3).measure(Stream.of()))
                    .withMessageStartingWith("the split has 0 samples and no token to measure the loss on: choose another");
        }
    }

    /// Σ −ln softmax(logits)[target], in double precision.
    private static double surprise(Tensor logits, int[] targets) {
        float[] scores = Tensors.floats(logits);
        int V = scores.length / targets.length;
        double sum = 0;
        for (int t = 0; t < targets.length; t++) {
            double total = 0;
            for (int v = 0; v < V; v++) {
                total += Math.exp(scores[t * V + v]);
            }
            sum += Math.log(total) - scores[t * V + targets[t]];
        }
        return sum;
    }
}
