package dev.athanor.evaluate;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// How varied texts are. Words are as in [Words]: Chinese characters count one by one.
///
/// @param texts how many there were
/// @param distinct1 different words among all words, from 0 to 1 (Li et al. 2016)
/// @param distinct2 the same for pairs of neighbours
/// @param distinct3 the same for runs of three
/// @param repetition runs of four words that stood in the same text before, as a share of all its runs, averaged over
///     texts (Welleck et al. 2020, seq-rep-4)
/// @param selfBleu how alike the texts are: each text's [Bleu] against all others, averaged, from 0 to 100 (Zhu et al.
///     2018); NaN for a single text
public record Diversity(
        int texts, double distinct1, double distinct2, double distinct3, double repetition, double selfBleu) {
    /// Self-BLEU compares each text with every other, so it looks at the first of many only.
    private static final int MOST_COMPARED = 200;

    /// Measures texts; shares of nothing are NaN.
    public static Diversity of(List<String> texts) {
        List<List<String>> words = texts.stream().map(Words::of).toList();
        return new Diversity(
                texts.size(), distinct(words, 1), distinct(words, 2), distinct(words, 3), repetition(words), selfBleu(texts));
    }

    private static double distinct(List<List<String>> texts, int n) {
        Set<List<String>> different = new HashSet<>();
        long all = 0;
        for (List<String> words : texts) {
            for (int i = 0; i + n <= words.size(); i++) {
                different.add(words.subList(i, i + n));
                all++;
            }
        }
        return (double) different.size() / all;
    }

    private static double repetition(List<List<String>> texts) {
        return texts.stream()
                .filter(words -> words.size() >= 4)
                .mapToDouble(words -> 1 - distinct(List.of(words), 4))
                .average()
                .orElse(Double.NaN);
    }

    private static double selfBleu(List<String> texts) {
        List<List<String>> words =
                texts.stream().limit(MOST_COMPARED).map(Bleu::words).toList();
        if (words.size() < 2) {
            return Double.NaN;
        }
        return IntStream.range(0, words.size())
                .mapToDouble(i -> Bleu.sentence(words.get(i), others(words, i)).score())
                .average()
                .orElse(Double.NaN);
    }

    private static List<List<String>> others(List<List<String>> words, int left) {
        return IntStream.range(0, words.size())
                .filter(i -> i != left)
                .mapToObj(words::get)
                .toList();
    }
}
