package dev.athanor.evaluate;

import java.util.Arrays;

/// Finds the longest passage that some texts share with a long text that streams by: a suffix automaton of the texts
/// (Blumer et al. 1985), which the long text is read through. Memory is in proportion to the texts added.
final class Passages {
    private static final int ROOT = 0;

    private final StringBuilder texts = new StringBuilder();
    private int[] length = new int[64]; // of the longest string of a state
    private int[] link = new int[64]; // to the state of its longest suffix that occurs elsewhere too
    private int[] end = new int[64]; // where in the texts it occurs first
    private char[][] letters = new char[64][];
    private int[][] next = new int[64][];
    private final int[] fromRoot = new int[1 << 16];
    private int states;
    private int last;

    private int state; // where the reading stands
    private int matched;
    private int bestLength;
    private int bestEnd;

    Passages() {
        Arrays.fill(fromRoot, -1);
        state(0, -1, 0);
    }

    void add(String text) {
        last = ROOT;
        for (int i = 0; i < text.length(); i++) {
            extend(text.charAt(i));
        }
    }

    /// Goes on reading the long text; a line break stands between its pieces.
    void read(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            step(piece.charAt(i));
        }
        step('\n');
    }

    private void step(char c) {
        int to = go(state, c);
        while (to < 0 && state != ROOT) {
            state = link[state];
            matched = length[state];
            to = go(state, c);
        }
        if (to >= 0) {
            state = to;
            matched++;
            if (matched > bestLength) {
                bestLength = matched;
                bestEnd = end[state];
            }
        }
    }

    String longest() {
        String passage = texts.substring(bestEnd - bestLength, bestEnd);
        return passage.strip();
    }

    private void extend(char c) {
        texts.append(c);
        int known = go(last, c);
        if (known >= 0) { // a second text that begins like one before
            last = length[known] == length[last] + 1 ? known : split(last, c, known);
            return;
        }
        int made = state(length[last] + 1, ROOT, texts.length());
        int from = last;
        while (from >= 0 && go(from, c) < 0) {
            put(from, c, made);
            from = link[from];
        }
        if (from >= 0) {
            int to = go(from, c);
            int suffix = length[to] == length[from] + 1 ? to : split(from, c, to); // may replace the arrays
            link[made] = suffix;
        }
        last = made;
    }

    /// Gives the shorter strings of a state a state of their own.
    private int split(int from, char c, int to) {
        int shorter = state(length[from] + 1, link[to], end[to]);
        letters[shorter] = letters[to].clone();
        next[shorter] = next[to].clone();
        link[to] = shorter;
        for (int at = from; at >= 0 && go(at, c) == to; at = link[at]) {
            put(at, c, shorter);
        }
        return shorter;
    }

    private int state(int itsLength, int itsLink, int itsEnd) {
        if (states == length.length) {
            int more = states * 2;
            length = Arrays.copyOf(length, more);
            link = Arrays.copyOf(link, more);
            end = Arrays.copyOf(end, more);
            letters = Arrays.copyOf(letters, more);
            next = Arrays.copyOf(next, more);
        }
        length[states] = itsLength;
        link[states] = itsLink;
        end[states] = itsEnd;
        letters[states] = new char[0];
        next[states] = new int[0];
        return states++;
    }

    private int go(int from, char c) {
        if (from == ROOT) {
            return fromRoot[c];
        }
        char[] known = letters[from];
        for (int i = 0; i < known.length; i++) {
            if (known[i] == c) {
                return next[from][i];
            }
        }
        return -1;
    }

    private void put(int from, char c, int to) {
        if (from == ROOT) {
            fromRoot[c] = to;
            return;
        }
        for (int i = 0; i < letters[from].length; i++) {
            if (letters[from][i] == c) {
                next[from][i] = to;
                return;
            }
        }
        int size = letters[from].length;
        letters[from] = Arrays.copyOf(letters[from], size + 1);
        next[from] = Arrays.copyOf(next[from], size + 1);
        letters[from][size] = c;
        next[from][size] = to;
    }
}
