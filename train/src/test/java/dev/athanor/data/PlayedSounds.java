package dev.athanor.data;

import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.Wav;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import tools.jackson.databind.node.JsonNodeFactory;

/// Datasets of sounds that tests play: a tone with its overtones, high or low, that dies away.
public final class PlayedSounds {
    private PlayedSounds() {}

    /// @param rate samples a second
    /// @param seconds of the longest sound; the others have half of that or more
    /// @param count of all splits: seven tenths to learn from, two to look at, one to test with
    public record Set(String name, int rate, double seconds, int count) {}

    /// Each says its word, `high` or `low`, and is played by `flute` or `string`.
    public static Dataset tones(Workspace workspace, Set set) {
        SplittableRandom random = new SplittableRandom(7);
        return VersionWriter.write(
                new Datasets(workspace),
                new VersionWriter.Schema(set.name(), Kind.SOUND, "player", List.of("player")),
                new SplitPlan.Given(),
                writer -> {
                    for (int i = 0; i < set.count(); i++) {
                        boolean high = i % 2 == 0;
                        boolean flute = i % 4 < 2;
                        Sound sound = tone(set, high ? 440 : 196, flute ? 0.1 : 0.6, random);
                        writer.add(
                                new Sample(
                                        "s" + i,
                                        high ? "high" : "low",
                                        new Media(Wav.write(sound), i + ".wav"),
                                        new LinkedHashMap<>(Map.of("player", flute ? "flute" : "string")),
                                        "played"),
                                Optional.of(i % 10 < 7 ? Split.TRAIN : i % 10 < 9 ? Split.VALIDATION : Split.TEST));
                    }
                    return new VersionWriter.Description(
                            List.of(), List.of(), "", JsonNodeFactory.instance.objectNode());
                });
    }

    /// @param overtones how strong each is, as a share of the one below
    private static Sound tone(Set set, double pitch, double overtones, SplittableRandom random) {
        float[] samples = new float[(int) (set.rate() * set.seconds() * random.nextDouble(0.5, 1))];
        double own = pitch * random.nextDouble(0.95, 1.05);
        for (int i = 0; i < samples.length; i++) {
            double time = (double) i / set.rate();
            double strength = 0.3;
            for (int harmonic = 1; harmonic <= 5; harmonic++) {
                samples[i] += (float) (strength * Math.sin(2 * Math.PI * own * harmonic * time) * Math.exp(-4 * time));
                strength *= overtones;
            }
            samples[i] += (float) (0.002 * random.nextGaussian());
        }
        return new Sound(set.rate(), samples);
    }
}
