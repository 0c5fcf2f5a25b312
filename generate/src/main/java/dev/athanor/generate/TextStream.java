package dev.athanor.generate;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/// Turns tokens' bytes into text as they come. Only whole characters are passed on, and nothing that could
/// still turn out to be the beginning of a stop sequence.
final class TextStream {
    private final List<String> stops;
    private final Consumer<String> out;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final StringBuilder text = new StringBuilder();
    private ByteBuffer pending = ByteBuffer.allocate(64); // read mode: the bytes of an unfinished character
    private int passed;
    private boolean stopped;

    TextStream(List<String> stops, Consumer<String> out) {
        this.stops = stops;
        this.out = out;
        pending.flip();
    }

    /// Adds the bytes of one token. After a stop sequence has appeared nothing more is taken.
    void add(byte[] bytes) {
        if (!stopped) {
            decode(bytes, Last.NO);
        }
    }

    /// Passes on what was held back, as no more can come.
    void end() {
        if (!stopped) {
            decode(new byte[0], Last.YES);
            pass(text.length());
        }
    }

    boolean stopped() {
        return stopped;
    }

    /// All text so far, without what a stop sequence cut.
    String text() {
        return text.toString();
    }

    private enum Last {
        YES,
        NO
    }

    private void decode(byte[] bytes, Last last) {
        ByteBuffer in = ByteBuffer.allocate(pending.remaining() + bytes.length);
        in.put(pending).put(bytes).flip();
        CharBuffer chars = CharBuffer.allocate(in.remaining() + 2);
        utf8.decode(in, chars, last == Last.YES);
        if (last == Last.YES) {
            utf8.flush(chars);
        }
        pending = in;
        chars.flip();
        int before = text.length();
        text.append(chars);
        if (!cutAtStop(before) && last == Last.NO) {
            pass(text.length() - heldBack());
        }
    }

    private boolean cutAtStop(int before) {
        int first = -1;
        for (String stop : stops) {
            int at = text.indexOf(stop, Math.max(0, before - stop.length() + 1));
            if (at >= 0 && (first < 0 || at < first)) {
                first = at;
            }
        }
        if (first < 0) {
            return false;
        }
        stopped = true;
        text.setLength(first);
        pass(first);
        return true;
    }

    /// How long the end of the text is that begins a stop sequence.
    private int heldBack() {
        int held = 0;
        for (String stop : stops) {
            for (int n = Math.min(stop.length() - 1, text.length()); n > held; n--) {
                if (stop.startsWith(text.substring(text.length() - n))) {
                    held = n;
                }
            }
        }
        return held;
    }

    private void pass(int until) {
        if (until > passed) {
            String piece = text.substring(passed, until);
            passed = until;
            out.accept(piece);
        }
    }
}
