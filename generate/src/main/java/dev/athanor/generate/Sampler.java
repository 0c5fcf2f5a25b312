package dev.athanor.generate;

import java.util.Arrays;
import java.util.BitSet;
import java.util.random.RandomGenerator;

/// Chooses the tokens of one sequence.
final class Sampler {
    private final Sampling sampling;
    private final RandomGenerator random;
    private final BitSet seen = new BitSet();

    Sampler(Sampling sampling, RandomGenerator random) {
        this.sampling = sampling;
        this.random = random;
    }

    /// Counts tokens as part of the sequence: a prompt, or what was chosen before.
    void saw(int... tokens) {
        for (int token : tokens) {
            seen.set(token);
        }
    }

    /// The next token; `scores` is changed.
    int next(float[] scores) {
        if (sampling.isGreedy()) {
            punish(scores);
            int best = best(scores);
            saw(best);
            return best;
        }
        double[] shares = shares(scores);
        double sum = 0;
        for (double share : shares) {
            sum += share;
        }
        double left = random.nextDouble() * sum;
        int last = -1;
        for (int token = 0; token < shares.length; token++) {
            if (shares[token] > 0) {
                last = token;
                left -= shares[token];
                if (left < 0) {
                    break;
                }
            }
        }
        saw(last);
        return last;
    }

    /// What is left after the filters: for each token a weight, not summing to one; zero for a dropped token.
    double[] shares(float[] scores) {
        // 1 repetition penalty
        punish(scores);
        double highest = scores[best(scores)];
        // 2 temperature
        double[] shares = new double[scores.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = Math.exp((scores[i] - highest) / sampling.temperature());
        }
        // 3 top-k, 4 top-p
        if (sampling.topK() > 0 && sampling.topK() < shares.length || sampling.topP() < 1) {
            keepBest(shares);
        }
        // 5 min-p; the best token's weight is 1
        if (sampling.minP() > 0) {
            for (int i = 0; i < shares.length; i++) {
                if (shares[i] < sampling.minP()) {
                    shares[i] = 0;
                }
            }
        }
        return shares;
    }

    private void punish(float[] scores) {
        if (sampling.repetitionPenalty() == 1) {
            return;
        }
        float penalty = (float) sampling.repetitionPenalty();
        for (int token = seen.nextSetBit(0); token >= 0; token = seen.nextSetBit(token + 1)) {
            scores[token] = scores[token] < 0 ? scores[token] * penalty : scores[token] / penalty;
        }
    }

    private static int best(float[] scores) {
        int best = 0;
        for (int i = 0; i < scores.length; i++) {
            if (Float.isNaN(scores[i]) || scores[i] == Float.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "the score of token %d is %s: the model's weights are broken; train it again or load another checkpoint"
                                .formatted(i, scores[i]));
            }
            if (scores[i] > scores[best]) {
                best = i;
            }
        }
        if (scores[best] == Float.NEGATIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "every token has score -Infinity: the model's weights are broken; train it again or load another checkpoint");
        }
        return best;
    }

    /// Takes tokens off a heap, best first, until `k` are kept (and those equal to the last) and until `p` of
    /// what the `k` have together is kept; zeroes the rest.
    private void keepBest(double[] shares) {
        int[] heap = new int[shares.length];
        for (int i = 0; i < heap.length; i++) {
            heap[i] = i;
        }
        for (int i = heap.length / 2 - 1; i >= 0; i--) {
            sink(heap, i, heap.length, shares);
        }
        int k = sampling.topK() == 0 ? shares.length : Math.min(sampling.topK(), shares.length);
        double total = 0;
        if (k == shares.length) {
            for (double share : shares) {
                total += share;
            }
        }
        int size = heap.length;
        int taken = 0;
        double[] mass = new double[64]; // what the tokens taken have together
        while (size > 0 && (taken < k || shares[heap[0]] == shares[heap[size]])) {
            double before = taken == 0 ? 0 : mass[taken - 1];
            if (k == shares.length && taken > 0 && before >= sampling.topP() * total) {
                break; // without top-k the total is known: no need to take the rest off
            }
            if (taken == mass.length) {
                mass = Arrays.copyOf(mass, 2 * taken);
            }
            mass[taken] = before + shares[heap[0]];
            taken++;
            int out = heap[0];
            size--;
            heap[0] = heap[size];
            heap[size] = out; // the tail of the array holds what was taken, best last
            sink(heap, 0, size, shares);
        }
        double enough = sampling.topP() * (k == shares.length ? total : mass[taken - 1]);
        int keep = 1;
        while (keep < taken && mass[keep - 1] < enough) {
            keep++;
        }
        if (sampling.topP() == 1) {
            keep = taken;
        }
        for (int i = 0; i < heap.length - keep; i++) {
            shares[heap[i]] = 0;
        }
    }

    private static void sink(int[] heap, int from, int size, double[] shares) {
        int i = from;
        while (true) {
            int child = 2 * i + 1;
            if (child >= size) {
                return;
            }
            if (child + 1 < size && shares[heap[child + 1]] > shares[heap[child]]) {
                child++;
            }
            if (shares[heap[child]] <= shares[heap[i]]) {
                return;
            }
            int swap = heap[i];
            heap[i] = heap[child];
            heap[child] = swap;
            i = child;
        }
    }
}
