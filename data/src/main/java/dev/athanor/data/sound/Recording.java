package dev.athanor.data.sound;

/// A sound as it was read, with what is worth telling of its file.
///
/// @param sound all channels mixed to one
/// @param format what the file is, whatever it is called
/// @param channels that the file has
/// @param coding of one sample, in words: `16 bits`, `32 bits, floating point`
/// @param clipped samples at which the recording was cut off, being too loud
public record Recording(Sound sound, SoundFormat format, int channels, String coding, int clipped) {
    /// Equal samples in a row at the loudest place that are no chance.
    private static final int ROW = 3;

    /// Full scale and a little below: eight bits reach 127/128.
    private static final float FULL = 0.98f;

    static Recording of(Sound sound, SoundFormat format, int channels, String coding) {
        return new Recording(sound, format, channels, coding, clipped(sound.samples()));
    }

    /// Samples in rows of three or more that stand still near full scale.
    static int clipped(float[] samples) {
        int clipped = 0;
        int start = 0;
        for (int i = 1; i <= samples.length; i++) {
            if (i < samples.length && samples[i] == samples[start]) {
                continue;
            }
            if (i - start >= ROW && Math.abs(samples[start]) >= FULL) {
                clipped += i - start;
            }
            start = i;
        }
        return clipped;
    }
}
