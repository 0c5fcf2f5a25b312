package dev.athanor.evaluate;

import dev.athanor.data.Dataset;
import dev.athanor.data.Durable;
import dev.athanor.data.Sample;
import dev.athanor.data.Seed;
import dev.athanor.data.Split;
import dev.athanor.data.image.Png;
import dev.athanor.data.sound.MelSettings;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.SoundReader;
import dev.athanor.data.sound.Spectrogram;
import dev.athanor.data.sound.Wav;
import dev.athanor.evaluate.page.Block;
import dev.athanor.generate.show.ColourMap;
import dev.athanor.generate.sound.ChosenVoice;
import dev.athanor.generate.sound.Voice;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.SoundConfig;
import dev.athanor.torch.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Measures a vocoder: what it makes of the spectrograms of sounds that it has not heard is held against these
/// sounds, and so is what Griffin-Lim makes of them.
public final class VocoderEvaluator {
    private static final int SHOWN = 4; // sounds on the page
    private static final float HEARD = 80; // dB below the loudest place that are shown: as LogSpectralDistance hears

    private final Engine engine;
    private final Settings settings;

    /// @param sounds of the split at most, from all over it
    /// @param seed of Griffin-Lim's beginning
    public record Settings(int sounds, Seed seed) {}

    public VocoderEvaluator(Engine engine, Settings settings) {
        this.engine = engine;
        this.settings = settings;
    }

    /// Measures, and writes `report.md`, `report.json` and `report.html` into the model's folder.
    ///
    /// @throws IllegalArgumentException where the folder's model is no vocoder, or the split has no sound of
    ///     its rate
    public SoundReportCard evaluate(ModelFolder folder, Dataset dataset, Split split) {
        if (!(folder.config() instanceof SoundConfig config)) {
            throw new IllegalArgumentException("the model %s is an %s, and a vocoder is measured here"
                    .formatted(folder.name(), folder.config().family()));
        }
        List<Sound> sounds = sounds(dataset, split);
        if (sounds.isEmpty()) {
            throw new IllegalArgumentException("the %s split of %s has no sound that can be heard: choose another split"
                    .formatted(split.word(), dataset.reference()));
        }
        try (ChosenVoice own = ChosenVoice.of(folder, config.mel(), engine);
                ChosenVoice other = ChosenVoice.griffinLim(settings.seed())) {
            SoundReportCard card = new SoundReportCard(
                    folder.name(),
                    dataset.reference(),
                    split.word(),
                    Optional.empty(),
                    List.of(
                            measure(folder.name(), own, sounds, config.mel()),
                            measure(other.name(), other, sounds, config.mel())));
            Durable.file(folder.folder().resolve(Evaluator.MARKDOWN), card.toMarkdown());
            Durable.file(folder.folder().resolve(Evaluator.JSON), card.toJson().toPrettyString());
            Durable.file(
                    folder.folder().resolve(ImageEvaluator.PAGE),
                    card.toPage(shown(sounds, List.of(own, other), config.mel()))
                            .toHtml());
            return card;
        }
    }

    /// Sounds from all over the split that are not silent.
    private List<Sound> sounds(Dataset dataset, Split split) {
        Spread spread = new Spread(dataset.count(split), settings.sounds());
        long[] number = {0};
        try (Stream<Sample> samples = dataset.samples(split)) {
            return samples.filter(_ -> spread.takes(number[0]++))
                    .map(sample -> SoundReader.read(
                                    sample.origin(), sample.media().bytes())
                            .sound())
                    .filter(sound -> sound.peak() > 0)
                    .toList();
        }
    }

    private static Vocoder measure(String name, Voice voice, List<Sound> sounds, MelSettings mel) {
        voice.sound(Spectrogram.of(sounds.getFirst(), mel)); // what is done for the first time takes longer
        double decibels = 0;
        double length = 0;
        long nanos = 0;
        for (Sound sound : sounds) {
            Spectrogram spectrogram = Spectrogram.of(sound, mel);
            long begun = System.nanoTime();
            Sound made = voice.sound(spectrogram);
            nanos += System.nanoTime() - begun;
            length += made.length().toNanos();
            decibels += distance(sound, made, mel).decibels();
        }
        return new Vocoder(name, decibels / sounds.size(), nanos / length, sounds.size());
    }

    /// The end of the original that makes no whole frame is not made again, and not compared.
    static LogSpectralDistance distance(Sound original, Sound made, MelSettings mel) {
        Sound cut = new Sound(original.rate(), Arrays.copyOf(original.samples(), made.samples().length));
        return LogSpectralDistance.of(
                turned(Spectrogram.magnitudes(cut, mel)), turned(Spectrogram.magnitudes(made, mel)));
    }

    private static float[][] turned(float[][] rows) {
        float[][] columns = new float[rows[0].length][rows.length];
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < columns.length; column++) {
                columns[column][row] = rows[row][column];
            }
        }
        return columns;
    }

    private static List<Block> shown(List<Sound> sounds, List<ChosenVoice> voices, MelSettings mel) {
        List<Block> blocks = new ArrayList<>();
        for (Sound sound : sounds.subList(0, Math.min(SHOWN, sounds.size()))) {
            float[][] levels = levels(sound, mel);
            float loudest = ColourMap.Range.of(levels).highest();
            ColourMap.Range range = new ColourMap.Range(loudest - HEARD, loudest);
            List<Block.Clip> clips = new ArrayList<>();
            clips.add(clip("the original", sound, levels, range));
            for (ChosenVoice voice : voices) {
                Sound made = voice.sound(Spectrogram.of(sound, mel));
                clips.add(clip("made by " + voice.name(), made, levels(made, mel), range));
            }
            blocks.add(new Block.Sounds(clips));
        }
        return blocks;
    }

    private static Block.Clip clip(String caption, Sound sound, float[][] levels, ColourMap.Range range) {
        byte[] picture = Png.write(ColourMap.MAGMA.picture(levels, range));
        return new Block.Clip(caption, Wav.write(sound), Optional.of(new Block.Picture(caption, picture)));
    }

    /// In dB, frame by frame.
    private static float[][] levels(Sound sound, MelSettings mel) {
        float[][] columns = turned(Spectrogram.magnitudes(sound, mel));
        for (float[] column : columns) {
            for (int i = 0; i < column.length; i++) {
                column[i] = (float) (20 * Math.log10(Math.max(column[i], 1e-9)));
            }
        }
        return columns;
    }
}
