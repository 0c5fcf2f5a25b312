package dev.athanor.data.label;

import java.util.Arrays;
import java.util.Locale;

/// What of a text a [TextClassifier] sees: words, pairs of words and pieces of words, and of scripts
/// without spaces single characters, pairs and threes; each hashed to one of [#BUCKETS] numbers
/// (Weinberger et al. 2009, arXiv:0902.2206), so that no list of words is kept.
///
/// @param buckets the hashes, each once, ascending
/// @param counts how often each occurs
public record TextFeatures(int[] buckets, float[] counts) {
    static final int BUCKETS = 1 << 20;

    /// Characters of a text that are looked at: what a text is about shows early.
    private static final int LONGEST = 20_000;

    private static final int SHORTEST_PIECE = 3;
    private static final int LONGEST_PIECE = 5;
    private static final int LONGEST_RUN = 3;

    public static TextFeatures of(String text) {
        String read = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
        return new Collector()
                .collect(read.toLowerCase(Locale.ROOT).codePoints().toArray());
    }

    /// Gathers hashes from the characters of one text.
    private static final class Collector {
        private int[] hashes = new int[256];
        private int size;
        private int previousWord;

        TextFeatures collect(int[] characters) {
            int at = 0;
            while (at < characters.length) {
                int end = at + 1;
                int kind = kind(characters[at]);
                while (end < characters.length && kind(characters[end]) == kind) {
                    end++;
                }
                switch (kind) {
                    case WORD -> word(characters, at, end);
                    case UNSPACED -> run(characters, at, end);
                    case MARK -> marks(characters, at, end);
                    default -> {} // blanks
                }
                at = end;
            }
            return counted();
        }

        private static final int BLANK = 0;
        private static final int WORD = 1;
        private static final int UNSPACED = 2;
        private static final int MARK = 3;

        private static int kind(int character) {
            if (Scripts.isUnspaced(character)) {
                return UNSPACED;
            }
            if (Character.isLetterOrDigit(character) || character == '\'') {
                return WORD;
            }
            return Character.isWhitespace(character) || Character.isSpaceChar(character) ? BLANK : MARK;
        }

        private void word(int[] characters, int start, int end) {
            int word = hash(1, characters, start, end);
            add(word);
            add(word * 31 + previousWord * 17 + 5); // the pair; at the start of a text, that it starts so
            previousWord = word;
            for (int from = start - 1; from < end; from++) {
                for (int length = SHORTEST_PIECE; length <= LONGEST_PIECE && from + length <= end + 1; length++) {
                    add(piece(characters, from, from + length, start, end));
                }
            }
        }

        /// A piece of a word, whose borders are characters too.
        private static int piece(int[] characters, int from, int to, int start, int end) {
            int hash = 0x811c9dc5 ^ 2;
            for (int at = from; at < to; at++) {
                hash = (hash ^ (at < start || at >= end ? ' ' : characters[at])) * 0x01000193;
            }
            return hash;
        }

        private void run(int[] characters, int start, int end) {
            for (int from = start; from < end; from++) {
                for (int length = 1; length <= LONGEST_RUN && from + length <= end; length++) {
                    add(hash(3, characters, from, from + length));
                }
            }
            previousWord = 0;
        }

        private void marks(int[] characters, int start, int end) {
            for (int at = start; at < end; at++) {
                add(hash(4, characters, at, at + 1));
            }
        }

        /// FNV-1a of 32 bits.
        private static int hash(int kind, int[] characters, int from, int to) {
            int hash = 0x811c9dc5 ^ kind;
            for (int at = from; at < to; at++) {
                hash = (hash ^ characters[at]) * 0x01000193;
            }
            return hash;
        }

        private void add(int hash) {
            if (size == hashes.length) {
                hashes = Arrays.copyOf(hashes, 2 * size);
            }
            int mixed = hash * 0x9E3779B1; // the last multiplication of FNV leaves the high bits poor
            hashes[size++] = mixed >>> 12;
        }

        private TextFeatures counted() {
            Arrays.sort(hashes, 0, size);
            int[] buckets = new int[size];
            float[] counts = new float[size];
            int kinds = 0;
            for (int i = 0; i < size; i++) {
                if (kinds == 0 || buckets[kinds - 1] != hashes[i]) {
                    buckets[kinds++] = hashes[i];
                }
                counts[kinds - 1]++;
            }
            return new TextFeatures(Arrays.copyOf(buckets, kinds), Arrays.copyOf(counts, kinds));
        }
    }
}
