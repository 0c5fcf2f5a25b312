package dev.athanor.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.data.Dataset;
import dev.athanor.data.DrawnPictures;
import dev.athanor.data.Workspace;
import dev.athanor.model.CaptionShape;
import dev.athanor.model.ImageConfig;
import dev.athanor.model.ImageShape;
import dev.athanor.model.ModelFolder;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ImageTrainerTest {
    @TempDir
    private Path folder;

    private Workspace workspace;
    private Trainer trainer;

    @BeforeEach
    void open() {
        workspace = Workspace.open(folder);
        trainer = new Trainer(workspace, Engine.start(Device.CPU), InstantSource.system());
    }

    private Dataset bars(int count) {
        return DrawnPictures.bars(workspace, new DrawnPictures.Set("bars", 8, "way", count));
    }

    private static Recipe tiny(String recipe, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "model.width=8",
                "training.steps=12",
                "training.batch=4",
                "training.warmup=2",
                "training.dropout=0.1",
                "training.evaluateEvery=5"));
        settings.addAll(List.of(more));
        return RecipeFile.read(recipe, settings);
    }

    private static Trainer.Watch watch() {
        return new Trainer.Watch(_ -> {}, _ -> {}, () -> false);
    }

    private static Trainer.Watch stopAfter(int steps) {
        AtomicInteger done = new AtomicInteger();
        return new Trainer.Watch(_ -> {}, _ -> done.incrementAndGet(), () -> done.get() >= steps);
    }

    private byte[] weights(String model) throws IOException {
        return Files.readAllBytes(workspace.models().resolve(model).resolve("model.safetensors"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"image-diffusion", "image-classifier", "image-vae", "image-gan"})
    void a_resumed_run_ends_with_the_very_bits_of_one_that_never_stopped(String name) throws IOException {
        Dataset dataset = bars(40);
        Recipe recipe = tiny(name);
        ModelFolder whole =
                trainer.train(recipe, dataset, "whole", watch()).model().orElseThrow();
        assertThat(whole.config().family()).isEqualTo(name);
        assertThat(whole.open().config()).isEqualTo(whole.config());
        Trainer.Outcome stopped = trainer.train(recipe, dataset, "parts", stopAfter(7));
        assertThat(stopped.interrupted()).isTrue();
        Trainer.Outcome resumed = trainer.resume(stopped.run().getFileName().toString(), watch());
        assertThat(resumed.steps()).isEqualTo(12);
        assertThat(weights("parts")).isEqualTo(weights("whole"));
    }

    @Test
    void a_classifier_learns_which_way_bars_go_and_its_card_says_how_well() {
        Recipe recipe = tiny("image-classifier", "training.steps=120", "training.batch=16", "training.rate=0.01");
        ModelFolder model =
                trainer.train(recipe, bars(400), "judge", watch()).model().orElseThrow();
        JsonNode metrics = model.card().path("metrics");
        assertThat(metrics.path("accuracy").asDouble()).isGreaterThan(0.9);
        assertThat(metrics.path("accuracyOf").asString()).isEqualTo("test");
        assertThat(metrics.path("loss").asString()).isEqualTo("nats a label");
        assertThat(model.images().fields())
                .singleElement()
                .satisfies(field -> assertThat(field.values()).containsExactly("lying", "standing"));
        assertThat(model.folder().resolve("README.md")).content().contains("image-classification", "accuracy on the");
    }

    @Test
    void a_classifier_tells_another_field_than_the_label_where_the_recipe_names_it() {
        ModelFolder model = trainer.train(tiny("image-classifier", "data.fields=[place]"), bars(40), "place", watch())
                .model()
                .orElseThrow();
        assertThat(model.images().names()).containsExactly("place");
    }

    @Test
    void a_classifier_of_two_fields_or_of_none_is_refused_with_those_there_are() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        trainer.train(tiny("image-classifier", "data.fields=[way, place]"), bars(40), "two", watch()))
                .withMessage(
                        "a classifier learns to tell one field, and data.fields names way, place: give data.fields=[NAME], where NAME is one of way, place");
        Dataset plain = DrawnPictures.bars(workspace, new DrawnPictures.Set("plain", 8, "", 40));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.train(tiny("image-classifier"), plain, "none", watch()))
                .withMessageContainingAll("the dataset plain@1 has no label", "import the pictures");
        assertThat(workspace.runs()).isEmptyDirectory();
    }

    @Test
    void pictures_that_are_all_the_same_are_told_before_the_first_step() {
        Dataset copies = DrawnPictures.copies(workspace, new DrawnPictures.Set("copies", 8, "kind", 40));
        List<Trainer.Plan> plans = new ArrayList<>();
        trainer.train(tiny("image-diffusion"), copies, "same", new Trainer.Watch(plans::add, _ -> {}, () -> false));
        assertThat(plans)
                .singleElement()
                .satisfies(plan -> assertThat(plan.warnings())
                        .containsExactly(
                                "all 28 pictures to learn from are the same: a model can only learn that one"));
    }

    @Test
    void a_classifier_leaves_out_pictures_without_a_value() {
        Dataset copies = DrawnPictures.copies(workspace, new DrawnPictures.Set("copies", 8, "kind", 40));
        List<Trainer.Plan> plans = new ArrayList<>();
        trainer.train(tiny("image-classifier"), copies, "half", new Trainer.Watch(plans::add, _ -> {}, () -> false));
        assertThat(plans.getFirst().learning()).isEqualTo(16);
        assertThat(plans.getFirst().looking()).isEqualTo(4);
    }

    @Test
    void a_gan_whose_loss_is_no_number_stops_and_keeps_the_last_good_checkpoint() throws IOException {
        Recipe wild = tiny(
                "image-gan",
                "training.rate=99",
                "training.warmup=0",
                "training.clip=1e30",
                "training.steps=300",
                "training.checkpointEvery=1");
        assertThatThrownBy(() -> trainer.train(wild, bars(40), "wild", watch()))
                .isInstanceOf(TrainException.class)
                .hasMessageContainingAll("step", "training.rate");
        assertThat(workspace.models().resolve("wild")).doesNotExist();
        try (Stream<Path> runs = Files.list(workspace.runs())) {
            assertThat(Checkpoint.list(
                            runs.filter(Files::isDirectory).findFirst().orElseThrow()))
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"image-gan", "image-vae"})
    void a_model_whose_pictures_are_all_alike_is_remarked_upon_while_it_learns_and_in_its_card(String name) {
        // Hardly trained, its random numbers do not show yet.
        Recipe recipe = tiny(name, "training.rate=1e-9", "training.batch=16");
        List<String> heard = new ArrayList<>();
        ModelFolder model = trainer.train(
                        recipe,
                        bars(100),
                        "alike",
                        new Trainer.Watch(_ -> {}, progress -> heard.addAll(progress.remarks()), () -> false))
                .model()
                .orElseThrow();
        assertThat(heard).hasSizeBetween(1, 2).first().asString().contains("vary much less than real ones");
        assertThat(model.card().path("remarks").get(0).asString())
                .contains("vary much less than real ones", name.equals("image-gan") ? "training.penalty" : "freeBits");
    }

    @Test
    void a_gan_in_bfloat16_is_refused_since_slopes_would_be_rounded_away() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        trainer.train(tiny("image-gan", "training.precision=bfloat16"), bars(40), "coarse", watch()))
                .withMessageContainingAll("training.precision", "float32");
    }

    @Test
    void a_gan_that_learns_comes_nearer_to_real_pictures() {
        Dataset dataset = bars(400);
        double before = trainer.train(
                        tiny("image-gan", "training.steps=1", "training.rate=1e-9"), dataset, "new", watch())
                .validation();
        double after = trainer.train(
                        tiny("image-gan", "training.steps=150", "training.batch=16", "training.rate=0.003"),
                        dataset,
                        "learnt",
                        watch())
                .validation();
        assertThat(after).isLessThan(0.5 * before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image-diffusion", "image-classifier", "image-vae", "image-gan"})
    void a_training_that_memory_cannot_hold_is_refused_before_it_starts_with_both_sizes(String name) {
        Dataset dataset = bars(40);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.train(tiny(name, "training.batch=2000000000"), dataset, "vast", watch()))
                .withMessageMatching(
                        "this training needs at least \\d+ MB of memory and the machine has \\d+ MB: make image.size, model.width or training.batch smaller, or give fewer pictures");
        assertThat(workspace.runs()).isEmptyDirectory();
    }

    @Test
    void captions_are_read_by_a_diffusion_model_alone() {
        Dataset captioned = DrawnPictures.captionedBars(workspace, new DrawnPictures.Set("captioned", 8, "way", 40));
        for (String name : List.of("image-diffusion", "image-vae")) {
            ModelFolder model = trainer.train(tiny(name, "training.steps=1"), captioned, name, watch())
                    .model()
                    .orElseThrow();
            boolean reads = name.equals("image-diffusion");
            assertThat(model.images().captionLength() > 0).isEqualTo(reads);
            assertThat(Files.exists(model.folder().resolve("tokenizer.json"))).isEqualTo(reads);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 28, 30, 32, 64})
    void built_in_recipes_take_grey_and_coloured_pictures_of_any_size(int side) {
        for (String name : List.of("image-diffusion", "image-classifier", "image-vae", "image-gan")) {
            ModelPart model = RecipeFile.read(name, List.of()).model();
            int factor = model.factor(side);
            int fitting = Math.ceilDiv(side, factor) * factor;
            assertThat(fitting).as(name).isLessThan(side + 4);
            for (int channels : List.of(1, 3)) {
                ImageConfig config =
                        model.image(new ImageShape(channels, fitting, fitting), List.of(10), CaptionShape.NONE);
                assertThat(config.parameters()).as(name).isBetween(50_000L, 10_000_000L);
                assertThat(config.activations()).as(name).isPositive();
            }
        }
    }
}
