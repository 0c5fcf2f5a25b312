package dev.athanor.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.athanor.data.Seed;
import dev.athanor.data.text.CharacterTokenizer;
import dev.athanor.data.text.Special;
import dev.athanor.data.text.Tokenizer;
import dev.athanor.model.Gru;
import dev.athanor.model.SampleFormat;
import dev.athanor.model.SampleFormat.Arrangement;
import dev.athanor.model.TextVae;
import dev.athanor.model.Transformer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TextGeneratorTest {
    private final Tokenizer tokenizer = CharacterTokenizer.train(
            List.of("green tea, black tea 茶\n", "tone warm").iterator());
    private final SampleFormat documents = new SampleFormat(Arrangement.DOCUMENTS, List.of());
    private final SampleFormat stream = new SampleFormat(Arrangement.STREAM, List.of());
    private final SampleFormat conditioned = new SampleFormat(Arrangement.DOCUMENTS, List.of("tone", "name"));

    /// Weights that are random but the same each time; the head likes END or not.
    private WeightSource weights(float likesEnd) {
        RandomGenerator random = new Seed(3).random();
        return (name, shape) -> {
            float[] numbers = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = shape.length == 1 ? 1 : (float) random.nextGaussian() * 0.4f;
            }
            if (name.equals("head.bias")) {
                Arrays.fill(numbers, 0);
                numbers[Special.END.id()] = likesEnd;
            }
            return numbers;
        };
    }

    private TextGenerator transformer(SampleFormat format) {
        Transformer.Config config =
                new Transformer.Config(tokenizer.size() + 3, 16, 2, 2, 1, 12, 20, 1e-5, 10_000, true);
        return generator(new TransformerDecoder(config, weights(0)), format);
    }

    private TextGenerator gru(float likesEnd) {
        return generator(new GruDecoder(new Gru.Config(tokenizer.size(), 16, 1, 12), weights(likesEnd)), documents);
    }

    private TextGenerator generator(Decoder decoder, SampleFormat format) {
        return new TextGenerator(decoder, tokenizer, format, new Vocabulary(Map.of("tone", List.of("warm", "cool"))));
    }

    private static TextRequest request(String prompt) {
        return TextRequest.of(prompt, new Seed(1)).withMaximumTokens(30);
    }

    @Test
    void the_same_request_gives_the_same_texts_and_each_text_of_a_request_is_its_own() {
        TextGenerator generator = transformer(stream);
        List<WrittenText> first = generator.write(request("tea").withCount(3));
        assertThat(generator.write(request("tea").withCount(3))).isEqualTo(first);
        assertThat(first.stream().map(WrittenText::text).distinct()).hasSize(3);
        assertThat(generator.write(request("tea"))).isEqualTo(first.subList(0, 1));
    }

    @Test
    void pieces_that_are_streamed_join_to_the_texts_that_are_returned() {
        StringBuilder[] joined = {new StringBuilder(), new StringBuilder()};
        List<WrittenText> texts = transformer(stream)
                .write(
                        request("tea").withCount(2).withStops(List.of("te", "a ")),
                        piece -> joined[piece.index()].append(piece.text()));
        for (int i = 0; i < 2; i++) {
            assertThat(joined[i]).hasToString(texts.get(i).text());
            assertThat(texts.get(i).text()).doesNotContain("te", "a ");
        }
    }

    @Test
    void a_transformer_writes_on_past_its_context() {
        WrittenText text =
                transformer(stream).write(request("tea").withMaximumTokens(100)).getFirst();
        assertThat(text.tokens()).isEqualTo(100);
        assertThat(text.ending()).isEqualTo(WrittenText.Ending.LENGTH);
        assertThat(text.promptTokens()).isEqualTo(3);
    }

    @Test
    void a_prompt_longer_than_the_context_is_refused_with_both_numbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> transformer(documents).write(request("green tea black ")))
                .withMessage(
                        "the prompt has 17 tokens but this model reads at most 16: shorten it, or use a model with a longer context");
        assertThat(transformer(stream).write(request("green tea black "))).hasSize(1);
    }

    @Test
    void a_document_ends_where_the_model_ends_it() {
        WrittenText ended = gru(50).write(request("tea")).getFirst();
        assertThat(ended.ending()).isEqualTo(WrittenText.Ending.END);
        assertThat(ended.text()).isEmpty();
        assertThat(gru(-50).write(request("tea")).getFirst().ending()).isEqualTo(WrittenText.Ending.LENGTH);
    }

    @Test
    void a_running_text_may_begin_from_nothing() {
        assertThat(transformer(stream).write(request("")).getFirst().tokens()).isEqualTo(30);
    }

    @Test
    void fields_and_values_that_the_model_does_not_know_are_refused_with_those_it_does() {
        TextGenerator generator =
                generator(new GruDecoder(new Gru.Config(tokenizer.size(), 16, 1, 12), weights(0)), conditioned);
        assertThat(generator.write(request("").withFields(Map.of("tone", "warm", "name", "tea"))))
                .hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator.write(request("").withFields(Map.of("tones", "warm"))))
                .withMessageContaining("field \"tones\" is not one this model knows: expected one of tone, name")
                .withMessageContaining("did you mean \"tone\"?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator.write(request("").withFields(Map.of("tone", "warn"))))
                .withMessageContaining("tone \"warn\" is not a value this model has learnt: expected one of warm, cool")
                .withMessageContaining("did you mean \"warm\"?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gru(0).write(request("").withFields(Map.of("tone", "warm"))))
                .withMessage(
                        "field \"tone\" was given, but this model is not conditioned on any field: leave it out, or train with fields");
    }

    /// A network that says one token after the other: its state is the last token alone, and the head knows who
    /// follows whom.
    private static Decoder spelling(int vocabulary, int... tokens) {
        return new GruDecoder(new Gru.Config(vocabulary, 16, 1, vocabulary), (name, shape) -> {
            float[] numbers = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
            for (int token = 0; token < vocabulary; token++) {
                switch (name) {
                    case "embed.weight" -> numbers[token * vocabulary + token] = 1;
                    case "layers.0.weight_ih" -> numbers[(2 * vocabulary + token) * vocabulary + token] = 5;
                    case "layers.0.bias_ih" -> numbers[vocabulary + token] = -50; // nothing of the state before
                    default -> {}
                }
            }
            for (int i = 1; i < tokens.length && name.equals("head.weight"); i++) {
                numbers[tokens[i] * vocabulary + tokens[i - 1]] = 50;
            }
            return numbers;
        });
    }

    @Test
    void a_name_that_the_model_says_and_nobody_gave_is_a_blank_to_fill_in() {
        Tokenizer characters = CharacterTokenizer.train(List.of("⟦name⟧ ").iterator());
        SampleFormat named = new SampleFormat(Arrangement.DOCUMENTS, List.of("name"), List.of("name"));
        int[] slot = characters.encode("⟦name⟧");
        int[] tokens = new int[slot.length + 2];
        tokens[0] = Special.TEXT.id();
        System.arraycopy(slot, 0, tokens, 1, slot.length);
        tokens[slot.length + 1] = Special.END.id();
        TextGenerator generator =
                new TextGenerator(spelling(characters.size(), tokens), characters, named, new Vocabulary(Map.of()));
        assertThat(generator.write(request("")).getFirst().text()).isEqualTo("[name]");
        assertThat(generator
                        .write(request("").withFields(Map.of("name", "Wu's")))
                        .getFirst()
                        .text())
                .isEqualTo("Wu's");
    }

    @Test
    void a_tokenizer_with_more_tokens_than_the_model_is_refused() {
        Decoder small = new GruDecoder(new Gru.Config(5, 16, 1, 12), weights(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator(small, documents))
                .withMessage("the tokenizer has %d tokens but the model knows 5: they do not belong together"
                        .formatted(tokenizer.size()));
    }

    @Test
    void a_request_that_makes_no_sense_is_refused() {
        TextRequest request = request("tea");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> request.withCount(0))
                .withMessage("count 0: expected how many texts to write, 1 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> request.withMaximumTokens(0))
                .withMessageContaining("maximum of 0 tokens");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> request.withStops(List.of("")))
                .withMessageContaining("a stop sequence is empty");
    }

    @Test
    void a_text_vae_samples_reconstructs_and_goes_from_one_text_to_another() {
        LatentNetwork network = new LatentNetwork(new TextVae.Config(tokenizer.size(), 16, 8, 12, 4), weights(-50));
        TextVariations variations = new TextVariations(network, tokenizer, documents, new Vocabulary(Map.of()));
        List<String> pieces = new ArrayList<>();
        List<WrittenText> samples = variations.sample(request("").withCount(2), piece -> pieces.add(piece.text()));
        assertThat(String.join("", pieces))
                .isEqualTo(samples.get(0).text() + samples.get(1).text());
        assertThat(samples.get(0)).isNotEqualTo(samples.get(1));
        TextRequest greedy = request("").withSampling(Sampling.greedy());
        List<WrittenText> between = variations.interpolate("green tea", "black tea", 4, greedy);
        assertThat(between).hasSize(4);
        assertThat(between.getFirst()).isEqualTo(variations.reconstruct("green tea", greedy));
        assertThat(between.getLast()).isEqualTo(variations.reconstruct("black tea", greedy));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> variations.interpolate("a", "b", 1, greedy))
                .withMessage("1 steps between two texts: expected 2 or more, as both ends count");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> variations.encode("green tea black tea", new LinkedHashMap<>()))
                .withMessageContaining("the text has 21 tokens but this model reads at most 16");
    }

    @Test
    void a_conditioned_text_vae_reads_a_text_with_its_fields() {
        LatentNetwork network = new LatentNetwork(new TextVae.Config(tokenizer.size(), 32, 8, 12, 4), weights(-50));
        TextVariations variations = new TextVariations(
                network, tokenizer, conditioned, new Vocabulary(Map.of("tone", List.of("warm", "cool"))));
        LinkedHashMap<String, String> warm = new LinkedHashMap<>(Map.of("tone", "warm"));
        assertThat(variations.encode("tea", warm)).isNotEqualTo(variations.encode("tea", new LinkedHashMap<>()));
        TextRequest greedy = request("").withSampling(Sampling.greedy()).withFields(warm);
        assertThat(variations.reconstruct("tea", greedy).promptTokens()).isGreaterThan(4);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> variations.reconstruct("tea", greedy.withFields(Map.of("tone", "warn"))))
                .withMessageContaining("did you mean \"warm\"?");
    }
}
