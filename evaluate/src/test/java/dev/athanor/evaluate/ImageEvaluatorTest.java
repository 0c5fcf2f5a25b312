package dev.athanor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
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
import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import dev.athanor.generate.image.ImageRequest;
import dev.athanor.model.Autoencoder;
import dev.athanor.model.ImageClassifier;
import dev.athanor.model.ImageFormat;
import dev.athanor.model.ImageGan;
import dev.athanor.model.ImageModel;
import dev.athanor.model.ImageShape;
import dev.athanor.model.ImageVae;
import dev.athanor.model.ModelFolder;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/// Models with weights by lot, on pictures of noise: what they make means nothing, and must be measured all the
/// same.
class ImageEvaluatorTest {
    private static final ImageShape SHAPE = new ImageShape(1, 8, 8);
    private static final Engine ENGINE = Engine.start(Device.CPU);
    private static final List<String> KINDS = List.of("cup", "pot");
    private static final List<String> SHADES = List.of("dark", "light");
    private static final ImageFormat BOTH =
            new ImageFormat(List.of(new ImageFormat.Field("kind", KINDS), new ImageFormat.Field("shade", SHADES)), 0);
    private static final int PICTURES = 40;

    @TempDir
    private Path folder;

    private Dataset dataset(IntFunction<Image> picture) throws IOException {
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        StringBuilder table = new StringBuilder("file_name,kind,shade\n");
        for (int i = 0; i < PICTURES; i++) {
            Files.write(pictures.resolve(i + ".png"), Png.write(picture.apply(i)));
            table.append("%d.png,%s,%s\n".formatted(i, KINDS.get(i % 2), SHADES.get(i / 2 % 2)));
        }
        Files.writeString(pictures.resolve("metadata.csv"), table);
        return Importer.run(
                new Datasets(Workspace.open(folder.resolve("workspace"))),
                ImportOptions.of("noise").withPlan(new SplitPlan.Sequential(new SplitPlan.Shares(0.5, 0.1, 0.4))),
                List.of(pictures));
    }

    private static Image noise(int number) {
        SplittableRandom random = new SplittableRandom(number);
        byte[] pixels = new byte[64];
        random.nextBytes(pixels);
        return new Image(8, 8, 1, pixels);
    }

    private static ImageVae vae() {
        return new ImageVae(new ImageVae.Config(SHAPE, 1, 8, List.of(1, 2), 1, 4, List.of(2, 2)));
    }

    private ModelFolder model(ImageModel model, double lot) {
        return model("model", BOTH, model, lot);
    }

    private ModelFolder model(String name, ImageFormat format, ImageModel model, double lot) {
        ENGINE.seed(1);
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            model.tensors()
                    .values()
                    .forEach(tensor -> tensor.copy_(torch.randn_like(tensor).mul(new Scalar(lot))));
            return ModelFolder.write(
                    folder.resolve(name),
                    model,
                    new ModelFolder.Description(
                            format, Optional.empty(), JsonNodeFactory.instance.objectNode(), "# model"));
        }
    }

    private static ImageReportCard measured(ModelFolder model, Dataset dataset, Optional<ModelFolder> judge) {
        return new ImageEvaluator(
                        ENGINE,
                        new ImageEvaluator.Settings(
                                16, ImageRequest.Denoising.USUAL, Optional.empty(), judge, new Seed(1)))
                .evaluate(model, dataset, Split.TEST);
    }

    @Test
    void an_autoencoder_gives_pictures_back_and_its_error_stands_beside_that_of_the_mean_picture() throws IOException {
        Dataset dataset = dataset(ImageEvaluatorTest::noise);
        ModelFolder model = model(vae(), 0.3);
        ImageReportCard card = measured(model, dataset, Optional.empty());
        Rebuilding rebuilding = card.rebuilding().orElseThrow();
        assertThat(rebuilding.own().count()).isEqualTo(16);
        assertThat(rebuilding.own().squaredError()).isCloseTo(oneByOne(model, dataset), within(1e-5));
        assertThat(rebuilding.own().decibels())
                .isCloseTo(-10 * Math.log10(rebuilding.own().squaredError()), within(1e-9));
        assertThat(rebuilding.floor().squaredError()).isCloseTo(fromTheMean(dataset), within(1e-4));
        assertThat(model.folder().resolve("report.html"))
                .content()
                .contains("<h2>Reconstruction</h2>", "above: original; below: reconstruction");
        assertThat(model.folder().resolve("report.md")).content().contains("| PSNR of reconstruction |");
        assertThat(model.folder().resolve("report.json")).content().contains("\"meanPicture\"");
    }

    /// Each picture alone, with the numbers of its own labels.
    private static double oneByOne(ModelFolder folder, Dataset dataset) {
        double squares = 0;
        try (Autoencoder model = Autoencoder.open(folder, ENGINE);
                Stream<Sample> samples = dataset.samples(Split.TEST)) {
            for (Sample sample : samples.toList()) {
                Image picture = Png.read(sample.media().bytes());
                int[] labels = folder.images().given(sample);
                float[] point = model.encode(SHAPE.planes(picture), labels, 1);
                float[] back = Features.pixels(SHAPE.image(model.decode(point, labels, 1)));
                squares += squares(Features.pixels(picture), back);
            }
        }
        return squares / (16 * 64);
    }

    private static double fromTheMean(Dataset dataset) {
        float[] mean = new float[64];
        try (Stream<Sample> samples = dataset.samples(Split.TRAIN)) {
            samples.forEach(sample -> {
                float[] pixels = Features.pixels(Png.read(sample.media().bytes()));
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += pixels[i] / 20;
                }
            });
        }
        try (Stream<Sample> samples = dataset.samples(Split.TEST)) {
            return samples.mapToDouble(sample -> squares(
                                    Features.pixels(Png.read(sample.media().bytes())), mean))
                            .sum()
                    / (16 * 64);
        }
    }

    private static double squares(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += Math.pow(one[i] - other[i], 2);
        }
        return sum;
    }

    @Test
    void what_a_judge_recognises_is_told_for_each_value_of_every_field() throws IOException {
        Dataset dataset = dataset(ImageEvaluatorTest::noise);
        ModelFolder judge = model(
                "judge",
                new ImageFormat(List.of(new ImageFormat.Field("kind", KINDS)), 0),
                new ImageClassifier(new ImageClassifier.Config(SHAPE, 1, 8, List.of(1), 1, 2)),
                0.3);
        ModelFolder model = model(vae(), 0.3);
        ImageReportCard card = measured(model, dataset, Optional.of(judge));
        Judgement judgement = card.quality().recognition().orElseThrow();
        assertThat(judgement.samples().byField().keySet()).containsExactly("kind", "shade");
        for (Recognition each : List.of(judgement.samples(), judgement.floor())) {
            each.byField()
                    .forEach((_, values) -> assertThat(values.values())
                            .extracting(Recognition.Count::asked)
                            .containsExactly(8, 8));
        }
        assertThat(model.folder().resolve("report.md"))
                .content()
                .contains("## Recognised, value by value", "| kind | cup | ", "| shade | dark | ", " of 8 |");
        assertThat(model.folder().resolve("report.html"))
                .content()
                .contains("Recognised, by kind", "Recognised, by shade");
    }

    @Test
    void fewer_samples_than_the_split_has_come_from_all_over_it() throws IOException {
        Dataset dataset = dataset(ImageEvaluatorTest::noise);
        Examples examples = Examples.of(
                model(vae(), 0.3),
                ENGINE,
                dataset,
                new Examples.Lot(Split.TEST, 8, ImageRequest.Denoising.USUAL, Optional.empty(), new Seed(1)));
        try (Stream<Sample> samples = dataset.samples(Split.TEST)) {
            List<Image> all = samples.map(examples::picture).toList();
            assertThat(examples.real())
                    .containsExactlyInAnyOrder(
                            all.get(1),
                            all.get(3),
                            all.get(5),
                            all.get(7),
                            all.get(9),
                            all.get(11),
                            all.get(13),
                            all.get(15));
        }
    }

    @Test
    void a_model_that_reads_no_pictures_has_no_error_of_reconstruction() throws IOException {
        Dataset dataset = dataset(ImageEvaluatorTest::noise);
        ImageGan gan = new ImageGan(new ImageGan.Config(SHAPE, 1, 8, List.of(1, 2), 1, 4, List.of(2, 2)));
        ModelFolder model = model(gan, 0.3);
        assertThat(measured(model, dataset, Optional.empty()).rebuilding()).isEmpty();
        for (String file : List.of("report.md", "report.json", "report.html")) {
            assertThat(model.folder().resolve(file)).content().doesNotContainIgnoringCase("reconstruction");
        }
    }

    @Test
    void a_model_that_makes_one_picture_again_and_again_is_told_so() throws IOException {
        Dataset dataset = dataset(ImageEvaluatorTest::noise);
        ModelFolder model = model(vae(), 0); // whatever the point, all numbers come out as 0
        measured(model, dataset, Optional.empty());
        assertThat(model.folder().resolve("report.md"))
                .content()
                .contains("- Mode collapse, the model makes nearly the same again and again: two samples differ 0 % as"
                        + " much as two real ones, the nearest ones 0 %; 1 of 16 are different; train with other"
                        + " settings, or take an earlier checkpoint.");
        assertThat(model.folder().resolve("report.html")).content().contains("Mode collapse, the model makes");
        assertThat(model.folder().resolve("report.json")).content().contains("\"verdict\" : \"collapsed\"");
    }

    @Test
    void data_that_are_all_the_same_are_measured_and_said() throws IOException {
        Dataset dataset = dataset(_ -> noise(7));
        ModelFolder model = model(vae(), 0.3);
        ImageReportCard card = measured(model, dataset, Optional.empty());
        assertThat(card.rebuilding().orElseThrow().floor().squaredError()).isZero();
        assertThat(model.folder().resolve("report.md"))
                .content()
                .contains("- All 16 real samples are the same, so a model can only learn that one: look at what was"
                        + " imported.")
                .doesNotContain("come back no nearer", "NaN");
        assertThat(model.folder().resolve("report.html")).content().contains("real ones are all the same");
        assertThat(model.folder().resolve("report.json")).content().doesNotContain("NaN", "Infinity");
    }
}
