package dev.athanor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.evaluate.page.Block;
import dev.athanor.generate.image.ImageRequest;
import dev.athanor.generate.image.Solver;
import dev.athanor.model.CaptionShape;
import dev.athanor.model.ImageShape;
import dev.athanor.model.NoiseProcess;
import dev.athanor.model.UNet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ImageReportCardTest {
    @Test
    void programs_read_every_number_beside_that_of_real_ones() {
        JsonNode json = JsonMapper.shared().readTree(good().toJson().toString());
        JsonNode fidelity = json.path("fidelity");
        assertThat(fidelity.path("features").asString()).isEqualTo("classifier shop");
        assertThat(fidelity.at("/samples/frechet").asDouble()).isEqualTo(12.5);
        assertThat(fidelity.at("/floor/frechet").asDouble()).isEqualTo(2.25);
        assertThat(fidelity.at("/floor/recall").asDouble()).isEqualTo(0.96);
        assertThat(json.at("/recognition/share").asDouble()).isEqualTo(1);
        assertThat(json.at("/recognition/floor").asDouble()).isEqualTo(0.95);
        assertThat(json.at("/recognition/fields/kind/茶/share").asDouble()).isEqualTo(1);
        assertThat(json.at("/nearest/matches/0/training").asInt()).isEqualTo(7);
        assertThat(json.at("/variety/verdict").asString()).isEqualTo("varied");
        assertThat(json.at("/reconstruction/ssim").asDouble()).isEqualTo(0.88);
        assertThat(json.at("/reconstruction/meanPicture/squaredError").asDouble())
                .isEqualTo(0.08);
    }

    @Test
    void what_is_infinite_is_left_out_of_the_json() {
        NearestSample repeated =
                new NearestSample("pixels", List.of(new NearestSample.Match(0, 0, 2, 2 / 0.0)), 0, 0, 0);
        SampleQuality good = Cards.good();
        Variety same = new Variety(2 / 0.0, 2 / 0.0, 5, 1, 5);
        ImageReportCard card = new ImageReportCard(
                "m",
                "d@1",
                "test",
                Made.AT_ONCE,
                new SampleQuality(good.fidelity(), Optional.empty(), repeated, same),
                Optional.of(new Rebuilding(
                        new Reconstruction(0, 0, 1 / 0.0, 1, 3), new Reconstruction(0, 0, 1 / 0.0, 1, 3))));
        assertThat(card.toJson().toString()).doesNotContain("Infinity", "NaN");
        assertThat(card.toMarkdown())
                .contains("All 5 real samples are the same", "| variety | none in real ones |")
                .doesNotContain("Infinity %", "Infinity and");
        assertThat(card.toPage(List.of()).toHtml()).contains("All 5 real samples are the same");
    }

    @Test
    void people_read_a_table_with_real_ones_beside_the_samples() {
        String text = good().toMarkdown();
        assertThat(text).startsWith("# Report card: shop-pictures on shop@1, test split\n");
        assertThat(text).contains("| measure | samples | real ones | what it says |\n| --- | --- | --- | --- |\n");
        assertThat(text)
                .contains("| recognised by classifier shop | 100.0 % | 95.0 % | the kind that was asked for, in 3 of 3"
                        + " samples |");
        assertThat(text).contains("| Fréchet distance in the features of classifier shop | 12.5 | 2.25 |");
        assertThat(text).contains("| kernel distance in the same | 0.0310 ± 0.0012 | -0.000200 ± 0.0012 |");
        assertThat(text)
                .contains("| mean squared error of reconstruction | 0.0020 |  | the same of squares; the mean picture:"
                        + " 0.0800 |")
                .contains("| PSNR of reconstruction | 27.0 dB |  | of that square, higher is nearer; the mean picture:"
                        + " 11.0 dB |")
                .contains("| SSIM of reconstruction | 0.880 |");
        assertThat(text).contains("- As varied as real ones");
        assertThat(text).contains("- The Fréchet distance is biased, too high for few samples (here 500)");
        assertThat(text).doesNotContain("FID");
    }

    @Test
    void collapse_copies_and_labels_never_recognised_are_said() {
        String text = bad().toMarkdown();
        assertThat(text).contains("- Mode collapse, the model makes nearly the same again and again");
        assertThat(text).contains("- Asked for and never recognised: &lt;b>\\| , pot");
        assertThat(text)
                .contains("- Copies: 100.0 % of the samples nearly repeat a training sample, of held-out real ones"
                        + " 2.0 %: look at the pairs");
    }

    @Test
    void the_page_shows_what_it_is_given_and_says_what_must_not_be_missed() {
        String html = bad().toPage(List.of(new Block.Section("Samples", ""))).toHtml();
        assertThat(html).contains("<h2>Samples</h2>", "class=\"notice warning\"", "Mode collapse");
        assertThat(html).contains("Recognised, by kind", "1 of 1", "<th scope=\"row\">&lt;b&gt;|");
        assertThat(html.indexOf("Mode collapse")).isLessThan(html.indexOf("<h2>Samples</h2>"));
    }

    @Test
    void an_autoencoder_that_gives_back_no_more_than_the_mean_picture_is_told_so() {
        ImageReportCard card =
                new ImageReportCard("m", "d@1", "test", Made.AT_ONCE, Cards.good(), Optional.of(rebuilding(0.0811)));
        assertThat(card.toMarkdown())
                .contains("- Pictures come back no nearer than the mean training picture is to them (mean squared error"
                        + " 0.0811 against 0.0800): the latent numbers say nothing of a picture.");
        assertThat(good().toMarkdown()).doesNotContain("come back no nearer");
        assertThat(bad().toMarkdown()).doesNotContain("econstruction");
        assertThat(good().toPage(List.of()).toHtml()).contains("27.0 dB", "mean picture 11.0 dB");
    }

    @Test
    void what_spoke_is_said_of_sounds_alone() {
        ImageReportCard card = new ImageReportCard(
                "m",
                "d@1",
                "test",
                new Made(Optional.empty(), Optional.of("the vocoder theo")),
                Cards.good(),
                Optional.empty());
        assertThat(card.toMarkdown()).contains("- Spoken by the vocoder theo: every measure is of what is heard.");
        assertThat(card.toJson().path("voice").asString()).isEqualTo("the vocoder theo");
        assertThat(card.toPage(List.of()).toHtml()).contains("Spoken by the vocoder theo");
        assertThat(good().toMarkdown()).doesNotContain("Spoken");
        assertThat(good().toJson().has("voice")).isFalse();
    }

    @Test
    void steps_and_guidance_are_said_where_a_model_has_them() {
        UNet.Config stepwise = new UNet.Config(
                new ImageShape(1, 8, 8), 1, 8, List.of(1), 1, List.of(), CaptionShape.NONE, NoiseProcess.DDPM);
        Made made = Made.of(stepwise, new ImageRequest.Denoising(Solver.DDIM, 10, 2.5), Optional.empty());
        ImageReportCard card = new ImageReportCard("m", "d@1", "test", made, Cards.good(), Optional.empty());
        assertThat(card.toMarkdown()).contains("- How samples were made: 10 steps of ddim, guidance 2.5.");
        assertThat(card.toJson().path("way").asString()).isEqualTo("10 steps of ddim, guidance 2.5");
        assertThat(good().toMarkdown()).doesNotContain("How samples were made");
    }

    private static Rebuilding rebuilding(double squaredError) {
        return new Rebuilding(
                new Reconstruction(0.021, squaredError, 27, 0.88, 40), new Reconstruction(0.2, 0.08, 11, 0.3, 40));
    }

    private static ImageReportCard good() {
        return new ImageReportCard(
                "shop-pictures", "shop@1", "test", Made.AT_ONCE, Cards.good(), Optional.of(rebuilding(0.002)));
    }

    private static ImageReportCard bad() {
        return new ImageReportCard(
                "shop-pictures", "shop@1", "test", Made.AT_ONCE, Cards.collapsed(), Optional.empty());
    }
}
