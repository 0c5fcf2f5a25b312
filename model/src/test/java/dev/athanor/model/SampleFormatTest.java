package dev.athanor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.model.SampleFormat.Arrangement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SampleFormatTest {
    private final SampleFormat names =
            new SampleFormat(Arrangement.DOCUMENTS, List.of("near", "name", "food"), List.of("near", "name"));

    @Test
    void a_value_said_verbatim_is_read_as_its_slot_and_others_as_they_are() {
        Map<String, String> values = Map.of("name", "Wu's", "food", "Chinese");
        assertThat(names.read("Wu's has Chinese food.", values)).isEqualTo("⟦name⟧ has Chinese food.");
    }

    @Test
    void the_longer_of_two_values_is_found_first() {
        Map<String, String> values = Map.of("near", "The Rice Boat", "name", "Rice");
        assertThat(names.read("Rice is near The Rice Boat.", values)).isEqualTo("⟦name⟧ is near ⟦near⟧.");
        assertThat(names.slots(values))
                .containsExactly(Map.entry("⟦near⟧", "The Rice Boat"), Map.entry("⟦name⟧", "Rice"));
    }

    @Test
    void a_field_left_open_has_no_slot() {
        assertThat(names.slots(Map.of("near", " "))).isEmpty();
        assertThat(names.read("Nothing near.", Map.of())).isEqualTo("Nothing near.");
    }

    @Test
    void a_slot_that_is_written_all_the_same_becomes_a_blank_to_fill_in() {
        assertThat(names.open(Map.of("name", "Wu's", "near", ""))).containsExactly("near");
        assertThat(names.fillings(Map.of("name", "Wu's")))
                .containsExactly(Map.entry("⟦name⟧", "Wu's"), Map.entry("⟦near⟧", "[near]"));
    }

    @Test
    void what_is_said_verbatim_must_be_a_field() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SampleFormat(Arrangement.DOCUMENTS, List.of("food"), List.of("name")))
                .withMessage(
                        "verbatim [name] names what is not among the fields [food]: a value can only be said again where it is given");
    }

    @Test
    void a_folder_keeps_every_arrangement_and_what_is_verbatim() {
        for (Arrangement arrangement : List.of(Arrangement.DOCUMENTS, Arrangement.SEPARATE)) {
            SampleFormat format = new SampleFormat(arrangement, List.of("name"), List.of("name"));
            assertThat(SampleFormat.fromJson(format.toJson())).isEqualTo(format);
        }
        SampleFormat stream = new SampleFormat(Arrangement.STREAM, List.of());
        assertThat(SampleFormat.fromJson(stream.toJson())).isEqualTo(stream);
    }

    @Test
    void an_arrangement_of_another_kind_is_refused_with_those_that_are_known() {
        assertThatThrownBy(() -> SampleFormat.fromJson(JsonMapper.shared().readTree("{\"arrangement\":\"heap\"}")))
                .isInstanceOf(ModelException.class)
                .hasMessage("config.json says arrangement \"heap\": expected documents, separate or stream");
    }
}
