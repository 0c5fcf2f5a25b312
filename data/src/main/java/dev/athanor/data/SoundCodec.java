package dev.athanor.data;

import dev.athanor.data.sound.Loudness;
import dev.athanor.data.sound.Preparation;
import dev.athanor.data.sound.Recording;
import dev.athanor.data.sound.Resampler;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.SoundFormat;
import dev.athanor.data.sound.SoundReader;
import dev.athanor.data.sound.Wav;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Sounds become WAV of one channel and 16 bits, prepared as told. It counts what it does, for [#notes].
final class SoundCodec implements Codec {
    /// Decibels that nobody hears.
    private static final double SLIGHT = 0.5;

    private final Preparation preparation;
    private final Map<Integer, Resampler> resamplers = new HashMap<>();
    private final Map<Integer, Long> rates = new TreeMap<>();
    private int rate;
    private long sounds;
    private double seconds;
    private double shortest = Double.MAX_VALUE;
    private double longest;
    private double cut;
    private long clipped;
    private long quiet;

    SoundCodec(Preparation preparation) {
        this.preparation = preparation;
    }

    @Override
    public Kind kind() {
        return Kind.SOUND;
    }

    @Override
    public String things() {
        return "sounds";
    }

    @Override
    public boolean isNamed(String path) {
        return SoundFormat.isNamed(path);
    }

    @Override
    public String extension() {
        return SoundFormat.WAV.extension();
    }

    /// A sound in which nothing is to be heard is left out: it would teach that its label or caption is
    /// silence.
    @Override
    public byte[] convert(byte[] file) throws Unusable {
        Recording recording = SoundReader.read(file);
        Sound read = recording.sound();
        if (rate == 0) {
            rate = preparation.rate(read.rate());
        }
        Sound trimmed = switch (preparation.ends()) {
            case Preparation.Ends.Own() -> read;
            case Preparation.Ends.Cut(var trim) -> trim.apply(read);
        };
        Sound sound = resamplers
                .computeIfAbsent(read.rate(), from -> new Resampler(from, rate))
                .resample(trimmed);
        Loudness loudness = Loudness.of(sound);
        if (loudness.isSilence()) {
            throw new Unusable("is silent: nowhere is it louder than -70 LUFS", "Record it again, or leave it out");
        }
        count(recording, trimmed);
        return Wav.write(levelled(sound, loudness));
    }

    private Sound levelled(Sound sound, Loudness loudness) {
        return switch (preparation.level()) {
            case Preparation.Level.Own() -> sound;
            case Preparation.Level.Target(double lufs) -> {
                double gain = loudness.gain(lufs);
                if (loudness.lufs() + gain < lufs - SLIGHT) {
                    quiet++;
                }
                yield Loudness.amplify(sound, gain);
            }
        };
    }

    private void count(Recording recording, Sound trimmed) {
        double length = seconds(trimmed);
        sounds++;
        seconds += length;
        shortest = Math.min(shortest, length);
        longest = Math.max(longest, length);
        cut += seconds(recording.sound()) - length;
        rates.merge(trimmed.rate(), 1L, Long::sum);
        if (recording.clipped() > 0) {
            clipped++;
        }
    }

    private static double seconds(Sound sound) {
        return sound.samples().length / (double) sound.rate();
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (sounds == 0) {
            return notes;
        }
        notes.add("%s of %.2f to %.2f seconds, %.0f seconds in all, at %d samples a second"
                .formatted(Counted.of(sounds, "sound"), shortest, longest, seconds, rate));
        if (rates.size() > 1 || !rates.containsKey(rate)) {
            notes.add("The sounds came with %s samples a second; --rate chooses another rate than %d"
                    .formatted(rates.keySet().stream().map(String::valueOf).collect(Collectors.joining(" or ")), rate));
        }
        if (cut >= 1) {
            notes.add("Silence at the ends of sounds was cut off, %s in all; --no-trim keeps it"
                    .formatted(Counted.of(Math.round(cut), "second")));
        }
        if (clipped > 0) {
            notes.add("Sounds that were recorded too loudly, so that their peaks are missing: %d. They were kept"
                    .formatted(clipped));
        }
        if (quiet > 0) {
            notes.add(
                    "Sounds that stay quieter than asked for, since their peaks would be cut off: %d".formatted(quiet));
        }
        return notes;
    }
}
