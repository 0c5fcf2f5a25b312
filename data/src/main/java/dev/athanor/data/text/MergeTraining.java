package dev.athanor.data.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Learns merges (Sennrich et al. 2016, algorithm 1): again and again, the most frequent pair of neighbours
/// becomes one token. Counts are kept for every pair, and a merge changes only those of the words it occurs in;
/// of pairs equally frequent the one with the smaller left id goes first, then the smaller right one.
final class MergeTraining {

    private static final int FIRST_BYTE = Special.values().length;

    /// A pair that occurs once only would be learnt by heart.
    private static final int FEWEST = 2;

    /// A word longer than this is learnt from in parts, cut between characters: without a bound, a megabyte
    /// without a space would be walked through again for each merge.
    private static final int LONGEST_WORD = 256;

    /// A pair and how often it occurred when it was put in the queue.
    private record Candidate(long count, long pair) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            return count != other.count ? Long.compare(other.count, count) : Long.compare(pair, other.pair);
        }
    }

    private final PreTokens preTokens;
    private final WordCounts counts = new WordCounts();
    /// The symbols that each word has become so far.
    private int[][] words = {};

    /// The place of each pair in the arrays that follow.
    private final PairTable places = new PairTable(1 << 12);
    private long[] pairs = new long[1 << 12];
    private long[] pairCounts = new long[1 << 12];
    /// The words that a pair is or once was in.
    private int[][] pairWords = new int[1 << 12][];
    private int[] pairWordCounts = new int[1 << 12];
    private int pairCount;
    /// The pairs that the current merge has made more frequent.
    private final BitSet grown = new BitSet();

    private final PriorityQueue<Candidate> queue = new PriorityQueue<>();
    private final List<String> spellings = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();

    MergeTraining(PreTokens preTokens) {
        this.preTokens = preTokens;
        for (Special special : Special.values()) {
            spellings.add(special.content());
        }
        for (int b = 0; b < 256; b++) {
            spellings.add(ByteAlphabet.spell(new byte[] {(byte) b}));
        }
        for (int id = 0; id < spellings.size(); id++) {
            ids.put(spellings.get(id), id);
        }
    }

    /// The finished `tokenizer.json`.
    byte[] learn(Iterator<String> texts, int vocabulary) {
        while (texts.hasNext()) {
            count(texts.next());
        }
        countPairs();
        return TokenizerFile.JSON.writeValueAsBytes(file(merge(vocabulary)));
    }

    private void count(String text) {
        byte[] bytes = Utf8.bytes(text);
        for (int start = 0; start < bytes.length; ) {
            int end = preTokens.next(bytes, start, bytes.length);
            while (end - start > LONGEST_WORD) {
                int cut = start + LONGEST_WORD;
                while ((bytes[cut] & 0xc0) == 0x80) {
                    cut--;
                }
                counts.add(bytes, start, cut);
                start = cut;
            }
            counts.add(bytes, start, end);
            start = end;
        }
    }

    private void countPairs() {
        words = new int[counts.words()][];
        for (int word = 0; word < words.length; word++) {
            byte[] bytes = counts.word(word);
            int[] symbols = new int[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                symbols[i] = FIRST_BYTE + (bytes[i] & 0xff);
            }
            words[word] = symbols;
            for (int i = 0; i + 1 < symbols.length; i++) {
                more(symbols[i], symbols[i + 1], word);
            }
        }
        offerGrown();
    }

    /// The merges in the order learnt, as [PairTable#key].
    private List<Long> merge(int vocabulary) {
        Set<Long> learnt = new LinkedHashSet<>();
        while (spellings.size() < vocabulary && !queue.isEmpty()) {
            Candidate best = queue.poll();
            int place = places.get(best.pair());
            if (pairCounts[place] != best.count()) {
                if (pairCounts[place] >= FEWEST) {
                    queue.add(new Candidate(pairCounts[place], best.pair()));
                }
                continue;
            }
            int left = (int) (best.pair() >>> 32);
            int right = (int) best.pair();
            // The same spelling can be reached by two ways; it is one token all the same.
            int merged = ids.computeIfAbsent(spellings.get(left) + spellings.get(right), spelling -> {
                spellings.add(spelling);
                return spellings.size() - 1;
            });
            learnt.add(best.pair());
            for (int i = 0; i < pairWordCounts[place]; i++) {
                replace(pairWords[place][i], left, right, merged);
            }
            pairWords[place] = new int[4];
            pairWordCounts[place] = 0;
            offerGrown();
        }
        return List.copyOf(learnt);
    }

    private void replace(int word, int left, int right, int merged) {
        int[] symbols = words[word];
        int out = 0;
        for (int i = 0; i < symbols.length; i++) {
            boolean here = symbols[i] == left && i + 1 < symbols.length && symbols[i + 1] == right;
            if (!here) {
                symbols[out++] = symbols[i];
                continue;
            }
            fewer(left, right, word);
            if (out > 0) {
                fewer(symbols[out - 1], left, word);
                more(symbols[out - 1], merged, word);
            }
            if (i + 2 < symbols.length) {
                fewer(right, symbols[i + 2], word);
                more(merged, symbols[i + 2], word);
            }
            symbols[out++] = merged;
            i++;
        }
        if (out < symbols.length) {
            words[word] = Arrays.copyOf(symbols, out);
        }
    }

    private void fewer(int left, int right, int word) {
        pairCounts[places.get(left, right)] -= counts.count(word);
    }

    private void more(int left, int right, int word) {
        int place = place(PairTable.key(left, right));
        pairCounts[place] += counts.count(word);
        grown.set(place);
        int[] in = pairWords[place];
        int count = pairWordCounts[place];
        if (count > 0 && in[count - 1] == word) {
            return;
        }
        if (count == in.length) {
            pairWords[place] = in = Arrays.copyOf(in, 2 * count);
        }
        in[count] = word;
        pairWordCounts[place]++;
    }

    private int place(long pair) {
        int place = places.get(pair);
        if (place != PairTable.ABSENT) {
            return place;
        }
        if (pairCount == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * pairCount);
            pairCounts = Arrays.copyOf(pairCounts, 2 * pairCount);
            pairWords = Arrays.copyOf(pairWords, 2 * pairCount);
            pairWordCounts = Arrays.copyOf(pairWordCounts, 2 * pairCount);
        }
        pairs[pairCount] = pair;
        pairWords[pairCount] = new int[4];
        places.put(pair, pairCount);
        return pairCount++;
    }

    private void offerGrown() {
        grown.stream()
                .filter(place -> pairCounts[place] >= FEWEST)
                .forEach(place -> queue.add(new Candidate(pairCounts[place], pairs[place])));
        grown.clear();
    }

    private ObjectNode file(List<Long> merges) {
        ObjectNode root = TokenizerFile.frame();
        ObjectNode preTokenizer = root.putObject("pre_tokenizer").put("type", "Sequence");
        ArrayNode parts = preTokenizer.putArray("pretokenizers");
        ObjectNode split = parts.addObject().put("type", "Split");
        split.putObject("pattern").put("Regex", preTokens.regex());
        split.put("behavior", "Isolated").put("invert", false);
        byteLevel(parts.addObject());
        byteLevel(root.putObject("decoder"));
        ObjectNode model = (ObjectNode) root.path("model");
        ObjectNode vocabulary = (ObjectNode) model.path("vocab");
        for (int id = FIRST_BYTE; id < spellings.size(); id++) {
            vocabulary.put(spellings.get(id), id);
        }
        ArrayNode list = (ArrayNode) model.path("merges");
        for (long pair : merges) {
            list.addArray().add(spellings.get((int) (pair >>> 32))).add(spellings.get((int) pair));
        }
        return root;
    }

    private static void byteLevel(ObjectNode part) {
        part.put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", false);
    }
}
