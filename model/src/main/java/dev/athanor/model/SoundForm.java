package dev.athanor.model;

import dev.athanor.data.sound.MelSettings;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.Spectrogram;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How sounds become pictures of a model: spectrograms in mels, silence -1 and the loudest place there is 1.
///
/// @param frames of every picture: shorter sounds are followed by silence, longer ones are cut
/// @param loudest value of the training split's spectrograms
public record SoundForm(MelSettings mel, int frames, float loudest) {
    public SoundForm {
        Sizes.positive("frames", frames);
        if (!(loudest > Spectrogram.SILENCE)) {
            throw new IllegalArgumentException(
                    "the loudest place is %s: expected more than silence, %s. Are all sounds silent?"
                            .formatted(loudest, Spectrogram.SILENCE));
        }
    }

    public ImageShape shape() {
        return new ImageShape(1, mel.mels(), frames);
    }

    /// The spectrogram of a sound as (1, mels, frames) from -1 to 1.
    ///
    /// @throws IllegalArgumentException where the sound has another rate
    public float[] planes(Sound sound) {
        Spectrogram spectrogram = Spectrogram.of(sound, mel);
        float[] planes = new float[mel.mels() * frames];
        Arrays.fill(planes, -1);
        int taken = Math.min(frames, spectrogram.frames());
        for (int band = 0; band < mel.mels(); band++) {
            for (int frame = 0; frame < taken; frame++) {
                float value = spectrogram.values()[band * spectrogram.frames() + frame];
                planes[band * frames + frame] = Math.min(1, 2 * (value - Spectrogram.SILENCE) / range() - 1);
            }
        }
        return planes;
    }

    /// The way back; what lies below silence is silence.
    public Spectrogram spectrogram(float[] planes) {
        float[] values = new float[planes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(Spectrogram.SILENCE, (planes[i] + 1) / 2 * range() + Spectrogram.SILENCE);
        }
        return new Spectrogram(mel, frames, values);
    }

    private float range() {
        return loudest - Spectrogram.SILENCE;
    }

    void write(ObjectNode json) {
        MelEntry.write(mel, json);
        json.put("frames", frames).put("loudest", loudest);
    }

    static SoundForm read(JsonNode json) {
        return Sizes.fromFile(() -> new SoundForm(
                MelEntry.read(json),
                Sizes.read(json, "frames"),
                json.path("loudest").floatValue()));
    }
}
