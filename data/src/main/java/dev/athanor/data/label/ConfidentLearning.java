package dev.athanor.data.label;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Finds labels that are likely wrong (confident learning: Northcutt, Jiang and Chuang 2021, JAIR 70,
/// arXiv:1911.00068), from what a classifier that did not learn from a sample thinks of it.
///
/// Letters: p_k how likely label k is of a sample; t_k the threshold of label k (equation 2): how likely
/// it is on average of the samples that have it; C_ij (equation 1) how many samples with label i are
/// confidently of label j; Q_ij (equation 3, times all samples) the same with every sample counted.
public final class ConfidentLearning {
    /// Of rounding, as in cleanlab.
    private static final double TOLERANCE = 1e-6;

    /// A sample whose label is likely wrong.
    ///
    /// @param sample its number
    /// @param likely the label that it likely should have
    /// @param margin p of its label less the highest p of another: the lower, the surer
    public record Suspect(int sample, int given, int likely, double margin) {}

    private final float[][] chances;
    private final int[] given;
    private final int labels;
    private final int[][] members; // the samples of each label
    private final boolean[] byClass;
    private final boolean[] byRate;

    private ConfidentLearning(float[][] chances, int[] given) {
        this.chances = chances;
        this.given = given;
        labels = chances[0].length;
        members = new int[labels][];
        for (int label = 0; label < labels; label++) {
            int wanted = label;
            members[label] = IntStream.range(0, given.length)
                    .filter(sample -> given[sample] == wanted)
                    .toArray();
        }
        byClass = new boolean[given.length];
        byRate = new boolean[given.length];
    }

    /// The samples that pruning by class and pruning by noise rate both find (C + NR, section 3.2),
    /// unless their own label is the likeliest all the same; the surest first. This is what cleanlab's
    /// `find_label_issues(filter_by="both")` finds, in the order of `normalized_margin`.
    ///
    /// @param chances sample × label, each from a classifier that did not see the sample's label
    public static List<Suspect> suspects(float[][] chances, int[] given) {
        if (given.length == 0) {
            return List.of();
        }
        ConfidentLearning learning = new ConfidentLearning(chances, given);
        learning.prune(learning.joint(learning.thresholds()));
        List<Suspect> suspects = new ArrayList<>();
        for (int sample = 0; sample < given.length; sample++) {
            double margin = margin(chances[sample], given[sample]);
            if (learning.byClass[sample] && learning.byRate[sample] && margin < 0) {
                suspects.add(new Suspect(sample, given[sample], TextClassifier.likeliest(chances[sample]), margin));
            }
        }
        suspects.sort(Comparator.comparingDouble(Suspect::margin).thenComparingInt(Suspect::sample));
        return suspects;
    }

    // ------------------------------------------------------------------------------------------- equations 1, 2, 3

    private double[] thresholds() {
        double[] thresholds = new double[labels];
        for (int label = 0; label < labels; label++) {
            int k = label;
            thresholds[label] = Arrays.stream(members[label])
                    .mapToDouble(sample -> chances[sample][k])
                    .average()
                    .orElse(Double.POSITIVE_INFINITY);
        }
        return thresholds;
    }

    /// Q: each row of C brought to as many samples as have its label, in whole numbers.
    private int[][] joint(double[] thresholds) {
        int[][] confident = new int[labels][labels];
        for (int sample = 0; sample < given.length; sample++) {
            int label = confident(chances[sample], thresholds);
            if (label >= 0) {
                confident[given[sample]][label]++;
            }
        }
        int[][] joint = new int[labels][];
        for (int label = 0; label < labels; label++) {
            confident[label][label] = Math.max(1, confident[label][label]); // one at least is right
            double counted = Arrays.stream(confident[label]).sum();
            int has = members[label].length;
            joint[label] = rounded(Arrays.stream(confident[label])
                    .mapToDouble(count -> count / counted * has)
                    .toArray());
        }
        return joint;
    }

    /// The label that a sample is confidently of: the one that reaches its threshold; where several do,
    /// the likeliest; -1 where none does.
    private static int confident(float[] p, double[] thresholds) {
        int reaching = 0;
        int first = -1;
        for (int label = 0; label < p.length; label++) {
            if (p[label] >= thresholds[label] - TOLERANCE) {
                first = reaching++ == 0 ? label : first;
            }
        }
        return reaching > 1 ? TextClassifier.likeliest(p) : first;
    }

    /// Whole numbers with the same sum: each is rounded, and those that rounding moved furthest give way.
    /// Of those moved alike the last become larger, as in cleanlab where its sort keeps their order.
    private static int[] rounded(double[] row) {
        int[] whole =
                Arrays.stream(row).mapToInt(value -> (int) Math.rint(value)).toArray();
        int missing =
                (int) Math.rint(Arrays.stream(row).sum()) - Arrays.stream(whole).sum();
        int step = Integer.signum(missing);
        IntStream.range(0, row.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(column -> step * (whole[column] - row[column]))
                        .thenComparing(column -> -step * column))
                .limit(Math.abs(missing))
                .toList()
                .forEach(column -> whole[column] += step);
        return whole;
    }

    // ------------------------------------------------------------------------------------------------- section 3.2

    /// By class: of each label the samples that are the least likely to have it, as many as Q says are
    /// wrong. By noise rate: for each other label those that are the likeliest to be of it instead, as
    /// many as Q says are.
    private void prune(int[][] joint) {
        for (int label = 0; label < labels; label++) {
            int own = label;
            if (members[label].length < 2) {
                continue; // one is left to each label
            }
            int right = Math.max(1, joint[label][label]);
            mark(byClass, label, members[label].length - right, sample -> chances[sample][own]);
            for (int other = 0; other < labels; other++) {
                int wanted = other;
                if (other != label) {
                    mark(byRate, label, joint[label][other], sample -> chances[sample][own] - chances[sample][wanted]);
                }
            }
        }
    }

    private void mark(boolean[] marks, int label, int count, ToDoubleFunction<Integer> score) {
        if (count > 0) {
            Arrays.stream(members[label])
                    .boxed()
                    .sorted(Comparator.comparingDouble(score))
                    .limit(count)
                    .forEach(sample -> marks[sample] = true);
        }
    }

    static double margin(float[] p, int given) {
        float other = 0;
        for (int label = 0; label < p.length; label++) {
            other = label == given ? other : Math.max(other, p[label]);
        }
        return p[given] - other;
    }
}
