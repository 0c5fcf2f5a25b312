package dev.athanor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CoverageTest {

    @Test
    void a_value_is_said_by_itself_between_word_borders_and_in_any_case() {
        CoverageRules rules = CoverageRules.literal();
        assertThat(rules.said("name", "The Mill", "at the mill, you eat")).isTrue();
        assertThat(rules.said("name", "Mill", "a million reasons")).isFalse();
        assertThat(rules.said("product", "铁观音", "一壶铁观音就够了")).isTrue();
        assertThat(rules.said("near", "Café Rouge", "near CAFÉ ROUGE.")).isTrue();
        assertThat(rules.said("type", "family-friendly", "it is family friendly")).isTrue();
    }

    @Test
    void not_family_friendly_is_no_and_family_friendly_is_yes() {
        CoverageRules rules = CoverageRules.known();
        assertThat(rules.said("familyFriendly", "yes", "It is a family-friendly pub.")).isTrue();
        assertThat(rules.said("familyFriendly", "yes", "It is not family-friendly.")).isFalse();
        assertThat(rules.said("familyFriendly", "no", "It is not family-friendly.")).isTrue();
        assertThat(rules.said("familyFriendly", "no", "Bring the children.")).isFalse();
        assertThat(rules.said("priceRange", "less than £20", "Meals under £20.")).isTrue();
    }

    @Test
    void each_field_has_its_share_and_blank_values_ask_for_nothing() {
        Coverage coverage = Coverage.of(
                List.of(
                        new Coverage.Asked(Map.of("product", "Jasmine Pearls", "tone", ""), "Jasmine Pearls are in."),
                        new Coverage.Asked(Map.of("product", "White Peony"), "A tea from afar.")),
                CoverageRules.literal());
        assertThat(coverage.fields()).containsOnlyKeys("product");
        assertThat(coverage.fields().get("product")).isEqualTo(new Coverage.Share(2, 1));
        assertThat(coverage.share()).isEqualTo(0.5);
    }

    @Test
    void rules_of_the_wrong_kind_are_refused_with_their_place(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("rules.json"), "{\"tone\": {\"warm\": \"cosy\"}}");
        assertThatThrownBy(() -> CoverageRules.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the value \"warm\" of \"tone\" has \"cosy\": expected a list of words that say it");
    }
}
