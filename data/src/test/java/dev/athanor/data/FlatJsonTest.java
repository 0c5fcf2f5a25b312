package dev.athanor.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.layout.RecordLayout;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FlatJsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"text\": \"茶 \\\"tea\\\" \\n\\u00e9\\ud83c\\udf75\", \"stars\": 5}",
                "{\"text\": \"a\", \"none\": null, \"empty\": \"\"}",
                "{\"n\": -0, \"small\": 7, \"long\": 9223372036854775807, \"big\": 92233720368547758070000}",
                "{\"n\": 4.50, \"e\": 1e5, \"tiny\": 1.5E-9, \"third\": 0.3333333333333333333333, \"zero\": -0.0}",
                "{\"yes\": true, \"no\": false}",
                "{\"instruction\": \"a\", \"other\": \"b\"}",
                "  {\"text\": \"a\"}  "
            })
    void what_it_reads_is_what_the_tree_says(String line) {
        JsonNode tree = JsonMapper.shared().readTree(line);
        assertThat(new FlatJson(false).read(line))
                .hasValueSatisfying(values -> assertThat(List.copyOf(values.entrySet()))
                        .isEqualTo(List.copyOf(tree(tree).entrySet())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1, 2]",
                "\"text\"",
                "{\"text\": [\"a\", \"b\"]}",
                "{\"text\": {\"a\": \"b\"}}",
                "{\"text\": \"a\", \"text\": \"b\"}",
                "{\"instruction\": \"a\", \"output\": \"b\"}",
                "{\"prompt\": \"a\", \"completion\": \"b\"}",
                "{\"text\": \"a\"} {\"text\": \"b\"}",
                "{\"text\": \"a\"",
                "{\"text\": NaN}",
                "{text: \"a\"}"
            })
    void what_is_otherwise_or_wrong_it_leaves_to_others(String line) {
        assertThat(new FlatJson(false).read(line)).isEmpty();
    }

    @Test
    void keys_are_columns_where_no_layout_is_looked_for() {
        assertThat(new FlatJson(true).read("{\"prompt\": \"a\", \"completion\": \"b\"}"))
                .hasValueSatisfying(values -> assertThat(values).containsEntry("prompt", "a"));
    }

    @Test
    void records_of_one_kind_share_their_columns() {
        FlatJson flat = new FlatJson(false);
        RecordValues first = flat.read("{\"text\": \"a\", \"n\": 1}").orElseThrow();
        flat.read("{\"text\": \"b\"}");
        RecordValues third = flat.read("{\"text\": \"c\", \"n\": null}").orElseThrow();

        assertThat(third.columns()).isSameAs(first.columns());
        assertThat(third).containsOnlyKeys("text");
        assertThat(first).containsEntry("n", "1");
    }

    private static SequencedMap<String, String> tree(JsonNode tree) {
        try {
            return RecordLayout.of(tree).values(tree);
        } catch (Unusable unusable) {
            throw new AssertionError(unusable);
        }
    }
}
