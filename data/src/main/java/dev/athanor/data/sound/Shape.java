package dev.athanor.data.sound;

import dev.athanor.data.Unusable;

/// What a file's header says of its samples, believed only within limits, before memory is taken.
///
/// @param frames samples of each channel; 0 where the header does not say
record Shape(int rate, int channels, long frames) {
    /// Telephones have 8,000; below is nothing that a person understands. Above is no converter that is sold.
    static final int LOWEST = 1_000;

    static final int HIGHEST = 768_000;
    private static final int MOST_CHANNELS = 32;

    /// 256 MiB as floats: 25 minutes at 44,100 samples a second.
    static final int LONGEST = 1 << 26;

    /// @throws Unusable for claims that cannot be, or that are too large
    static Shape checked(int rate, int channels, long frames) throws Unusable {
        if (rate < LOWEST || rate > HIGHEST) {
            throw Broken.header("claims %d samples a second: expected %d to %d"
                    .formatted(Integer.toUnsignedLong(rate), LOWEST, HIGHEST));
        }
        if (channels < 1 || channels > MOST_CHANNELS) {
            throw Broken.header("claims %d channels: expected 1 to %d".formatted(channels, MOST_CHANNELS));
        }
        if (frames > LONGEST) {
            throw Broken.tooLong("claims %d samples, %d seconds: at most %d samples are read at once"
                    .formatted(frames, frames / rate, LONGEST));
        }
        return new Shape(rate, channels, frames);
    }
}
