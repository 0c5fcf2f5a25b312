package dev.athanor.data.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.image.Image;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RulesTest {
    /// What datatrove calls the reasons that we have other words for.
    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("gopher_short_doc", "too few words"),
            Map.entry("gopher_below_avg_threshold", "words too short"),
            Map.entry("gopher_above_avg_threshold", "words too long"),
            Map.entry("gopher_too_many_hashes", "too many #"),
            Map.entry("gopher_too_many_ellipsis", "too many ..."),
            Map.entry("gopher_too_many_bullets", "a list of bullets"),
            Map.entry("gopher_too_many_end_ellipsis", "too many lines end with ..."),
            Map.entry("gopher_below_alpha_threshold", "too few words with letters"),
            Map.entry("gopher_enough_stop_words", "no everyday words"),
            Map.entry("line_punct_ratio", "lines are no sentences"),
            Map.entry("short_line_ratio", "short lines"),
            Map.entry("char_dup_ratio", "repeated lines"),
            Map.entry("list_ratio", "a list"));

    private static JsonNode golden() throws IOException {
        try (InputStream in = RulesTest.class.getResourceAsStream("golden.json")) {
            return JsonMapper.shared().readTree(in);
        }
    }

    private static String reason(Step step, String text) {
        String treated = Treated.by(step, text);
        return treated.startsWith("dropped: ") ? treated.substring("dropped: ".length()) : "";
    }

    @Test
    void repetition_counts_as_datatrove_does() throws IOException {
        for (JsonNode row : golden().path("rules")) {
            String text = row.path("text").asString();
            Words words = Words.of(text);
            for (int i = 0; i < 3; i++) {
                assertThat(Repetition.commonest(words, i + 2))
                        .as("%d words in %s", i + 2, text)
                        .isEqualTo(row.path("commonest").path(i).asInt());
            }
            for (int i = 0; i < 6; i++) {
                assertThat(Repetition.repeated(words, i + 5))
                        .as("%d words in %s", i + 5, text)
                        .isEqualTo(row.path("repeated").path(i).asInt());
            }
            Repetition.Repeated lines =
                    Repetition.Repeated.of(text.replace("\n\n", "\n").split("\n"));
            assertThat(lines.again())
                    .as(text)
                    .isEqualTo(row.path("lines").path(0).asInt());
            assertThat(lines.characters())
                    .as(text)
                    .isEqualTo(row.path("lines").path(1).asInt());
        }
    }

    @Test
    void quality_and_fineweb_drop_what_datatrove_drops_for_the_same_reason() throws IOException {
        Step quality = new Quality(10, 100_000, 3, 10, 0.1, 0.9, 0.3, 0.8, 2);
        for (JsonNode row : golden().path("rules")) {
            String text = row.path("text").asString();
            assertThat(reason(quality, text))
                    .as(text)
                    .isEqualTo(REASONS.getOrDefault(row.path("quality").asString(), ""));
            assertThat(reason(FineWeb.USUAL, text))
                    .as(text)
                    .isEqualTo(REASONS.getOrDefault(row.path("fineweb").asString(), ""));
        }
    }

    @Test
    void c4_keeps_the_lines_that_datatrove_keeps() throws IOException {
        for (JsonNode row : golden().path("rules")) {
            String text = row.path("text").asString();
            String treated = Treated.by(C4.USUAL, text);
            assertThat(treated.startsWith("dropped") ? "dropped" : treated)
                    .as(text)
                    .isEqualTo(row.path("c4").asString());
        }
    }

    @Test
    void sharpness_is_the_variance_of_the_laplacian_as_scipy_has_it() throws IOException {
        for (JsonNode row : golden().path("pictures")) {
            int width = row.path("width").asInt();
            int height = row.path("height").asInt();
            byte[] pixels = new byte[width * height];
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    pixels[y * width + x] = (byte) (31 * x * x + 17 * y * y + 7 * x * y);
                }
            }
            double variance = Pictures.sharpness(Pictures.luma(new Image(width, height, 1, pixels)), width, height);
            assertThat(variance).isCloseTo(row.path("variance").asDouble(), within(1e-6 * (1 + variance)));
        }
    }

    private static final String PROSE =
            "春天的茶园里，老人和孩子们一起采茶。他们把新鲜的叶子放进竹篮，再背下山去。" + "山下的作坊里有一口大锅，师傅用手翻炒茶叶，直到香味充满了整个房间。我在那里住了三天，每天都喝到不同的茶。";

    @Test
    void chinese_prose_passes_where_characters_count_as_words() {
        for (Step step : new Step[] {Quality.USUAL, Repetition.USUAL, FineWeb.USUAL, C4.USUAL}) {
            assertThat(Treated.by(step, PROSE)).as(step.name()).isEqualTo(PROSE);
        }
    }

    @Test
    void chinese_lists_and_copies_are_dropped() {
        assertThat(reason(Repetition.USUAL, "好评好评好评好评好评好评好评好评好评好评")).isEqualTo("one phrase too often");
        assertThat(reason(Repetition.USUAL, "质量很好，下次还会再来买的。\n".repeat(4))).isEqualTo("repeated lines");
        assertThat(reason(FineWeb.USUAL, "首页\n绿茶\n红茶\n联系我们\n关于我们")).isEqualTo("lines are no sentences");
        assertThat(reason(Quality.USUAL, "茶叶专卖")).isEqualTo("too few words");
        assertThat(reason(Quality.USUAL, "绿茶红茶乌龙茶普洱茶白茶黄茶花茶".repeat(5))).isEqualTo("no everyday words");
        assertThat(Treated.by(C4.USUAL, PROSE + "\n版权所有，未经授权不得转载。\n首页 > 茶")).isEqualTo(PROSE);
        assertThat(reason(C4.USUAL, "function() { return 1; }")).isEqualTo("a curly bracket");
    }

    @Test
    void words_are_counted_where_scripts_mix() {
        Words words = Words.of("我用iPhone 15拍照，OK? 𠮷野家");
        assertThat(java.util.stream.IntStream.range(0, words.count()).mapToObj(words::word))
                .containsExactly("我", "用", "iPhone", "15", "拍", "照", "，", "OK?", "𠮷", "野", "家");
        assertThat(words.isIdeographic()).isTrue();
        assertThat(Words.of("the tea").isIdeographic()).isFalse();
    }
}
