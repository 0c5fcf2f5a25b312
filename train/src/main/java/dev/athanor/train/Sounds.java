package dev.athanor.train;

import dev.athanor.data.Dataset;
import dev.athanor.data.Sample;
import dev.athanor.data.Split;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.SoundReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The sounds of one split of a dataset, in memory.
///
/// @param rate samples a second, of all; 0 where there are none
/// @param samples of each sound, -1 to 1 as -32767 to 32767
record Sounds(int rate, List<short[]> samples) {
    private static final float STEPS = 32767;

    static Sounds read(Dataset dataset, Split split) {
        List<short[]> all = new ArrayList<>();
        Optional<Integer> rate = Optional.empty();
        try (Stream<Sample> samples = dataset.samples(split)) {
            for (Sample sample : (Iterable<Sample>) samples::iterator) {
                Sound sound = SoundReader.read(sample.origin(), sample.media().bytes())
                        .sound();
                refuseOtherRate(sample, sound, rate.orElse(sound.rate()));
                rate = Optional.of(sound.rate());
                all.add(packed(sound.samples()));
            }
        }
        return new Sounds(rate.orElse(0), all);
    }

    private static void refuseOtherRate(Sample sample, Sound sound, int rate) {
        if (sound.rate() != rate) {
            throw new IllegalArgumentException(
                    "%s has %d samples a second and the sounds before it %d: import them at one rate, with --rate %d"
                            .formatted(sample.origin(), sound.rate(), rate, rate));
        }
    }

    private static short[] packed(float[] samples) {
        short[] packed = new short[samples.length];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = (short) Math.round(Math.clamp(samples[i], -1f, 1f) * STEPS);
        }
        return packed;
    }

    int count() {
        return samples.size();
    }

    /// Samples of all.
    long length() {
        return samples.stream().mapToLong(sound -> sound.length).sum();
    }

    /// A piece of a sound.
    ///
    /// @param sound its number
    /// @param from its first sample
    record Place(int sound, int from) {}

    /// Pieces of a length; behind the end of a sound is silence.
    SoundBatch cut(List<Place> places, int length) {
        float[] pieces = new float[places.size() * length];
        for (int row = 0; row < places.size(); row++) {
            Place place = places.get(row);
            short[] sound = samples.get(place.sound());
            int count = Math.min(length, sound.length - place.from());
            for (int i = 0; i < count; i++) {
                pieces[row * length + i] = sound[place.from() + i] / STEPS;
            }
        }
        return new SoundBatch(pieces, places.size());
    }
}
