package dev.athanor.evaluate;

import dev.athanor.data.Dataset;
import dev.athanor.data.Sample;
import dev.athanor.data.Seed;
import dev.athanor.data.Split;
import dev.athanor.data.image.Image;
import dev.athanor.data.sound.Sound;
import dev.athanor.generate.image.ImageGenerator;
import dev.athanor.generate.image.ImageRequest;
import dev.athanor.generate.show.ColourMap;
import dev.athanor.generate.sound.ChosenVoice;
import dev.athanor.generate.sound.SoundGenerator;
import dev.athanor.model.ImageConfig;
import dev.athanor.model.ImageFormat;
import dev.athanor.model.ImageShape;
import dev.athanor.model.ImageSource;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.SoundForm;
import dev.athanor.torch.Engine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// What a model makes beside what is real: pictures of the split, told apart by their fields, and as many of
/// the model's, told the same. Of sounds these are the spectrograms of what is heard in the end.
///
/// @param fields what each pair of pictures shows
/// @param made by the model
/// @param sounds that the pictures made are the spectrograms of; empty for pictures
/// @param voice what these sounds were spoken with
record Examples(
        ImageShape shape,
        ImageSource source,
        List<SequencedMap<String, String>> fields,
        List<Image> real,
        List<Image> made,
        List<Sound> sounds,
        Optional<String> voice) {

    private static final ColourMap.Range FROM_SILENCE = new ColourMap.Range(0, 255); // as SoundForm has it

    static Examples of(ModelFolder folder, Engine engine, Dataset dataset, Lot lot) {
        if (folder.images().sound().isPresent()) {
            return sounds(folder, engine, dataset, lot);
        }
        Examples examples = none(folder.images(), shape(folder), Optional.empty());
        try (ImageGenerator generator = ImageGenerator.open(folder, engine)) {
            examples.fill(
                    examples.alike(folder.images(), dataset, lot),
                    lot,
                    request -> generator.generate(request, _ -> {}));
        }
        return examples;
    }

    private static Examples sounds(ModelFolder folder, Engine engine, Dataset dataset, Lot lot) {
        SoundForm form = folder.images().sound().orElseThrow();
        try (ChosenVoice voice = lot.vocoder()
                        .map(vocoder -> ChosenVoice.of(vocoder, form.mel(), engine))
                        .orElseGet(() -> ChosenVoice.griffinLim(lot.seed().branch("waves")));
                SoundGenerator generator = SoundGenerator.open(folder, engine, voice)) {
            Examples examples = none(folder.images(), form.shape(), Optional.of(voice.name()));
            examples.fill(examples.alike(folder.images(), dataset, lot), lot, request -> {
                List<Sound> made = generator.generate(request);
                examples.sounds().addAll(made);
                return made.stream()
                        .map(sound -> form.shape().image(form.planes(sound)))
                        .toList();
            });
            return examples;
        }
    }

    /// Which of a split's samples, and how others are made beside them.
    ///
    /// @param count of each
    /// @param vocoder that speaks the sounds; none: Griffin-Lim does
    record Lot(Split split, int count, ImageRequest.Denoising denoising, Optional<ModelFolder> vocoder, Seed seed) {}

    private static Examples none(ImageFormat format, ImageShape shape, Optional<String> voice) {
        return new Examples(
                shape,
                ImageSource.of(format, shape),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                voice);
    }

    /// The split's pictures, those that are told the same together.
    private Map<SequencedMap<String, String>, List<Image>> alike(ImageFormat format, Dataset dataset, Lot lot) {
        Map<SequencedMap<String, String>, List<Image>> alike = new LinkedHashMap<>();
        Spread spread = new Spread(dataset.count(lot.split()), lot.count());
        long[] number = {0};
        try (Stream<Sample> samples = dataset.samples(lot.split())) {
            samples.filter(_ -> spread.takes(number[0]++))
                    .forEach(sample -> alike.computeIfAbsent(known(format, sample), _ -> new ArrayList<>())
                            .add(picture(sample)));
        }
        return alike;
    }

    private static ImageShape shape(ModelFolder folder) {
        return ((ImageConfig) folder.config()).shape();
    }

    private static SequencedMap<String, String> known(ImageFormat format, Sample sample) {
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        for (ImageFormat.Field field : format.fields()) {
            String value = format.value(sample, field.name());
            if (field.values().contains(value)) {
                fields.put(field.name(), value);
            }
        }
        return fields;
    }

    /// One for each real picture.
    private void fill(
            Map<SequencedMap<String, String>, List<Image>> alike, Lot lot, Function<ImageRequest, List<Image>> making) {
        alike.forEach((told, pictures) -> {
            made.addAll(making.apply(new ImageRequest(
                    told, "", pictures.size(), lot.denoising(), lot.seed().branch("samples " + told))));
            real.addAll(pictures);
            pictures.forEach(_ -> fields.add(told));
        });
    }

    /// Some of them from all over a list, which is in the order of labels.
    static <T> List<T> spread(List<T> all, int most) {
        int count = Math.min(most, all.size());
        List<T> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(all.get((int) ((long) i * all.size() / count)));
        }
        return some;
    }

    Image picture(Sample sample) {
        return shape.image(source.planes(sample));
    }

    /// Pictures as people look at them: spectrograms with the lowest band at the bottom and in colours.
    List<Image> shown(List<Image> pictures) {
        return voice.isEmpty()
                ? pictures
                : pictures.stream().map(Examples::coloured).toList();
    }

    static Image coloured(Image spectrogram) {
        float[][] frames = new float[spectrogram.width()][spectrogram.height()];
        for (int frame = 0; frame < frames.length; frame++) {
            for (int band = 0; band < spectrogram.height(); band++) {
                frames[frame][band] = spectrogram.at(frame, band, 0);
            }
        }
        return ColourMap.MAGMA.picture(frames, FROM_SILENCE);
    }
}
