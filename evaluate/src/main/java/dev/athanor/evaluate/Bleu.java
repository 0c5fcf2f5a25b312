package dev.athanor.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// BLEU (Papineni et al. 2002): how many runs of one to four words a text shares with its references, from 0 to
/// 100.
///
/// Words are cut by [Words], which agrees with the usual tokenisation 13a on plain text but lowers the case; a
/// corpus that shares no run of four has the score 0, without smoothing.
public final class Bleu {
    private static final int LONGEST = 4;

    private Bleu() {}

    /// @param texts what was generated
    /// @param references for each text, at least one
    public static double corpus(List<String> texts, List<List<String>> references) {
        if (texts.size() != references.size()) {
            throw new IllegalArgumentException("%d texts and references for %d: give references for each text"
                    .formatted(texts.size(), references.size()));
        }
        long[] shared = new long[LONGEST];
        long[] total = new long[LONGEST];
        long length = 0;
        long referenceLength = 0;
        for (int i = 0; i < texts.size(); i++) {
            List<String> text = Words.of(texts.get(i));
            List<List<String>> others =
                    references.get(i).stream().map(Words::of).toList();
            length += text.size();
            referenceLength += closest(text.size(), others);
            for (int n = 1; n <= LONGEST; n++) {
                Map<String, Integer> most = new HashMap<>();
                for (List<String> other : others) {
                    counts(other, n).forEach((run, count) -> most.merge(run, count, Math::max));
                }
                for (Map.Entry<String, Integer> run : counts(text, n).entrySet()) {
                    shared[n - 1] += Math.min(run.getValue(), most.getOrDefault(run.getKey(), 0));
                    total[n - 1] += run.getValue();
                }
            }
        }
        double logarithms = 0;
        for (int n = 0; n < LONGEST; n++) {
            if (shared[n] == 0) {
                return 0;
            }
            logarithms += Math.log((double) shared[n] / total[n]) / LONGEST;
        }
        double brevity = length >= referenceLength ? 1 : Math.exp(1 - (double) referenceLength / length);
        return 100 * brevity * Math.exp(logarithms);
    }

    private static int closest(int length, List<List<String>> references) {
        int best = references.getFirst().size();
        for (List<String> reference : references) {
            int distance = Math.abs(reference.size() - length);
            int bestDistance = Math.abs(best - length);
            if (distance < bestDistance || distance == bestDistance && reference.size() < best) {
                best = reference.size();
            }
        }
        return best;
    }

    private static Map<String, Integer> counts(List<String> words, int n) {
        Map<String, Integer> counts = new HashMap<>();
        Words.runs(words, n).forEach(run -> counts.merge(run, 1, Integer::sum));
        return counts;
    }
}
