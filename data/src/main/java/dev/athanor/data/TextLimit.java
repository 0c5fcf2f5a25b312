package dev.athanor.data;

import java.sql.SQLException;

/// How long a text may be that this process works on. Steps hold a text a few times (as characters, as UTF-8, in
/// pieces), so that what a small memory cannot do is refused with its place before it fills up.
public final class TextLimit {
    private static final int MOST = 64 << 20;

    /// What a step takes of the memory for each character of a text: the rules on repetition number each word, and the
    /// runs of words, which comes to 60 bytes where each Chinese character is one; the rest is for the program.
    private static final int BYTES = 72;

    /// Characters that work is done on at a time.
    public static final int CHARACTERS = (int) Math.min(MOST, memory() / BYTES);

    private TextLimit() {}

    private static long memory() {
        return Runtime.getRuntime().maxMemory();
    }

    /// What helps beside splitting a text that is too long.
    static String orMoreMemory() {
        return CHARACTERS == MOST
                ? ""
                : ", or give the program more memory (it has %d MB), as with JAVA_TOOL_OPTIONS=-Xmx2g"
                        .formatted(memory() >> 20);
    }

    /// Refuses a row whose texts take more bytes than these characters may.
    ///
    /// @param place tells where it is, where it is refused
    static void check(long bytes, Place place) throws SQLException {
        if (bytes > 3L * CHARACTERS) { // a Chinese character takes 3
            throw new DataException(
                    "%s takes %,d MB, and this program with its memory of %,d MB works on %,d at most: give it more, as with JAVA_TOOL_OPTIONS=-Xmx%dg, or drop the row with the step  length: {longest: N}  where there is more"
                            .formatted(
                                    place.name(),
                                    bytes >> 20,
                                    memory() >> 20,
                                    3L * CHARACTERS >> 20,
                                    Math.ceilDiv(bytes * BYTES / 3, 1L << 30)));
        }
    }

    /// Names a row.
    @FunctionalInterface
    interface Place {
        String name() throws SQLException;
    }
}
