package dev.athanor.evaluate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// How much of what a model wrote stands word for word in the text it learnt from.
///
/// @param runs how many runs of [#RUN] words the texts have
/// @param copied those that occur in the training text
/// @param longest the longest passage that occurs there, character for character; empty where nothing does
/// @param whole texts that are, but for spaces around them, a training sample as a whole
/// @param texts how many there were
public record Copying(long runs, long copied, String longest, int whole, int texts) {
    /// A run of eight words in common is seldom chance (Chowdhery et al. 2022 use the like for memorisation).
    public static final int RUN = 8;

    /// The share of runs that are copied, from 0 to 1; NaN where texts are too short to have any.
    public double share() {
        return (double) copied / runs;
    }

    /// Compares texts with the training text, which is read once and not kept: memory grows with the texts alone.
    ///
    /// @param training samples in any order
    public static Copying of(List<String> texts, Stream<String> training) {
        Map<Long, Integer> wanted = new HashMap<>(); // hash of a run to how often the texts have it
        Passages passages = new Passages();
        Set<String> wholes = new HashSet<>();
        Set<String> foundWhole = new HashSet<>();
        long runs = 0;
        for (String text : texts) {
            for (long run : runs(Words.of(text))) {
                wanted.merge(run, 1, Integer::sum);
                runs++;
            }
            passages.add(text);
            wholes.add(text.strip());
        }
        long[] copied = {0};
        training.forEach(sample -> {
            if (wholes.contains(sample.strip())) {
                foundWhole.add(sample.strip());
            }
            passages.read(sample);
            for (long run : runs(Words.of(sample))) {
                Integer times = wanted.remove(run);
                copied[0] += times == null ? 0 : times;
            }
        });
        int whole = (int) texts.stream().filter(text -> foundWhole.contains(text.strip())).count();
        return new Copying(runs, copied[0], passages.longest(), whole, texts.size());
    }

    /// A 64-bit hash of each run of words; among a thousand million runs, two that differ and collide are unlikely.
    private static long[] runs(List<String> words) {
        long[] runs = new long[Math.max(0, words.size() - RUN + 1)];
        for (int i = 0; i < runs.length; i++) {
            long hash = 0;
            for (int j = i; j < i + RUN; j++) {
                hash = (hash ^ mixed(words.get(j))) * 0x9E3779B97F4A7C15L;
                hash ^= hash >>> 29;
            }
            runs[i] = hash;
        }
        return runs;
    }

    private static long mixed(String word) {
        long hash = 0xcbf29ce484222325L; // FNV-1a over UTF-16 units
        for (int i = 0; i < word.length(); i++) {
            hash = (hash ^ word.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
