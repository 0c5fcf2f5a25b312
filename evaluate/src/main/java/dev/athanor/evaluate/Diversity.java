package dev.athanor.evaluate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// How varied a set of generated texts is.
///
/// @param distinct1 share of different words among all (Li et al. 2016)
/// @param distinct2 the same for pairs
/// @param distinct3 the same for triples
/// @param repetition share of words that stand in a run of four that came before in the same text
/// @param selfBleu mean BLEU of each text against the others (Zhu et al. 2018): high where all are alike
public record Diversity(double distinct1, double distinct2, double distinct3, double repetition, double selfBleu) {
    private static final int RUN = 4;

    public static Diversity of(List<String> texts) {
        List<List<String>> all = texts.stream().map(Words::of).toList();
        return new Diversity(distinct(all, 1), distinct(all, 2), distinct(all, 3), repetition(all), selfBleu(texts));
    }

    private static double distinct(List<List<String>> texts, int n) {
        List<String> runs = new ArrayList<>();
        texts.forEach(text -> runs.addAll(Words.runs(text, n)));
        return runs.isEmpty() ? 0 : (double) new HashSet<>(runs).size() / runs.size();
    }

    private static double repetition(List<List<String>> texts) {
        long repeated = 0;
        long total = 0;
        for (List<String> text : texts) {
            HashSet<String> seen = new HashSet<>();
            for (String run : Words.runs(text, RUN)) {
                repeated += seen.add(run) ? 0 : 1;
                total++;
            }
        }
        return total == 0 ? 0 : (double) repeated / total;
    }

    private static double selfBleu(List<String> texts) {
        if (texts.size() < 2) {
            return 0;
        }
        double sum = 0;
        for (int i = 0; i < texts.size(); i++) {
            List<String> others = new ArrayList<>(texts);
            String text = others.remove(i);
            sum += Bleu.sentence(text, others).score();
        }
        return sum / texts.size();
    }
}
