package dev.athanor.evaluate;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// How much of generated text stands in the training text word for word.
///
/// @param share of runs of eight words (or Chinese characters) that the training text has, too
/// @param longest words in the longest such stretch
public record Copying(double share, int longest) {
    private static final int RUN = 8;

    /// Runs of the training text, as 64-bit hashes: two million of them are confused with a chance of one in a
    /// million.
    public static final class Index {
        private final Set<Long> runs = new HashSet<>();

        public void add(String text) {
            Words.runs(Words.of(text), RUN).forEach(run -> runs.add(hash(run)));
        }

        private static long hash(String run) {
            return new dev.athanor.data.Seed(1).branch(run).value();
        }
    }

    public static Copying of(List<String> texts, Index training) {
        long copied = 0;
        long total = 0;
        int longest = 0;
        for (String text : texts) {
            int stretch = 0;
            for (String run : Words.runs(Words.of(text), RUN)) {
                total++;
                if (training.runs.contains(Index.hash(run))) {
                    copied++;
                    stretch = stretch == 0 ? RUN : stretch + 1;
                    longest = Math.max(longest, stretch);
                } else {
                    stretch = 0;
                }
            }
        }
        return new Copying(total == 0 ? 0 : (double) copied / total, longest);
    }
}
