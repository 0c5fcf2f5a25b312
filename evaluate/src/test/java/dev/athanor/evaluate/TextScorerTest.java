package dev.athanor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.ImportOptions;
import dev.athanor.data.Importer;
import dev.athanor.data.Sample;
import dev.athanor.data.Seed;
import dev.athanor.data.Split;
import dev.athanor.data.SplitPlan;
import dev.athanor.data.Workspace;
import dev.athanor.data.clean.Scorer;
import dev.athanor.data.text.CharacterTokenizer;
import dev.athanor.data.text.Tokenizer;
import dev.athanor.generate.TextScorer;
import dev.athanor.model.Gru;
import dev.athanor.model.LanguageModel;
import dev.athanor.model.Lstm;
import dev.athanor.model.ModelException;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.SampleFormat;
import dev.athanor.model.TextVae;
import dev.athanor.model.Transformer;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/// Models with weights by lot, asked for single texts in plain Java and by the evaluator through libtorch.
class TextScorerTest {
    private static final Engine ENGINE = Engine.start(Device.CPU);
    private static final Evaluator EVALUATOR = new Evaluator(ENGINE, new Evaluator.Settings(1, 1, new Seed(1)));
    private static final String SHORT = "green tea, 绿茶";
    private static final String LONG = "the tea of the hills and the tea of the rivers and the tea of the sea";
    private static final int CONTEXT = 16;

    private static final List<SampleFormat> FORMATS = List.of(
            new SampleFormat(SampleFormat.Arrangement.DOCUMENTS, List.of()),
            new SampleFormat(SampleFormat.Arrangement.DOCUMENTS, List.of("tone"), List.of("tone")),
            new SampleFormat(SampleFormat.Arrangement.SEPARATE, List.of()),
            new SampleFormat(SampleFormat.Arrangement.STREAM, List.of()));

    @TempDir
    private Path folder;

    private Tokenizer tokenizer;
    private int models;

    @BeforeEach
    void train() {
        tokenizer = CharacterTokenizer.train(List.of(SHORT, LONG, "tone: warm").iterator());
    }

    /// Of one text, to learn from and nothing else.
    private Dataset dataset(String name, String text) throws IOException {
        Path file = folder.resolve(name + ".csv");
        Files.writeString(file, "text,tone\n\"%s\",rivers\n".formatted(text));
        return Importer.run(
                new Datasets(Workspace.open(folder.resolve("workspace"))),
                ImportOptions.of(name).withPlan(new SplitPlan.Given()),
                List.of(file));
    }

    private List<LanguageModel> all() {
        int vocabulary = tokenizer.size() + 3;
        return List.of(
                new Transformer(new Transformer.Config(vocabulary, CONTEXT, 2, 2, 1, 12, 20, 1e-5, 10_000, true)),
                new Lstm(new Lstm.Config(vocabulary, CONTEXT, 2, 10)),
                new Gru(new Gru.Config(vocabulary, CONTEXT, 2, 10)));
    }

    private ModelFolder write(LanguageModel model, SampleFormat format) {
        ENGINE.seed(1);
        try (NoGradGuard _ = new NoGradGuard()) {
            model.tensors()
                    .values()
                    .forEach(tensor -> tensor.copy_(torch.randn_like(tensor).mul(new Scalar(0.7))));
        }
        return ModelFolder.write(
                folder.resolve("model" + models++),
                model,
                new ModelFolder.Description(
                        format, Optional.of(tokenizer), JsonNodeFactory.instance.objectNode(), "# model"));
    }

    @Test
    void a_text_has_the_perplexity_that_the_evaluator_says() throws IOException {
        List<Dataset> datasets = List.of(dataset("short", SHORT), dataset("long", LONG));
        try (PointerScope _ = new PointerScope()) {
            for (LanguageModel model : all()) {
                for (SampleFormat format : FORMATS) {
                    ModelFolder folder = write(model, format);
                    TextScorer scorer = TextScorer.open(folder);
                    for (Dataset dataset : datasets) {
                        HeldOut expected = EVALUATOR.heldOut(folder, dataset, Split.TRAIN);
                        Scorer.Score score = scorer.of(only(dataset));
                        String which = "%s, %s, %s".formatted(model.config().family(), format, dataset.name());
                        assertThat(score.tokens()).as(which).isEqualTo(expected.tokens());
                        assertThat(Math.exp(score.nats() / score.tokens()))
                                .as(which)
                                .isCloseTo(expected.perplexity(), within(1e-4 * expected.perplexity()));
                    }
                }
            }
        }
    }

    private static Sample only(Dataset dataset) {
        try (Stream<Sample> samples = dataset.samples(Split.TRAIN)) {
            return samples.findFirst().orElseThrow();
        }
    }

    @Test
    void of_one_token_of_running_text_nothing_is_asked() throws IOException {
        try (PointerScope _ = new PointerScope()) {
            for (LanguageModel model : all()) {
                Scorer.Score score =
                        TextScorer.open(write(model, FORMATS.getLast())).of(only(dataset("one" + models, "t")));
                assertThat(score).isEqualTo(new Scorer.Score(0, 0));
            }
        }
    }

    @Test
    void a_vae_which_has_no_probability_of_a_text_is_refused() {
        try (PointerScope _ = new PointerScope()) {
            ModelFolder folder =
                    write(new TextVae(new TextVae.Config(tokenizer.size(), CONTEXT, 8, 8, 4)), FORMATS.getFirst());
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> TextScorer.open(folder))
                    .withMessageContaining("is a text VAE");
        }
    }
}
