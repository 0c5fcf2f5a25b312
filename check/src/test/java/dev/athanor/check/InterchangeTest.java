package dev.athanor.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.Seed;
import dev.athanor.data.text.Tokenizer;
import dev.athanor.generate.Decoders;
import dev.athanor.generate.Sampling;
import dev.athanor.generate.TextGenerator;
import dev.athanor.generate.TextRequest;
import dev.athanor.generate.WrittenText;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.SampleFormat;
import dev.athanor.model.Transformer;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.torch.Tensors;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Whole folders go to `transformers` and come from there with the same token ids, logits and greedy texts.
/// What it says of them stands in `interchange/*.json`, made by `interchange.py`.
class InterchangeTest {
    private static final float TOLERANCE = 1e-4f; // sums of float32 differ in their order
    private static final int NEW_TOKENS = 24; // as in interchange.py

    static final java.util.List<String> written = AthanorFolders.NAMES;

    private static Path interchange;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws URISyntaxException {
        Engine.start(Device.CPU);
        interchange = Path.of(InterchangeTest.class.getResource("interchange").toURI());
    }

    private static JsonNode said(String file, String name) throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readString(interchange.resolve(file)))
                .path("folders")
                .path(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama-grouped-tied", "llama-untied-bfloat16", "llama-float16"})
    void a_folder_that_transformers_wrote_gives_its_logits_and_its_greedy_text(String name) throws IOException {
        assertSame(ModelFolder.read(interchange.resolve(name)), said("transformers.json", name));
    }

    @ParameterizedTest
    @FieldSource("written")
    void a_folder_written_here_gives_the_logits_and_the_greedy_text_that_transformers_got_from_it(String name)
            throws IOException {
        assertSame(ModelFolder.read(interchange.resolve(name)), said("athanor.json", name));
    }

    @ParameterizedTest
    @FieldSource("written")
    void the_folders_that_transformers_was_shown_are_what_is_written_today(String name) throws IOException {
        AthanorFolders.write(name, folder);
        assertThat(files(folder.resolve(name)))
                .as("what a folder holds has changed: run bench/interchange/run.sh --golden")
                .isEqualTo(files(interchange.resolve(name)));
    }

    @Test
    void the_reference_values_hold_texts_that_end_and_texts_that_go_on() throws IOException {
        assertThat(said("transformers.json", "llama-grouped-tied")
                        .valueStream()
                        .map(answer -> answer.path("ended").asBoolean()))
                .contains(true, false);
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> list = Files.list(folder)) {
            for (Path file : list.toList()) {
                files.put(
                        file.getFileName().toString(), java.util.HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    private static void assertSame(ModelFolder model, JsonNode answers) {
        assertThat(answers).isNotEmpty();
        for (JsonNode answer : answers) {
            String prompt = answer.path("prompt").asString();
            int[] ids = ids(model, prompt);
            assertThat(ids).as("ids of \"%s\"", prompt).isEqualTo(ints(answer.path("ids")));
            float[] expected = floats(answer.path("logits"));
            assertThat(Decoders.open(model).accept(ids))
                    .as("logits of the decoder after \"%s\"", prompt)
                    .containsExactly(expected, within(TOLERANCE));
            assertThat(tensorLogits(model, ids))
                    .as("logits of libtorch after \"%s\"", prompt)
                    .containsExactly(expected, within(TOLERANCE));
            WrittenText text = TextGenerator.open(model)
                    .write(TextRequest.of(prompt, new Seed(1))
                            .withSampling(Sampling.greedy())
                            .withMaximumTokens(NEW_TOKENS))
                    .getFirst();
            assertThat(text.text()).isEqualTo(answer.path("text").asString());
            assertThat(text.tokens()).isEqualTo(answer.path("greedy").size());
            assertThat(text.ending() == WrittenText.Ending.END)
                    .isEqualTo(answer.path("ended").asBoolean());
        }
    }

    private static int[] ids(ModelFolder model, String prompt) {
        Tokenizer tokenizer = model.tokenizer();
        SampleFormat format = model.format();
        int[] ids = format.prompt(tokenizer, Map.of(), prompt);
        return ids.length > 0 ? ids : format.prompt(tokenizer, Map.of(), "\n");
    }

    /// The scores after the last token, as training and evaluation compute them.
    private static float[] tensorLogits(ModelFolder model, int[] ids) {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Transformer transformer = (Transformer) model.open();
            return Tensors.floats(
                    transformer.forward(Tensors.ids(ids, 1, ids.length)).select(1, ids.length - 1));
        }
    }

    private static int[] ints(JsonNode list) {
        return list.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    private static float[] floats(JsonNode list) {
        float[] numbers = new float[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) list.get(i).asDouble();
        }
        return numbers;
    }
}
