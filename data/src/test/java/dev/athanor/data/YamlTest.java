package dev.athanor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTest {
    @Test
    void what_it_holds_comes_out_and_nothing_of_comments() {
        assertThat(Yaml.load("f", "steps: [a, 2]")).contains(Map.of("steps", List.of("a", 2)));
        assertThat(Yaml.load("f", "# nothing")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "steps: [a, b|f line 1, column 13, is not YAML: expected ',' or ']', but got the end of the file while parsing a list in brackets from line 1, column 8. Mend it there",
                "a: 1\\n b: 2|f line 2, column 3, is not YAML: mapping values are not allowed here. Mend it there",
                "a: 1\\na: 2|f line 2, column 1, is not YAML: found duplicate key a while constructing a mapping from line 1, column 1. Mend it there",
                "s:\\n  - a\\n - b|f line 3, column 2, is not YAML: expected the end of it, but found a list while parsing a map from line 1, column 1. Mend it there",
                "a: 'b'c|f line 1, column 7, is not YAML: expected the end of it, but found a word while parsing a map from line 1, column 1. Mend it there",
                "a\\1b|f is not YAML: special characters are not allowed",
            })
    void what_is_none_is_told_in_one_sentence_with_its_place(String yaml, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Yaml.load("f", yaml.translateEscapes()))
                .withMessage(message);
    }
}
