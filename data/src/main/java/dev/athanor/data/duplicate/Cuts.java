package dev.athanor.data.duplicate;

import java.nio.ByteBuffer;
import java.util.BitSet;

/// What is cut out of a text.
///
/// @param places three numbers for each cut: where it begins, where it ends, and how many blanks (0 or 1) come
///     in its place
record Cuts(int[] places) {
    private static final int EACH = 3;

    /// Cuts words out with the blanks at one side of them. At the other side the one gap stays that has more line
    /// ends, so that what stood in a line of its own leaves none behind.
    static Cuts of(Wording words, BitSet gone) {
        int[] places = new int[EACH * runs(gone)];
        int at = 0;
        for (int a = gone.nextSetBit(0); a >= 0; ) {
            int b = gone.nextClearBit(a);
            boolean left = keepsLeft(words, a, b);
            places[at++] = a == 0 ? 0 : left ? words.begin(a) : words.end(a - 1);
            places[at++] = b == words.count() ? words.text().length() : left ? words.begin(b) : words.end(b - 1);
            places[at++] = needsBlank(words, a, b) ? 1 : 0;
            a = gone.nextSetBit(b);
        }
        return new Cuts(places);
    }

    private static int runs(BitSet gone) {
        int runs = 0;
        for (int a = gone.nextSetBit(0); a >= 0; a = gone.nextSetBit(gone.nextClearBit(a))) {
            runs++;
        }
        return runs;
    }

    /// Of words at an end all blanks beside them go.
    private static boolean keepsLeft(Wording words, int a, int b) {
        if (a == 0 || b == words.count()) {
            return a == 0;
        }
        String before = words.text().substring(words.end(a - 1), words.begin(a));
        String after = words.text().substring(words.end(b - 1), words.begin(b));
        long more = lineEnds(after) - lineEnds(before);
        return more < 0 || more == 0 && !before.isEmpty();
    }

    private static long lineEnds(String gap) {
        return gap.chars().filter(c -> c == '\n').count();
    }

    /// Two words of letters must not become one.
    private static boolean needsBlank(Wording words, int a, int b) {
        return a > 0
                && b < words.count()
                && words.end(a - 1) == words.begin(a)
                && words.end(b - 1) == words.begin(b)
                && !words.isAlone(a - 1, Wording.Side.RIGHT)
                && !words.isAlone(b, Wording.Side.LEFT);
    }

    /// What is left.
    String apply(String text) {
        StringBuilder rest = new StringBuilder(text.length());
        int from = 0;
        for (int i = 0; i < places.length; i += EACH) {
            rest.append(text, from, places[i]).repeat(" ", places[i + 2]);
            from = places[i + 1];
        }
        return rest.append(text, from, text.length()).toString();
    }

    byte[] toBytes() {
        ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES * places.length);
        buffer.asIntBuffer().put(places);
        return buffer.array();
    }

    static Cuts of(byte[] bytes) {
        int[] places = new int[bytes.length / Integer.BYTES];
        ByteBuffer.wrap(bytes).asIntBuffer().get(places);
        return new Cuts(places);
    }
}
