package dev.athanor.data.sound;

import dev.athanor.data.DataException;

/// What a file's header says of its samples, believed only within limits, before memory is taken.
///
/// @param name of the file, for messages
/// @param frames samples of each channel; 0 where the header does not say
record Shape(String name, int rate, int channels, long frames) {
    /// Telephones have 8,000; below is nothing that a person understands. Above is no converter that is sold.
    private static final int LOWEST = 1_000;

    private static final int HIGHEST = 768_000;
    private static final int MOST_CHANNELS = 32;

    /// 256 MiB as floats: 25 minutes at 44,100 samples a second.
    static final int LONGEST = 1 << 26;

    Shape {
        if (rate < LOWEST || rate > HIGHEST) {
            throw new DataException(
                    "%s claims %d samples a second: expected %d to %d. Its header is broken; write it again"
                            .formatted(name, Integer.toUnsignedLong(rate), LOWEST, HIGHEST));
        }
        if (channels < 1 || channels > MOST_CHANNELS) {
            throw new DataException("%s claims %d channels: expected 1 to %d. Its header is broken; write it again"
                    .formatted(name, channels, MOST_CHANNELS));
        }
        if (frames > LONGEST) {
            throw new DataException(
                    "%s claims %d samples, %d seconds: at most %d samples are read at once. Cut it into shorter pieces"
                            .formatted(name, frames, frames / rate, LONGEST));
        }
    }
}
