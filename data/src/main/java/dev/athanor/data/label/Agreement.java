package dev.athanor.data.label;

import java.util.List;

/// How far people who label the same samples agree beyond chance: 1 always, 0 as often as by chance,
/// below 0 less. A label is a number from 0; [#NONE] where a person did not label a sample.
public final class Agreement {
    /// No label.
    public static final int NONE = -1;

    private Agreement() {}

    /// Cohen's kappa of two people over the samples that both labelled (Cohen 1960, formula 1): (p_o -
    /// p_e) / (1 - p_e), where p_o is how often they agree and p_e how often they would with their own
    /// frequencies of labels by chance.
    ///
    /// @return NaN where they share no sample, or both always say the same one label
    public static double kappa(int[] first, int[] second, int labels) {
        long both = 0;
        long agreed = 0;
        long[] ofFirst = new long[labels];
        long[] ofSecond = new long[labels];
        for (int sample = 0; sample < first.length; sample++) {
            if (first[sample] != NONE && second[sample] != NONE) {
                both++;
                agreed += first[sample] == second[sample] ? 1 : 0;
                ofFirst[first[sample]]++;
                ofSecond[second[sample]]++;
            }
        }
        double byChance = 0;
        for (int label = 0; label < labels; label++) {
            byChance += (double) ofFirst[label] / both * ofSecond[label] / both;
        }
        return ((double) agreed / both - byChance) / (1 - byChance);
    }

    /// Krippendorff's alpha for nominal labels of any number of people, with gaps (Krippendorff 2011,
    /// "Computing Krippendorff's alpha-reliability", C): 1 - D_o / D_e from the coincidences o_ck of
    /// labels within samples.
    ///
    /// @param samples what each person said of each sample
    /// @return NaN where no sample has two labels, or all labels are the same one
    public static double alpha(List<int[]> samples, int labels) {
        double[][] coincidences = new double[labels][labels];
        for (int[] sample : samples) {
            long said = java.util.Arrays.stream(sample)
                    .filter(label -> label != NONE)
                    .count();
            for (int i = 0; i < sample.length; i++) {
                for (int j = 0; j < sample.length; j++) {
                    if (i != j && sample[i] != NONE && sample[j] != NONE) {
                        coincidences[sample[i]][sample[j]] += 1.0 / (said - 1);
                    }
                }
            }
        }
        double all = 0;
        double observed = 0;
        double[] frequency = new double[labels];
        for (int i = 0; i < labels; i++) {
            for (int j = 0; j < labels; j++) {
                all += coincidences[i][j];
                frequency[i] += coincidences[i][j];
                observed += i == j ? 0 : coincidences[i][j];
            }
        }
        double expected = all * all;
        for (double count : frequency) {
            expected -= count * count;
        }
        return 1 - (all - 1) * observed / expected;
    }
}
