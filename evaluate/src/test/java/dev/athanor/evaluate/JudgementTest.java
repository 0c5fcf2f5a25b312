package dev.athanor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.athanor.evaluate.page.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class JudgementTest {
    private static final List<Map<String, String>> TOLD = List.of(
            Map.of("digit", "one", "speaker", "theo"),
            Map.of("digit", "one", "speaker", "lucas"),
            Map.of("digit", "two", "speaker", "theo"),
            Map.of("digit", "two", "speaker", "lucas"));

    /// The judge is right about theo's samples, about one of lucas', and about all real ones.
    private static Judgement digits() {
        return new Judgement(
                Recognition.of("ears", "digit", TOLD, List.of("one", "one", "two", "one")),
                Recognition.of("ears", "digit", TOLD, List.of("one", "one", "two", "two")));
    }

    @Test
    void every_value_of_every_field_told_has_its_share_beside_that_of_real_ones() {
        JsonNode json = digits().toJson();
        assertThat(json.path("field").asString()).isEqualTo("digit");
        assertThat(json.at("/fields/digit/one/share").asDouble()).isEqualTo(1);
        assertThat(json.at("/fields/digit/two/share").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/fields/speaker/theo/share").asDouble()).isEqualTo(1);
        assertThat(json.at("/fields/speaker/lucas/share").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/fields/speaker/lucas/floor").asDouble()).isEqualTo(1);
        assertThat(json.at("/fields/speaker/lucas/right").asInt()).isEqualTo(1);
        assertThat(json.at("/fields/speaker/lucas/asked").asInt()).isEqualTo(2);
        assertThat(MeasureTable.markdown(digits().shares())).isEqualTo("""
                        | told | value | recognised | real ones | samples |
                        | --- | --- | --- | --- | --- |
                        | digit | one | 100.0 % | 100.0 % | 2 of 2 |
                        | digit | two | 50.0 % | 100.0 % | 1 of 2 |
                        | speaker | lucas | 50.0 % | 100.0 % | 1 of 2 |
                        | speaker | theo | 100.0 % | 100.0 % | 2 of 2 |
                        """);
    }

    @Test
    void the_page_shows_the_judged_field_first_and_says_what_the_others_mean() {
        String html = Page.titled("digits", "").withAll(digits().shown()).toHtml();
        assertThat(html)
                .containsSubsequence(
                        "<h2>Recognised, by digit</h2>",
                        "By ears, which saw none of the samples.",
                        "<h2>Recognised, by speaker</h2>",
                        "How often ears recognises the digit where this is what the samples were told of the speaker.",
                        "lucas",
                        "1 of 2",
                        "theo",
                        "2 of 2");
    }

    @Test
    void of_too_many_values_the_least_recognised_are_shown_and_the_others_together() {
        List<Map<String, String>> told = new ArrayList<>();
        List<String> recognised = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            told.add(Map.of("sign", "s" + i));
            recognised.add(i % 10 == 7 ? "s0" : "s" + i); // s7, s17, s27, s37 and s47 are missed
        }
        Judgement judgement = new Judgement(
                Recognition.of("eyes", "sign", told, recognised), Recognition.of("eyes", "sign", told, recognised));
        List<List<String>> rows = judgement.shares().rows();
        assertThat(rows).hasSize(Judgement.VALUES);
        assertThat(rows.subList(0, 5))
                .containsExactlyInAnyOrder(
                        List.of("sign", "s7", "0.0 %", "0.0 %", "0 of 1"),
                        List.of("sign", "s17", "0.0 %", "0.0 %", "0 of 1"),
                        List.of("sign", "s27", "0.0 %", "0.0 %", "0 of 1"),
                        List.of("sign", "s37", "0.0 %", "0.0 %", "0 of 1"),
                        List.of("sign", "s47", "0.0 %", "0.0 %", "0 of 1"));
        assertThat(rows.getLast()).containsExactly("sign", "11 others", "100.0 %", "100.0 %", "11 of 11");
        assertThat(judgement.toJson().at("/fields/sign")).hasSize(50);
    }

    @Test
    void two_judges_are_refused() {
        Recognition one = new Recognition("a", "kind", 1, 1, Map.of(), List.of(), List.of());
        Recognition other = new Recognition("b", "kind", 1, 1, Map.of(), List.of(), List.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Judgement(one, other))
                .withMessage("a judges the samples and b the real ones: expected one judge");
    }
}
