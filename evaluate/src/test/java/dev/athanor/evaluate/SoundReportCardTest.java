package dev.athanor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SoundReportCardTest {
    private static final List<Vocoder> VOCODERS = List.of(
            new Vocoder("digits-vocoder", 5.25, 0.031, 40), new Vocoder("Griffin-Lim, 32 iterations", 7.5, 0.2, 40));

    @Test
    void vocoders_stand_beside_each_other() {
        SoundReportCard card = new SoundReportCard("digits", "digits@1", "test", Optional.of(Cards.good()), VOCODERS);
        assertThat(card.toMarkdown())
                .contains("| log-spectral distance of digits-vocoder | 5.25 dB |  | from the original of 40 sounds;"
                        + " lower is nearer; takes 0.0310 of the time that the sound lasts |")
                .contains("| recognised by classifier shop |");
        assertThat(card.toJson().at("/vocoders/1/logSpectralDistance").asDouble())
                .isEqualTo(7.5);
        assertThat(card.toJson().at("/fidelity/samples/frechet").asDouble()).isEqualTo(12.5);
        assertThat(card.toPage(List.of()).toHtml())
                .contains("From spectrogram to sound", "width=\"70.00\"", "width=\"100.00\"");
    }

    @Test
    void a_vocoder_alone_has_a_card() {
        SoundReportCard card = new SoundReportCard("vocoder", "digits@1", "test", Optional.empty(), VOCODERS);
        assertThat(card.toJson().has("fidelity")).isFalse();
        assertThat(card.toPage(List.of()).toHtml()).contains("Griffin-Lim, 32 iterations");
    }

    @Test
    void a_card_without_any_measure_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SoundReportCard("m", "d", "test", Optional.empty(), List.of()))
                .withMessage("a report card of m without any measure: give that of samples or of vocoders");
    }
}
