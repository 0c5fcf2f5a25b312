package dev.athanor.data.sound;

/// Sums that show damage: cyclic redundancy checks, the highest bit first, beginning at zero.
///
/// @param width of the sum in bits, at most 32
/// @param polynomial without its highest power
record Crc(int width, int polynomial) {
    /// RFC 9639, section 9.1.8.
    static final Crc FLAC_HEADER = new Crc(8, 0x07);

    /// RFC 9639, section 9.3.
    static final Crc FLAC_FRAME = new Crc(16, 0x8005);

    /// RFC 3533, section 6.
    static final Crc OGG_PAGE = new Crc(32, 0x04c11db7);

    /// The sum as it is once another byte has come.
    int next(int sum, byte value) {
        int shifted = sum ^ (value & 0xff) << width - 8;
        int top = 1 << width - 1;
        for (int i = 0; i < 8; i++) {
            shifted = (shifted & top) != 0 ? shifted << 1 ^ polynomial : shifted << 1;
        }
        return width == 32 ? shifted : shifted & (1 << width) - 1;
    }

    int of(byte[] bytes, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum = next(sum, bytes[i]);
        }
        return sum;
    }
}
