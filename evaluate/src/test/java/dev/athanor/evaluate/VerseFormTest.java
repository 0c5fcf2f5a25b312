package dev.athanor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class VerseFormTest {

    @Test
    void four_lines_of_five_or_seven_characters_are_a_quatrain() {
        assertThat(VerseForm.of("春水煮新茶，东风过小桥。\n客来无一事，坐听雨潇潇。"))
                .contains(new VerseForm(4, 5))
                .hasValueSatisfying(form -> assertThat(form.name()).isEqualTo("五言绝句"));
        assertThat(VerseForm.of("一壶春水煮新茶，风过桥头几树花。客到门前无别事，坐听细雨落谁家。"))
                .hasValueSatisfying(form -> assertThat(form.name()).isEqualTo("七言绝句"));
    }

    @Test
    void uneven_lines_other_counts_and_an_open_end_have_no_form() {
        assertThat(VerseForm.of("春水煮新茶，东风过小桥。客来无事，坐听雨潇潇。")).isEmpty();
        assertThat(VerseForm.of("春水煮新茶，东风过小桥。")).isEmpty();
        assertThat(VerseForm.of("春水煮新茶，东风过小桥。客来无一事，坐听雨潇潇")).isEmpty();
        assertThat(VerseForm.of("hello")).isEmpty();
        assertThat(VerseForm.of("  ")).isEmpty();
    }

    @Test
    void the_share_counts_texts() {
        assertThat(VerseForm.share(List.of("春水煮新茶，东风过小桥。客来无一事，坐听雨潇潇。", "no"))).isEqualTo(0.5);
    }
}
