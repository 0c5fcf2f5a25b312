package dev.athanor.data.duplicate;

import dev.athanor.data.Seed;
import java.io.Serializable;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Signatures of sets (Broder 1997; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, 3.3): number
/// `i` is the least element under the permutation `i` of all numbers of 32 bits. Two sets have the same number
/// at a place with the probability of their Jaccard similarity.
///
/// A permutation is x → mix((x xor turn) · factor) with an odd factor; all loops run over the permutations,
/// which the compiler turns into vector instructions.
final class MinHash implements Serializable {
    private static final int STIR = 0x2C1B3C6D; // a multiplier of Wellons's search for mixers of 32 bits (2018)

    private final int[] turns;
    private final int[] factors;

    MinHash(int permutations, Seed seed) {
        turns = new int[permutations];
        factors = new int[permutations];
        RandomGenerator random = seed.branch("minhash").random();
        for (int i = 0; i < permutations; i++) {
            turns[i] = random.nextInt();
            factors[i] = random.nextInt() | 1;
        }
    }

    /// @param elements of the set; those that are there twice change nothing
    int[] signature(int[] elements) {
        int[] least = new int[turns.length];
        Arrays.fill(least, Integer.MAX_VALUE);
        int i = 0;
        for (; i + 1 < elements.length; i += 2) {
            two(elements[i], elements[i + 1], least);
        }
        if (i < elements.length) {
            two(elements[i], elements[i], least);
        }
        return least;
    }

    /// Two elements at once, so that the least are loaded and stored half as often.
    private void two(int a, int b, int[] least) {
        int[] turn = turns;
        int[] factor = factors;
        for (int i = 0; i < least.length; i++) {
            int x = (a ^ turn[i]) * factor[i];
            int y = (b ^ turn[i]) * factor[i];
            x = (x ^ x >>> 15) * STIR;
            y = (y ^ y >>> 15) * STIR;
            least[i] = Math.min(least[i], Math.min(x, y));
        }
    }
}
