package dev.athanor.evaluate;

import dev.athanor.data.Dataset;
import dev.athanor.data.Sample;
import dev.athanor.data.Seed;
import dev.athanor.data.Split;
import dev.athanor.data.image.Image;
import dev.athanor.data.sound.GriffinLim;
import dev.athanor.data.sound.Sound;
import dev.athanor.generate.image.ImageGenerator;
import dev.athanor.generate.image.ImageRequest;
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
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// What a model makes beside what is real: pictures of the split, told apart by their fields, and as many of
/// the model's, told the same. Of sounds these are the spectrograms of what is heard in the end.
///
/// @param fields what each pair of pictures shows
/// @param made by the model
/// @param sounds that the pictures made are the spectrograms of; empty for pictures
record Examples(
        ImageShape shape,
        ImageSource source,
        List<SequencedMap<String, String>> fields,
        List<Image> real,
        List<Image> made,
        List<Sound> sounds) {

    /// @param count of each
    static Examples of(ModelFolder folder, Engine engine, Dataset dataset, Lot lot) {
        ImageFormat format = folder.images();
        ImageShape shape = folder.images().sound().map(SoundForm::shape).orElseGet(() -> shape(folder));
        Examples examples = new Examples(
                shape,
                ImageSource.of(format, shape),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        Map<SequencedMap<String, String>, List<Image>> alike = new LinkedHashMap<>();
        try (Stream<Sample> samples = dataset.samples(lot.split())) {
            samples.limit(lot.count())
                    .forEach(sample -> alike.computeIfAbsent(known(format, sample), _ -> new ArrayList<>())
                            .add(examples.picture(sample)));
        }
        if (format.sound().isPresent()) {
            SoundForm form = format.sound().get();
            GriffinLim waves = GriffinLim.usual(lot.seed().branch("waves"));
            try (SoundGenerator generator = SoundGenerator.open(folder, engine, waves::sound)) {
                examples.fill(alike, lot, request -> {
                    List<Sound> made = generator.generate(request);
                    examples.sounds().addAll(made);
                    return made.stream()
                            .map(sound -> shape.image(form.planes(sound)))
                            .toList();
                });
            }
        } else {
            try (ImageGenerator generator = ImageGenerator.open(folder, engine)) {
                examples.fill(alike, lot, request -> generator.generate(request, _ -> {}));
            }
        }
        return examples;
    }

    /// Which of a split's samples, and how others are made beside them.
    record Lot(Split split, int count, ImageRequest.Denoising denoising, Seed seed) {}

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

    /// One for each real picture, those that are told the same together.
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
}
