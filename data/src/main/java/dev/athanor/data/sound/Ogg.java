package dev.athanor.data.sound;

import com.jcraft.jogg.Packet;
import com.jcraft.jogg.Page;
import com.jcraft.jogg.StreamState;
import com.jcraft.jogg.SyncState;
import com.jcraft.jorbis.Block;
import com.jcraft.jorbis.Comment;
import com.jcraft.jorbis.DspState;
import com.jcraft.jorbis.Info;
import dev.athanor.data.Unusable;
import java.nio.charset.StandardCharsets;

/// Reads Vorbis in Ogg through JOrbis. The pages are walked first, with their check sums (RFC 3533).
final class Ogg {
    private static final int PAGE_HEADER = 27;
    private static final int LAST = 4;
    private static final int HEADERS = 3;

    /// Stands in for the comments, which the library takes memory for as they claim.
    private static final byte[] NO_COMMENT = "\u0003vorbis\0\0\0\0\0\0\0\0\u0001".getBytes(StandardCharsets.ISO_8859_1);

    private Ogg() {}

    static Recording read(byte[] bytes) throws Unusable {
        Shape shape = shape(bytes);
        Mono mono = new Mono(shape);
        try {
            decode(bytes, mono);
        } catch (RuntimeException | OutOfMemoryError tripped) {
            // The library meets damage inside of a packet with an index out of bounds, among others, and takes as much
            // memory as a header claims.
            throw Broken.damagedBehind(mono.count(), tripped);
        }
        if (mono.count() < shape.frames()) {
            throw new Unusable("claims %d samples and has %d".formatted(shape.frames(), mono.count()), Broken.AGAIN);
        }
        int to = shape.frames() > 0 ? (int) shape.frames() : mono.count();
        return Recording.of(mono.sound(0, to), SoundFormat.OGG, shape.channels(), "Vorbis");
    }

    /// Three packets describe the stream, each further one is a block of samples.
    private static void decode(byte[] bytes, Mono mono) throws Unusable {
        SyncState pages = new SyncState();
        pages.init();
        int place = pages.buffer(bytes.length);
        System.arraycopy(bytes, 0, pages.data, place, bytes.length);
        pages.wrote(bytes.length);
        Vorbis vorbis = new Vorbis();
        Page page = new Page();
        Packet packet = new Packet();
        StreamState stream = new StreamState();
        for (int number = 0; pages.pageout(page) == 1; number++) {
            if (number == 0) {
                stream.init(page.serialno());
            }
            stream.pagein(page);
            while (stream.packetout(packet) == 1) {
                vorbis.take(packet, mono);
            }
        }
    }

    /// A stream's packets one after another.
    private static final class Vorbis {
        private final Info info = new Info();
        private final Comment comment = new Comment();
        private final DspState state = new DspState();
        private final Block block = new Block(state);
        private int packets;

        Vorbis() {
            info.init();
            comment.init();
        }

        void take(Packet packet, Mono mono) throws Unusable {
            packets++;
            if (packets <= HEADERS) {
                describe(packet);
            } else if (block.synthesis(packet) == 0) {
                state.synthesis_blockin(block);
                Ogg.take(state, info, mono);
            }
        }

        private void describe(Packet packet) {
            if (packets == 2) {
                packet.packet_base = NO_COMMENT;
                packet.packet = 0;
                packet.bytes = NO_COMMENT.length;
            }
            if (info.synthesis_headerin(comment, packet) < 0) {
                throw new IllegalStateException("its description makes no sense");
            }
            if (packets == HEADERS) {
                state.synthesis_init(info);
                block.init(state);
            }
        }
    }

    private static void take(DspState state, Info info, Mono mono) throws Unusable {
        float[][][] samples = new float[1][][];
        int[] starts = new int[info.channels];
        for (int count = state.synthesis_pcmout(samples, starts);
                count > 0;
                count = state.synthesis_pcmout(samples, starts)) {
            for (int i = 0; i < count; i++) {
                for (int c = 0; c < info.channels; c++) {
                    mono.add(samples[0][c][starts[c] + i]);
                }
            }
            state.synthesis_read(count);
        }
    }

    /// Rate and channels of the first page, and the last sample's number of the last page.
    private static Shape shape(byte[] bytes) throws Unusable {
        int rate = 0;
        int channels = 0;
        long last = 0;
        int flags = 0;
        for (int at = 0; at < bytes.length; ) {
            int end = checkedPage(bytes, at);
            if (at == 0) {
                int packet = at + PAGE_HEADER + (bytes[at + 26] & 0xff);
                if (!Bytes.has(bytes, packet, "\u0001vorbis") || packet + 16 > end) {
                    throw new Unusable(
                            "is Ogg with %s inside: expected Vorbis"
                                    .formatted(Bytes.has(bytes, packet, "OpusHead") ? "Opus" : "something else"),
                            "Convert it to Vorbis, FLAC or WAV");
                }
                channels = bytes[packet + 11] & 0xff;
                rate = (int) Bytes.little(bytes, packet + 12, 4);
            } else if (Bytes.little(bytes, at + 14, 4) != Bytes.little(bytes, 14, 4)) {
                throw new Unusable("holds several streams: expected one of Vorbis", "Convert it to FLAC or WAV");
            }
            last = Math.max(last, Bytes.little(bytes, at + 10, 4) << 32 | Bytes.little(bytes, at + 6, 4));
            flags = bytes[at + 5];
            at = end;
        }
        if ((flags & LAST) == 0) {
            throw Broken.truncated(bytes.length);
        }
        return Shape.checked(rate, channels, last);
    }

    /// Where the page ends.
    private static int checkedPage(byte[] bytes, int at) throws Unusable {
        if (!Bytes.has(bytes, at, "OggS")) {
            throw Broken.damaged(at, "no page begins there");
        }
        int segments = at + PAGE_HEADER <= bytes.length ? bytes[at + 26] & 0xff : 0;
        int end = at + PAGE_HEADER + segments;
        for (int i = 0; i < segments && at + PAGE_HEADER + i < bytes.length; i++) {
            end += bytes[at + PAGE_HEADER + i] & 0xff;
        }
        if (end > bytes.length) {
            throw Broken.truncated(bytes.length);
        }
        int sum = 0;
        for (int i = at; i < end; i++) {
            sum = Crc.OGG_PAGE.next(sum, i >= at + 22 && i < at + 26 ? 0 : bytes[i]); // its own place counts as zero
        }
        if (sum != (int) Bytes.little(bytes, at + 22, 4)) {
            throw Broken.damaged(at, "the check sum of the page is wrong");
        }
        return end;
    }
}
