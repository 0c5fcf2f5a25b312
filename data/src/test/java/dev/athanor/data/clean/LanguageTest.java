package dev.athanor.data.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | How do I activate my new card? It came yesterday.
            zh | 我的iPhone 15 Pro Max昨天刚到，屏幕就坏了
            zh | 這家店的烏龍茶很好喝
            ja | この紅茶はとても美味しいです
            ko | 이 차는 정말 맛있습니다
            de | Wann kommt mein Paket endlich an? Ich warte schon lange.
            fr | Je voudrais savoir où est ma commande, s'il vous plaît.
            es | Quiero saber dónde está mi pedido de la semana pasada.
            ru | Здравствуйте, где мой заказ? Я жду уже неделю.
            """)
    void languages_are_told(String language, String text) {
        Language only = new Language(List.of(language), 0.7, Language.Unsure.DROP);
        assertThat(Treated.by(only, text)).isEqualTo(text);
        Language other = new Language(List.of(language.equals("en") ? "zh" : "en"), 0.7, Language.Unsure.KEEP);
        assertThat(Treated.by(other, text)).isEqualTo("dropped: language " + language);
    }

    /// The library has a way of its own for short texts, which fails where a text is long.
    @Test
    void long_texts_are_told_and_each_time_alike() {
        String text =
                "Our shop opens at nine in the morning, and the tea that was ordered the day before can be fetched"
                        + " from then on. Visitors who live outside the city may ask us to send it to them: this takes two or"
                        + " three days, and costs as much as a cup of black tea. If a box is open when it arrives, write to us"
                        + " within a week, and we will send another one without asking for the first back. ";
        for (int times = 1; times < 6; times++) {
            assertThat(Treated.by(new Language(List.of("en"), 0.7, Language.Unsure.DROP), text.repeat(times)))
                    .isEqualTo(text.repeat(times));
        }
    }

    @Test
    void what_is_too_short_to_tell_stays_or_goes_as_told_and_is_counted() {
        Treatment language = Treated.open(Language.USUAL);
        assertThat(Treated.with(language, "ok 123")).isEqualTo("ok 123");
        assertThat(Treated.with(language, "好")).isEqualTo("好");
        assertThat(language.drainFound()).containsEntry("unsure", 1L).containsEntry("zh", 1L);
        Language strict = new Language(List.of("en"), 0.7, Language.Unsure.DROP);
        assertThat(Treated.by(strict, "ok 123")).isEqualTo("dropped: no language");
    }
}
