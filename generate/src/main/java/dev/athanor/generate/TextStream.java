package dev.athanor.generate;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Turns tokens' bytes into text as they come, with values in place of their slots. Only whole characters are
/// passed on, and nothing that could still turn out to be the beginning of a slot or a stop sequence.
final class TextStream {
    private final List<String> stops;
    private final Map<String, String> slots;
    private final Consumer<String> out;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final StringBuilder text = new StringBuilder();
    private ByteBuffer pending = ByteBuffer.allocate(64); // read mode: the bytes of an unfinished character
    private int passed;
    private boolean stopped;

    TextStream(List<String> stops, Map<String, String> slots, Consumer<String> out) {
        this.stops = stops;
        this.slots = slots;
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
        int before = passed;
        text.append(chars);
        fillSlots();
        if (!cutAtStop(before) && last == Last.NO) {
            pass(text.length() - heldBack());
        }
    }

    /// Slots are held back until they are whole, so they stand behind what was passed on.
    private void fillSlots() {
        slots.forEach((slot, value) -> {
            for (int at = text.indexOf(slot, passed); at >= 0; at = text.indexOf(slot, at + value.length())) {
                text.replace(at, at + slot.length(), value);
            }
        });
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

    /// How long the end of the text is that begins a stop sequence or a slot.
    private int heldBack() {
        return Stream.concat(stops.stream(), slots.keySet().stream())
                .mapToInt(this::begun)
                .max()
                .orElse(0);
    }

    /// How much of a word the text ends with.
    private int begun(String word) {
        int n = Math.min(word.length() - 1, text.length() - passed);
        while (!word.startsWith(text.substring(text.length() - n))) {
            n--;
        }
        return n;
    }

    private void pass(int until) {
        if (until > passed) {
            String piece = text.substring(passed, until);
            passed = until;
            out.accept(piece);
        }
    }
}
