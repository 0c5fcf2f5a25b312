package dev.athanor.data.text;

/// Which pairs of tokens become one, and in which order of preference: the heart of byte-pair encoding
/// (Sennrich et al. 2016). Immutable and shared by all threads; the arrays that one piece of work needs are in
/// [Work].
final class Merges {

    private final PairTable ranks;
    private final int[] results;
    /// The ranks of pairs of single bytes, `left << 8 | right`: the first look at every word asks only for these.
    private final int[] byteRanks = new int[1 << 16];

    /// @param byteIds the id of each of the 256 bytes
    /// @param ranks the rank of each pair of ids
    /// @param results the id that a pair becomes, by rank
    Merges(int[] byteIds, PairTable ranks, int[] results) {
        this.ranks = ranks;
        this.results = results;
        for (int pair = 0; pair < byteRanks.length; pair++) {
            byteRanks[pair] = ranks.get(byteIds[pair >> 8], byteIds[pair & 0xff]);
        }
    }

    /// The arrays of one thread's work: a word as a chain of symbols.
    static final class Work {
        /// Up to here the next pair is found by looking at all of them, beyond with a heap. Measured on x86-64,
        /// November 2026: the heap is faster beyond about 110 bytes of Latin letters and about 45 of Chinese.
        private static final int SHORT = 64;

        int[] symbols = new int[SHORT];
        private int[] pairs = new int[SHORT];
        private int[] following = new int[0];
        private int[] previous = new int[0];
        private long[] heap = new long[0];
        private int heapSize;

        private void reserve(int length) {
            if (symbols.length < length) {
                symbols = new int[length];
                pairs = new int[length];
            }
        }

        private void reserveHeap(int length) {
            if (following.length < length) {
                following = new int[length];
                previous = new int[length];
                heap = new long[3 * length];
            }
            heapSize = 0;
        }

        private void push(long entry) {
            int at = heapSize++;
            while (at > 0) {
                int parent = at - 1 >> 1;
                if (heap[parent] <= entry) {
                    break;
                }
                heap[at] = heap[parent];
                at = parent;
            }
            heap[at] = entry;
        }

        private long pop() {
            long top = heap[0];
            long last = heap[--heapSize];
            int at = 0;
            for (int child = 1; child < heapSize; child = 2 * at + 1) {
                if (child + 1 < heapSize && heap[child + 1] < heap[child]) {
                    child++;
                }
                if (heap[child] >= last) {
                    break;
                }
                heap[at] = heap[child];
                at = child;
            }
            heap[at] = last;
            return top;
        }
    }

    /// Merges the bytes of one word; the ids are then the first of `work.symbols`.
    ///
    /// @return how many ids there are
    int apply(byte[] text, int start, int end, int[] byteIds, Work work) {
        int length = end - start;
        work.reserve(length);
        int[] symbols = work.symbols;
        int[] pairs = work.pairs;
        int before = text[start] & 0xff;
        symbols[0] = byteIds[before];
        for (int i = 1; i < length; i++) {
            int b = text[start + i] & 0xff;
            symbols[i] = byteIds[b];
            pairs[i - 1] = byteRanks[before << 8 | b];
            before = b;
        }
        return length <= Work.SHORT ? mergeShort(symbols, pairs, length) : mergeLong(work, length);
    }

    private int mergeShort(int[] symbols, int[] pairs, int length) {
        int left = length;
        while (left > 1) {
            int best = PairTable.ABSENT;
            int at = -1;
            for (int i = 0; i < left - 1; i++) {
                if (pairs[i] < best) {
                    best = pairs[i];
                    at = i;
                }
            }
            if (at < 0) {
                return left;
            }
            symbols[at] = results[best];
            left--;
            System.arraycopy(symbols, at + 2, symbols, at + 1, left - at - 1);
            if (at < left - 1) {
                System.arraycopy(pairs, at + 2, pairs, at + 1, left - at - 2);
                pairs[at] = ranks.get(symbols[at], symbols[at + 1]);
            }
            if (at > 0) {
                pairs[at - 1] = ranks.get(symbols[at - 1], symbols[at]);
            }
        }
        return left;
    }

    private int mergeLong(Work work, int length) {
        work.reserveHeap(length);
        int[] symbols = work.symbols;
        int[] pairs = work.pairs;
        int[] following = work.following;
        int[] previous = work.previous;
        for (int i = 0; i < length; i++) {
            following[i] = i + 1;
            previous[i] = i - 1;
        }
        pairs[length - 1] = PairTable.ABSENT;
        for (int i = 0; i < length - 1; i++) {
            offer(work, i);
        }
        while (work.heapSize > 0) {
            long entry = work.pop();
            int at = (int) entry;
            int rank = (int) (entry >>> 32);
            if (pairs[at] != rank) {
                continue; // this pair has been merged into a neighbour since
            }
            int gone = following[at];
            int next = following[gone];
            symbols[at] = results[rank];
            following[at] = next;
            pairs[gone] = PairTable.ABSENT;
            pairs[at] = PairTable.ABSENT;
            if (next < length) {
                previous[next] = at;
                pairs[at] = ranks.get(symbols[at], symbols[next]);
                offer(work, at);
            }
            if (previous[at] >= 0) {
                int left = previous[at];
                pairs[left] = ranks.get(symbols[left], symbols[at]);
                offer(work, left);
            }
        }
        int count = 0;
        for (int i = 0; i < length; i = following[i]) {
            symbols[count++] = symbols[i];
        }
        return count;
    }

    private static void offer(Work work, int at) {
        if (work.pairs[at] != PairTable.ABSENT) {
            work.push((long) work.pairs[at] << 32 | at);
        }
    }
}
