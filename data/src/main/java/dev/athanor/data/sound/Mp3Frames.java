package dev.athanor.data.sound;

import dev.athanor.data.Unusable;

/// The frames of an MP3 file, walked from header to header before anything is decoded: so its length is known
/// first, and what is damaged or cut off has a place.
///
/// @param from the byte at which the first frame with sound begins
/// @param to behind the last one
/// @param skip samples at the beginning that the encoder added
/// @param pad samples at the end that the encoder added
record Mp3Frames(Shape shape, int from, int to, int skip, int pad) {
    private static final int[] KILOBITS_1 = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    private static final int[] KILOBITS_2 = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
    private static final int[] RATES = {44_100, 48_000, 32_000};
    private static final int ID3_HEADER = 10;
    private static final int ID3_V1 = 128;

    /// What every decoder adds to the encoder's delay: half a window of the filter bank, and one.
    private static final int DECODER_DELAY = 529;

    /// One header: ISO 11172-3, section 2.4.2.3, and ISO 13818-3 for the lower rates.
    private record Header(int bits) {
        /// 3 is MPEG 1, 2 is MPEG 2, 0 is what others call 2.5.
        int version() {
            return bits >> 19 & 3;
        }

        boolean isFrame() {
            return bits >>> 21 == 0x7ff
                    && version() != 1
                    && (bits >> 17 & 3) == 1
                    && slot() != 0
                    && slot() != 15
                    && (bits >> 10 & 3) != 3;
        }

        private int slot() {
            return bits >> 12 & 15;
        }

        int rate() {
            return RATES[bits >> 10 & 3] >> (version() == 3 ? 0 : version() == 2 ? 1 : 2);
        }

        int channels() {
            return (bits >> 6 & 3) == 3 ? 1 : 2;
        }

        int samples() {
            return version() == 3 ? 1152 : 576;
        }

        int length() {
            int kilobits = (version() == 3 ? KILOBITS_1 : KILOBITS_2)[slot()];
            return samples() / 8 * 1000 * kilobits / rate() + (bits >> 9 & 1);
        }

        /// Bytes between header and sound that say how the frame was made.
        int side() {
            return version() == 3 ? channels() == 1 ? 17 : 32 : channels() == 1 ? 9 : 17;
        }
    }

    /// Whether a frame begins here.
    static boolean begins(byte[] bytes, int at) {
        return at + 4 <= bytes.length && header(bytes, at).isFrame();
    }

    private static Header header(byte[] bytes, int at) {
        return new Header((int) Bytes.big(bytes, at, 4));
    }

    static Mp3Frames of(byte[] bytes) throws Unusable {
        int first = start(bytes);
        if (!begins(bytes, first)) {
            throw Broken.damaged(first, "no frame of MPEG layer III begins there");
        }
        Header header = header(bytes, first);
        int info = first + 4 + header.side();
        boolean about = Bytes.has(bytes, info, "Xing") || Bytes.has(bytes, info, "Info");
        int from = about ? first + header.length() : first;
        int at = from;
        long frames = 0;
        while (begins(bytes, at)) {
            Header next = header(bytes, at);
            if (next.rate() != header.rate() || next.channels() != header.channels()) {
                throw Broken.damaged(at, "the sound goes on with another rate or number of channels");
            }
            if (at + next.length() > bytes.length) {
                throw Broken.truncated(bytes.length);
            }
            at += next.length();
            frames += next.samples();
        }
        checkEnd(bytes, at);
        int delay = about && info + 144 <= bytes.length ? (int) Bytes.big(bytes, info + 141, 3) : 0;
        int skip = delay == 0 ? 0 : (delay >> 12) + DECODER_DELAY;
        int pad = delay == 0 ? 0 : Math.max(0, (delay & 0xfff) - DECODER_DELAY);
        return new Mp3Frames(Shape.checked(header.rate(), header.channels(), frames), from, at, skip, pad);
    }

    /// Behind the tags at the beginning.
    private static int start(byte[] bytes) {
        int at = 0;
        while (Bytes.has(bytes, at, "ID3") && at + ID3_HEADER <= bytes.length) {
            int size = 0;
            for (int i = 6; i < ID3_HEADER; i++) {
                size = size << 7 | bytes[at + i] & 0x7f;
            }
            at += ID3_HEADER + size;
        }
        return at;
    }

    /// Behind the frames only tags and zeros may stand.
    private static void checkEnd(byte[] bytes, int at) throws Unusable {
        int place = at;
        while (place < bytes.length && bytes[place] == 0) {
            place++;
        }
        boolean tag = Bytes.has(bytes, place, "TAG") && bytes.length - place == ID3_V1
                || Bytes.has(bytes, place, "APETAGEX")
                || Bytes.has(bytes, place, "LYRICSBEGIN")
                || Bytes.has(bytes, place, "ID3");
        if (place < bytes.length && !tag) {
            throw Broken.damaged(place, "between its frames stands what is no frame");
        }
    }
}
