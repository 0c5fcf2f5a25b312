package dev.athanor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ConfigTest {
    private static ModelConfig read(String json) {
        return ModelConfig.fromJson(JsonMapper.shared().readTree(json));
    }

    @Test
    void a_width_its_heads_cannot_share_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Transformer.Config.of(65, 64, 2, 5, 64))
                .withMessage("width 64 does not split over 5 heads: use a multiple of 5");
    }

    @Test
    void a_size_of_nothing_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Lstm.Config(65, 64, 0, 64))
                .withMessage("layers is 0: give a whole number from 1 to 16777216");
    }

    @Test
    void every_configuration_survives_its_file() {
        for (ModelConfig config : List.of(
                new Transformer.Config(65, 64, 2, 4, 2, 64, 96, 1e-6, 5e5, false),
                new Lstm.Config(65, 64, 2, 32),
                new Gru.Config(65, 64, 2, 32),
                new TextVae.Config(65, 64, 16, 32, 8))) {
            assertThat(read(config.toJson().toString())).isEqualTo(config);
        }
    }

    @Test
    void an_unknown_family_is_refused_with_those_that_are_known() {
        assertThatThrownBy(() -> read("{\"model_type\": \"mamba\"}"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("\"mamba\", which is not known here: expected one of llama, athanor-lstm");
    }

    @Test
    void scaled_rotary_positions_are_refused_and_not_ignored() {
        String json = Transformer.Config.of(65, 64, 2, 4, 64)
                .toJson()
                .toString()
                .replace("\"rope_type\":\"default\"", "\"rope_type\":\"llama3\"");
        assertThatThrownBy(() -> read(json)).hasMessageContaining("type \"llama3\": only \"default\" is known here");
    }
}
