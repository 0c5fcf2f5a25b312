package dev.athanor.data.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.label.LabelModel.Prior;
import dev.athanor.data.label.LabelModel.Prior.BalanceIs;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class LabelModelTest {
    private static Ballots ballots(int[][] votes) {
        Ballots ballots = new Ballots(votes[0].length);
        Arrays.stream(votes).forEach(ballots::add);
        return ballots;
    }

    private static double[] equal(int labels) {
        double[] balance = new double[labels];
        Arrays.fill(balance, 1.0 / labels);
        return balance;
    }

    @Test
    void without_a_prior_it_finds_what_crowd_kit_finds() {
        JsonNode golden = Golden.VALUES.path("labelModel");
        int[][] votes = Golden.votes(120, new double[] {0.9, 0.8, 0.6, 0.5}, 3);
        LabelModel model = LabelModel.fit(ballots(votes), new Prior(equal(3), BalanceIs.LEARNT, 0, 0));
        // Theirs stops a little earlier.
        for (int voter = 0; voter < 4; voter++) {
            assertThat(model.accuracy(voter))
                    .isCloseTo(golden.path("accuracies").path(voter).asDouble(), within(1e-4));
        }
        for (int label = 0; label < 3; label++) {
            assertThat(model.balance(label))
                    .isCloseTo(golden.path("balance").path(label).asDouble(), within(1e-4));
        }
        golden.path("chances").forEachEntry((sample, chances) -> {
            double[] ours = model.chances(votes[Integer.parseInt(sample)]);
            for (int label = 0; label < 3; label++) {
                assertThat(ours[label]).isCloseTo(chances.path(label).asDouble(), within(1e-4));
            }
        });
    }

    /// Eight voters of four labels, each says nothing half of the time; `noise` of all votes are wrong,
    /// and of a bad voter 1.8 times as many, of a good one a fifth.
    @ParameterizedTest
    @CsvSource({"0.1, 1", "0.1, 2", "0.3, 1", "0.3, 2"})
    void with_noise_it_recovers_more_labels_than_a_majority_vote(double noise, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int samples = 4_000;
        double[] wrong = new double[8];
        for (int voter = 0; voter < 8; voter++) {
            wrong[voter] = noise * (0.2 + 1.6 * voter / 7);
        }
        int[] truth = random.ints(samples, 0, 4).toArray();
        int[][] votes = new int[samples][8];
        for (int i = 0; i < samples; i++) {
            for (int voter = 0; voter < 8; voter++) {
                boolean errs = random.nextDouble() < wrong[voter];
                int vote = errs ? (truth[i] + random.nextInt(1, 4)) % 4 : truth[i];
                votes[i][voter] = random.nextBoolean() ? vote : Ballots.ABSTAINS;
            }
        }
        LabelModel model = LabelModel.fit(ballots(votes), Prior.of(equal(4), BalanceIs.KNOWN));
        double byModel = 0;
        double byMajority = 0;
        for (int i = 0; i < samples; i++) {
            byModel += credit(model.chances(votes[i]), truth[i]);
            byMajority += credit(counts(votes[i]), truth[i]);
        }
        assertThat(samples - byModel)
                .as("errors of the model, where the majority makes %.0f", samples - byMajority)
                .isLessThan(0.85 * (samples - byMajority));
        for (int voter = 0; voter < 8; voter++) { // 2,000 votes: a standard error of 0.01
            assertThat(model.accuracy(voter)).isCloseTo(1 - wrong[voter], within(0.04));
        }
    }

    private static double[] counts(int[] votes) {
        double[] counts = new double[4];
        for (int vote : votes) {
            if (vote != Ballots.ABSTAINS) {
                counts[vote]++;
            }
        }
        return counts;
    }

    /// 1 where the truth is the likeliest, a share where several are.
    private static double credit(double[] scores, int truth) {
        double highest = Arrays.stream(scores).max().orElseThrow();
        return scores[truth] < highest - 1e-12
                ? 0
                : 1.0
                        / Arrays.stream(scores)
                                .filter(score -> score > highest - 1e-12)
                                .count();
    }

    @Test
    void functions_that_never_meet_keep_what_is_believed_of_them() {
        int[][] votes = new int[100][];
        for (int i = 0; i < 100; i++) { // 95 samples with the one, 5 with the other: balance is not taken from that
            votes[i] = i < 95 ? new int[] {0, Ballots.ABSTAINS} : new int[] {Ballots.ABSTAINS, 1};
        }
        LabelModel model = LabelModel.fit(ballots(votes), Prior.of(equal(2), BalanceIs.KNOWN));
        assertThat(model.accuracy(0)).isCloseTo(0.7, within(1e-3));
        assertThat(model.chances(votes[99])[1]).isCloseTo(0.7, within(1e-3));
    }

    @Test
    void a_function_that_differs_where_it_meets_others_still_gives_its_label_where_it_is_alone() {
        // As with words: 80 samples speak of cards alone, 20 of a card in a cash machine, which two functions know.
        int[][] votes = new int[150][];
        for (int i = 0; i < 150; i++) {
            votes[i] = i < 80 ? new int[] {0, -1, -1} : i < 100 ? new int[] {0, 1, 1} : new int[] {-1, 1, 1};
        }
        LabelModel model = LabelModel.fit(ballots(votes), Prior.of(equal(3), BalanceIs.KNOWN));
        assertThat(model.accuracy(0)).isBetween(0.5, 0.7); // 56 of 80 believed, few of 20, 7 of 10 beforehand
        assertThat(model.chances(votes[0])[0]).isGreaterThan(0.5);
        assertThat(model.chances(votes[80])[1]).isGreaterThan(0.9);
        assertThat(model.accuracy(1)).isGreaterThan(0.9);
    }

    @Test
    void a_balance_that_is_known_decides_where_votes_are_split() {
        LabelModel model =
                LabelModel.fit(ballots(new int[][] {{0, 1}}), Prior.of(new double[] {0.9, 0.1}, BalanceIs.KNOWN));
        assertThat(model.chances(new int[] {0, 1})[0]).isGreaterThan(0.85);
        assertThat(model.chances(new int[] {Ballots.ABSTAINS, Ballots.ABSTAINS}))
                .containsExactly(new double[] {0.9, 0.1}, within(1e-9));
    }

    @Test
    void coverage_overlaps_and_conflicts_are_counted() {
        Ballots ballots = ballots(new int[][] {{0, 0, -1}, {0, 1, -1}, {-1, -1, -1}, {-1, -1, 1}});
        assertThat(ballots.samples()).isEqualTo(4);
        assertThat(ballots.covered()).isEqualTo(3);
        assertThat(ballots.votes(0)).isEqualTo(2);
        assertThat(ballots.overlaps(0)).isEqualTo(2);
        assertThat(ballots.conflicts(0)).isEqualTo(1);
        assertThat(ballots.overlaps(2)).isZero();
        assertThat(ballots.kinds()).hasSize(3);
    }

    @Test
    void a_choice_between_one_label_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Prior.of(new double[] {1}, BalanceIs.KNOWN))
                .withMessage("1 label: a label model chooses between at least 2");
    }
}
