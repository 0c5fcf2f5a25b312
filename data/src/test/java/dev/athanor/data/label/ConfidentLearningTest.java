package dev.athanor.data.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ConfidentLearningTest {
    private static final int LABELS = 5;

    @Test
    void the_same_suspects_are_found_as_by_cleanlab_in_the_same_order() {
        JsonNode golden = Golden.VALUES.path("confidentLearning");
        float[][] chances = new float[300][LABELS];
        int[] given = new int[300];
        for (int i = 0; i < 300; i++) {
            double sum = 0;
            double[] raw = new double[LABELS];
            for (int k = 0; k < LABELS; k++) {
                raw[k] = Math.exp(3 * Golden.wave(i, k) + (k == i % LABELS ? 2 : 0));
                sum += raw[k];
            }
            for (int k = 0; k < LABELS; k++) {
                chances[i][k] = (float) (raw[k] / sum);
            }
            int shift = Golden.wave(i, 8) < 0.25 ? 1 + (int) (Golden.wave(i, 9) * 4) : 0;
            given[i] = (i + shift) % LABELS;
        }
        List<Integer> theirs =
                golden.path("both").valueStream().map(JsonNode::asInt).toList();
        List<ConfidentLearning.Suspect> ours = ConfidentLearning.suspects(chances, given);
        assertThat(theirs).hasSizeGreaterThan(30);
        assertThat(ours).extracting(ConfidentLearning.Suspect::sample).isEqualTo(theirs);
        golden.path("quality").forEachEntry((sample, quality) -> {
            int i = Integer.parseInt(sample);
            double margin = ConfidentLearning.margin(chances[i], given[i]);
            assertThat((margin + 1) / 2).isCloseTo(quality.asDouble(), within(1e-6)); // theirs is brought to 0 ... 1
        });
    }

    /// Six kinds of sentences, each with three words of its own among common ones.
    @ParameterizedTest
    @CsvSource({"0.1, 0.9, 0.9", "0.3, 0.9, 0.85"})
    void planted_errors_are_found(double noise, double recall, double precision) {
        SplittableRandom random = new SplittableRandom(3);
        String[] common = "please can you tell me how do I get this for my now today 请问 怎么".split(" ");
        String[] own =
                "refund money back card lost stolen 开户 账户 注册 rate currency exchange pin code wrong 转账 汇款 到账".split(" ");
        int texts = 600;
        List<TextFeatures> features = new ArrayList<>();
        int[] truth = new int[texts];
        int[] given = new int[texts];
        int planted = 0;
        for (int i = 0; i < texts; i++) {
            truth[i] = i % 6;
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < 9; word++) {
                text.append(
                                word % 3 == 0
                                        ? own[3 * truth[i] + random.nextInt(3)]
                                        : common[random.nextInt(common.length)])
                        .append(' ');
            }
            features.add(TextFeatures.of(text.toString()));
            boolean errs = random.nextDouble() < noise;
            given[i] = errs ? (truth[i] + random.nextInt(1, 6)) % 6 : truth[i];
            planted += errs ? 1 : 0;
        }
        float[][] chances = CrossValidation.chances(new TextClassifier.Examples(features, given, 6), new Seed(1));
        List<ConfidentLearning.Suspect> suspects = ConfidentLearning.suspects(chances, given);
        long found = suspects.stream()
                .filter(one -> given[one.sample()] != truth[one.sample()])
                .count();
        assertThat((double) found / planted).isGreaterThanOrEqualTo(recall);
        assertThat((double) found / suspects.size()).isGreaterThanOrEqualTo(precision);
        long righted = suspects.stream()
                .filter(one -> given[one.sample()] != truth[one.sample()])
                .filter(one -> one.likely() == truth[one.sample()])
                .count();
        assertThat((double) righted / found).isGreaterThanOrEqualTo(0.9);
        assertThat(CrossValidation.chances(new TextClassifier.Examples(features, given, 6), new Seed(1)))
                .isDeepEqualTo(chances);
    }

    @Test
    void labels_that_a_classifier_is_content_with_are_no_suspects() {
        float[][] chances = {{0.9f, 0.1f}, {0.8f, 0.2f}, {0.2f, 0.8f}, {0.1f, 0.9f}};
        assertThat(ConfidentLearning.suspects(chances, new int[] {0, 0, 1, 1})).isEmpty();
        assertThat(ConfidentLearning.suspects(new float[0][0], new int[0])).isEmpty();
    }
}
