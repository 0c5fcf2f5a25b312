package dev.athanor.generate.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.athanor.data.Seed;
import dev.athanor.data.sound.GriffinLim;
import dev.athanor.data.sound.MelSettings;
import dev.athanor.data.sound.Sound;
import dev.athanor.generate.CodeWriter;
import dev.athanor.generate.Sampling;
import dev.athanor.generate.image.ImageGenerator;
import dev.athanor.generate.image.ImageRequest;
import dev.athanor.model.CodeGrid;
import dev.athanor.model.ImageFormat;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.SoundCodec;
import dev.athanor.model.SoundForm;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.torch.Tensors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

class SoundGeneratorTest {
    private static final SoundForm FORM = new SoundForm(new MelSettings(8000, 32, 8, 4, 0, 4000), 12, 1);
    private static final ImageFormat.Field WORDS =
            new ImageFormat.Field(ImageFormat.WORDS, List.of("four", "one", "three"));
    private static final ImageFormat.Field SPEAKER = new ImageFormat.Field("speaker", List.of("george", "theo"));
    private static Engine engine;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        engine = Engine.start(Device.CPU);
    }

    /// A codec of random weights, large ones in the Transformer, so that what it is told makes a difference.
    private ModelFolder codec(ImageFormat.Field... fields) {
        ImageFormat format = new ImageFormat(List.of(fields), 0, Optional.of(FORM));
        engine.seed(1);
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            SoundCodec model = new SoundCodec(new SoundCodec.Config(
                    FORM.shape(),
                    new SoundCodec.Coding(new CodeGrid(List.of(5, 3)), 2, 8, 1),
                    format.classes(),
                    new SoundCodec.Speech(2, 2, 8)));
            model.speaker().values().forEach(weight -> weight.mul_(new Scalar(8)));
            return ModelFolder.write(
                    folder.resolve("codec"),
                    model,
                    new ModelFolder.Description(
                            format, Optional.empty(), JsonNodeFactory.instance.objectNode(), "Random weights.\n"));
        }
    }

    private static ImageRequest request(Map<String, String> fields, String prompt, int count, long seed) {
        return new ImageRequest(
                new LinkedHashMap<>(fields), prompt, count, ImageRequest.Denoising.USUAL, new Seed(seed));
    }

    private SoundGenerator open(ModelFolder model) {
        return SoundGenerator.open(model, engine, GriffinLim.usual(new Seed(1))::sound);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 3})
    void the_likeliest_codes_are_those_of_libtorch_with_guidance_and_without(double guidance) {
        ModelFolder folder = codec(WORDS, SPEAKER);
        int[] labels = {2, 1};
        int[] codes = CodeWriter.open(folder)
                .write(labels, 1, new CodeWriter.Way(Sampling.greedy(), guidance), new Seed(1))[0];
        assertThat(codes).hasSize(6);
        assertThat(Arrays.stream(codes).distinct().count()).isGreaterThan(1);
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            SoundCodec model = (SoundCodec) folder.open();
            float[] told = scores(model, labels, codes);
            float[] open = scores(model, new int[2], codes);
            int V = model.config().transformer().vocabulary();
            for (int place = 0; place < codes.length; place++) {
                int best = 0;
                double highest = Double.NEGATIVE_INFINITY;
                for (int code = 0; code < 15; code++) {
                    int at = place * V + code;
                    double score = open[at] + guidance * (told[at] - open[at]);
                    if (score > highest) {
                        highest = score;
                        best = code;
                    }
                }
                assertThat(codes[place]).as("place %d", place).isEqualTo(best);
            }
        }
    }

    private static float[] scores(SoundCodec model, int[] labels, int[] codes) {
        int[] opening = model.config().opening(labels);
        Tensor told = Tensors.ids(opening, 1, opening.length);
        return Tensors.floats(model.score(told, Tensors.ids(codes, 1, codes.length)));
    }

    @Test
    void the_same_seed_gives_the_same_sounds_and_another_seed_others() {
        try (SoundGenerator generator = open(codec(SPEAKER))) {
            Map<String, String> theo = Map.of("speaker", "theo");
            List<Sound> sounds = generator.generate(request(theo, "", 3, 5));
            assertThat(sounds).hasSize(3);
            assertThat(sounds.getFirst().rate()).isEqualTo(8000);
            List<Sound> again = generator.generate(request(theo, "", 2, 5));
            assertThat(again.get(1).samples()).containsExactly(sounds.get(1).samples());
            List<Sound> others = generator.generate(request(theo, "", 1, 6));
            assertThat(others.getFirst().samples())
                    .isNotEqualTo(sounds.getFirst().samples());
        }
    }

    @Test
    void words_are_said_one_behind_the_other() {
        try (SoundGenerator generator = open(codec(WORDS, SPEAKER))) {
            int one = generator
                    .generate(request(Map.of(), "one", 1, 5))
                    .getFirst()
                    .samples()
                    .length;
            int both = generator
                    .generate(request(Map.of(), "one four", 1, 5))
                    .getFirst()
                    .samples()
                    .length;
            assertThat(both).isGreaterThan(one + 8000 * 80 / 1000); // with a gap between them
        }
    }

    @Test
    void a_speaker_or_a_word_that_was_not_learnt_is_refused_with_the_nearest() {
        try (SoundGenerator generator = open(codec(WORDS, SPEAKER))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> generator.generate(request(Map.of("speaker", "teo"), "one", 1, 5)))
                    .withMessageContainingAll("speaker \"teo\" was not learnt", "did you mean", "theo");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> generator.generate(request(Map.of(), "one thre", 1, 5)))
                    .withMessageContainingAll("words \"thre\" was not learnt", "three");
        }
    }

    @Test
    void a_codec_that_knows_no_words_refuses_a_prompt() {
        try (SoundGenerator generator = open(codec(SPEAKER))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> generator.generate(request(Map.of(), "one", 1, 5)))
                    .withMessageContainingAll("reads no prompts", "--label", "speaker");
        }
    }

    @Test
    void pictures_are_refused_of_a_codec() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageGenerator.open(codec(SPEAKER), engine))
                .withMessageContainingAll("the model codec is an audio-codec, which makes sounds", "image-diffusion");
    }
}
