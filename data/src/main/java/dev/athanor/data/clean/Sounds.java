package dev.athanor.data.clean;

import dev.athanor.data.Kind;
import dev.athanor.data.Unusable;
import dev.athanor.data.sound.Loudness;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.SoundReader;

/// Drops sounds that nothing can be learnt from.
@About("drop sounds that are silent, clipped, too short or long, too quiet or loud")
record Sounds(
        @About("seconds below which a sound is dropped") double shortest,
        @About("seconds above which it is dropped") double longest,

        @About("loudness in LUFS below which it is dropped (silence always is)")
        double quietest,

        @About("loudness in LUFS above which it is dropped") double loudest,

        @About("most of the samples that may stand still at the peak, which was cut off there")
        double clipped)
        implements Step {
    static final Sounds USUAL = new Sounds(0.1, 600, -50, -5, 0.005);

    /// Equal samples in a row that are no chance, and how near the peak they are: as imports count them.
    private static final int ROW = 3;

    private static final float NEAR = 0.98f;

    Sounds {
        if (!(shortest >= 0 && longest >= shortest)) {
            throw new IllegalArgumentException(
                    "shortest %s and longest %s: expected 0 or more seconds, and longest at least shortest"
                            .formatted(shortest, longest));
        }
        if (!(loudest >= quietest)) {
            throw new IllegalArgumentException(
                    "quietest %s and loudest %s: expected loudness in LUFS, such as -50 and -5, loudest at least quietest"
                            .formatted(quietest, loudest));
        }
        Share.check("clipped", clipped);
    }

    @Override
    public boolean suits(Kind kind) {
        return kind == Kind.SOUND;
    }

    @Override
    public Treatment open(Surroundings around) {
        return Treatment.dropping(sample -> sample.media().bytes(), this::reason);
    }

    private String reason(byte[] file) {
        Sound sound;
        try {
            sound = SoundReader.read(file).sound();
        } catch (Unusable _) {
            return "broken";
        }
        double seconds = (double) sound.samples().length / sound.rate();
        if (seconds < shortest) {
            return "too short";
        }
        if (seconds > longest) {
            return "too long";
        }
        Loudness loudness = Loudness.of(sound);
        if (loudness.isSilence()) {
            return "silent";
        }
        if (loudness.lufs() < quietest) {
            return "too quiet";
        }
        if (loudness.lufs() > loudest) {
            return "too loud";
        }
        return still(sound) > clipped * sound.samples().length ? "clipped" : "";
    }

    /// Samples in rows that stand still near the sound's own peak. An import may have made the sound quieter, so
    /// full scale says nothing any more.
    static int still(Sound sound) {
        float[] samples = sound.samples();
        float near = NEAR * sound.peak();
        int still = 0;
        int start = 0;
        for (int i = 1; i <= samples.length; i++) {
            if (i < samples.length && samples[i] == samples[start]) {
                continue;
            }
            if (i - start >= ROW && Math.abs(samples[start]) >= near) {
                still += i - start;
            }
            start = i;
        }
        return still;
    }
}
