package dev.athanor.data.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AgreementTest {
    private static final JsonNode GOLDEN = Golden.VALUES.path("agreement");
    private static final int[][] VOTES = Golden.votes(60, new double[] {0.9, 0.7, 0.6}, 4);

    private static int[] of(int person) {
        return Arrays.stream(VOTES).mapToInt(row -> row[person]).toArray();
    }

    @Test
    void kappa_is_that_of_scikit_learn() {
        GOLDEN.path("kappa")
                .forEachEntry((pair, kappa) -> assertThat(
                                Agreement.kappa(of(pair.charAt(0) - '0'), of(pair.charAt(1) - '0'), 4))
                        .isCloseTo(kappa.asDouble(), within(1e-12)));
        assertThat(GOLDEN.path("kappa").size()).isEqualTo(3);
    }

    @Test
    void alpha_is_that_of_the_krippendorff_package() {
        assertThat(Agreement.alpha(List.of(VOTES), 4))
                .isCloseTo(GOLDEN.path("alpha").asDouble(), within(1e-12));
    }

    @Test
    void people_who_always_agree_have_1_and_where_nothing_can_be_said_there_is_no_number() {
        int[] said = {0, 1, 2, Agreement.NONE};
        assertThat(Agreement.kappa(said, said, 3)).isEqualTo(1);
        assertThat(Agreement.alpha(List.of(new int[] {0, 0}, new int[] {1, 1}), 2))
                .isEqualTo(1);
        assertThat(Agreement.kappa(new int[] {0, -1}, new int[] {-1, 1}, 2)).isNaN();
        assertThat(Agreement.kappa(new int[] {0, 0}, new int[] {0, 0}, 2)).isNaN();
        assertThat(Agreement.alpha(List.of(new int[] {0, -1}, new int[] {-1, -1}), 2))
                .isNaN();
        assertThat(Agreement.alpha(List.of(), 0)).isNaN();
    }
}
