package dev.athanor.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// BLEU (Papineni et al. 2002): how much of a text's wording, in runs of one to four words, stands in the
/// reference texts too. Defined as in `sacrebleu` (Post 2018), so that numbers compare: its 13a words, its
/// exponential smoothing, the reference closest in length for the brevity penalty. Chinese characters count one
/// by one, as in its `zh` words.
///
/// @param score from 0 to 100, where 100 is a text that is one of its references
/// @param precisions of runs of 1 to 4 words, from 0 to 100
/// @param brevity the penalty on texts shorter than their references: 1 is none
/// @param length of all texts, in words
/// @param referenceLength of the closest references, in words
public record Bleu(double score, List<Double> precisions, double brevity, long length, long referenceLength) {
    private static final int LONGEST = 4;

    public Bleu {
        precisions = List.copyOf(precisions);
    }

    /// The score of many texts together.
    ///
    /// @param references of each text, at least one
    public static Bleu corpus(List<String> texts, List<List<String>> references) {
        if (texts.size() != references.size()) {
            throw new IllegalArgumentException("%d texts but references of %d: give the references of each text"
                    .formatted(texts.size(), references.size()));
        }
        Counts counts = new Counts();
        for (int i = 0; i < texts.size(); i++) {
            if (references.get(i).isEmpty()) {
                throw new IllegalArgumentException("text %d has no reference: give at least one".formatted(i));
            }
            counts.add(
                    words(texts.get(i)),
                    references.get(i).stream().map(Bleu::words).toList());
        }
        return counts.score(LONGEST);
    }

    /// The score of one text, with runs no longer than the text itself (`sacrebleu`'s effective order).
    public static Bleu sentence(String text, List<String> references) {
        return sentence(words(text), references.stream().map(Bleu::words).toList());
    }

    static Bleu sentence(List<String> text, List<List<String>> references) {
        Counts counts = new Counts();
        counts.add(text, references);
        return counts.score(Math.max(1, Math.min(LONGEST, text.size())));
    }

    /// What the score is made of, gathered over texts.
    private static final class Counts {
        private final long[] matched = new long[LONGEST];
        private final long[] total = new long[LONGEST];
        private long length;
        private long referenceLength;

        void add(List<String> text, List<List<String>> references) {
            length += text.size();
            referenceLength += closest(text.size(), references);
            for (int n = 1; n <= LONGEST; n++) {
                Map<List<String>, Integer> allowed = new HashMap<>();
                for (List<String> reference : references) {
                    runs(reference, n).forEach((run, times) -> allowed.merge(run, times, Math::max));
                }
                for (Map.Entry<List<String>, Integer> run : runs(text, n).entrySet()) {
                    matched[n - 1] += Math.min(run.getValue(), allowed.getOrDefault(run.getKey(), 0));
                    total[n - 1] += run.getValue();
                }
            }
        }

        /// The length of the reference closest to the text's, the shorter of two equally close.
        private static int closest(int length, List<List<String>> references) {
            int best = references.getFirst().size();
            for (List<String> reference : references) {
                int size = reference.size();
                int difference = Math.abs(size - length) - Math.abs(best - length);
                if (difference < 0 || difference == 0 && size < best) {
                    best = size;
                }
            }
            return best;
        }

        private static Map<List<String>, Integer> runs(List<String> words, int n) {
            Map<List<String>, Integer> runs = new HashMap<>();
            for (int i = 0; i + n <= words.size(); i++) {
                runs.merge(words.subList(i, i + n), 1, Integer::sum);
            }
            return runs;
        }

        /// BP · exp(mean of ln p_n), where the k-th p_n without a match counts as 100 / (2^k · runs).
        Bleu score(int longest) {
            double[] precisions = new double[LONGEST];
            double smooth = 1;
            double logarithms = 0;
            boolean nothing = matched[0] == 0;
            for (int n = 0; n < LONGEST; n++) {
                if (total[n] == 0) {
                    nothing |= n < longest;
                    continue;
                }
                if (matched[n] == 0) {
                    smooth *= 2;
                    precisions[n] = 100.0 / (smooth * total[n]);
                } else {
                    precisions[n] = 100.0 * matched[n] / total[n];
                }
                if (n < longest) {
                    logarithms += Math.log(precisions[n]);
                }
            }
            double brevity =
                    length == 0 ? 0 : length >= referenceLength ? 1 : Math.exp(1 - (double) referenceLength / length);
            double score =
                    nothing ? 0 : Math.min(100, brevity * Math.exp(logarithms / longest)); // the sum may round up
            return new Bleu(score, Arrays.stream(precisions).boxed().toList(), brevity, length, referenceLength);
        }
    }

    private static final Pattern SYMBOLS = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
    private static final Pattern STOP_AFTER_NO_DIGIT = Pattern.compile("([^0-9])([.,])");
    private static final Pattern STOP_BEFORE_NO_DIGIT = Pattern.compile("([.,])([^0-9])");
    private static final Pattern DASH_AFTER_DIGIT = Pattern.compile("([0-9])(-)");
    private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    /// The words of mteval-v13a, as `sacrebleu` cuts them, with Chinese characters set apart first.
    static List<String> words(String text) {
        String line = text.stripTrailing()
                .replace("<skipped>", "")
                .replace("-\n", "")
                .replace('\n', ' ')
                .replace("&quot;", "\"")
                .replace("&amp;", "&")
                .replace("&lt;", "<")
                .replace("&gt;", ">");
        StringBuilder apart = new StringBuilder(" ");
        line.codePoints().forEach(c -> {
            if (isChinese(c)) {
                apart.append(' ').appendCodePoint(c).append(' ');
            } else {
                apart.appendCodePoint(c);
            }
        });
        String spaced = apart.append(' ').toString();
        spaced = SYMBOLS.matcher(spaced).replaceAll(" $1 ");
        spaced = STOP_AFTER_NO_DIGIT.matcher(spaced).replaceAll("$1 $2 ");
        spaced = STOP_BEFORE_NO_DIGIT.matcher(spaced).replaceAll(" $1 $2");
        spaced = DASH_AFTER_DIGIT.matcher(spaced).replaceAll("$1 $2 ");
        List<String> words = new ArrayList<>(Arrays.asList(SPACES.split(spaced)));
        words.removeIf(String::isEmpty);
        return words;
    }

    /// Ideographs, their punctuation and full-width forms.
    private static boolean isChinese(int c) {
        return Character.isIdeographic(c)
                || c >= 0x2E80 && c <= 0x303F
                || c >= 0x3100 && c <= 0x312F
                || c >= 0x31A0 && c <= 0x31EF
                || c >= 0x3200 && c <= 0x33FF
                || c >= 0xFE10 && c <= 0xFE1F
                || c >= 0xFE30 && c <= 0xFE4F
                || c >= 0xFF00 && c <= 0xFFEF;
    }
}
