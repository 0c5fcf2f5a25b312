package dev.athanor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.Seed;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FidelityTest {
    @BeforeAll
    static void start() {
        Engine.start(Device.CPU);
    }

    @Test
    void samples_like_real_ones_are_at_the_floor_and_others_above_it() {
        Features reference = GoldenFeatures.of(400, 4, 0, 1);
        Features heldOut = GoldenFeatures.of(200, 4, 0, 2);
        Fidelity good = Fidelity.of(reference, heldOut, GoldenFeatures.of(300, 4, 0, 3), new Seed(1));
        Fidelity bad = Fidelity.of(reference, heldOut, GoldenFeatures.of(300, 4, 1, 3), new Seed(1));
        assertThat(good.samples().frechet().value())
                .isBetween(
                        0.3 * good.floor().frechet().value(),
                        3 * good.floor().frechet().value());
        assertThat(bad.samples().frechet().value())
                .isGreaterThan(20 * bad.floor().frechet().value());
        assertThat(bad.samples().kernel().value())
                .isGreaterThan(20 * bad.floor().kernel().value());
        assertThat(bad.samples().precisionRecall().precision())
                .isLessThan(good.samples().precisionRecall().precision());
        assertThat(good.floor().frechet()).isEqualTo(bad.floor().frechet());
    }

    @Test
    void samples_and_floor_are_measured_over_the_same_count() {
        Fidelity fidelity = Fidelity.of(
                GoldenFeatures.of(100, 3, 0, 1),
                GoldenFeatures.of(40, 3, 0, 2),
                GoldenFeatures.of(70, 3, 0, 3),
                new Seed(1));
        assertThat(fidelity.count()).isEqualTo(40);
        assertThat(fidelity.samples().frechet().generated()).isEqualTo(40);
        assertThat(fidelity.floor().frechet().generated()).isEqualTo(40);
        assertThat(fidelity.features()).isEqualTo("test");
    }
}
