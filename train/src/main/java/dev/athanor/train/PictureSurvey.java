package dev.athanor.train;

import dev.athanor.data.Dataset;
import dev.athanor.data.Kind;
import dev.athanor.data.Sample;
import dev.athanor.data.Split;
import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import dev.athanor.data.sound.MelSettings;
import dev.athanor.model.ImageFormat;
import dev.athanor.model.ImageShape;
import dev.athanor.model.SoundForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What a recipe that says nothing is filled in from: a look over all pictures of the training split.
///
/// @param shape that the model's pictures shall have
/// @param sound how they are spectrograms, where the dataset holds sounds
/// @param fields that the model shall be told
/// @param captions of all pictures that have one
/// @param count pictures
record PictureSurvey(
        ImageShape shape,
        Optional<SoundForm> sound,
        List<ImageFormat.Field> fields,
        List<String> captions,
        long count) {
    /// The word of a recipe for fields that are closed sets.
    static final String CLOSED = "closed";

    private static final int MOST_VALUES = 64; // of a closed set that is not the label

    private static final int USUAL_SIDE = 32;
    private static final int LARGEST_SIDE = 64;

    static PictureSurvey of(Recipe recipe, Dataset dataset) {
        Map<String, SortedSet<String>> values = new LinkedHashMap<>();
        boolean closed = recipe.data().fields().equals(List.of(CLOSED));
        List<String> names = names(recipe, dataset, closed);
        names.forEach(name -> values.put(name, new TreeSet<>()));
        List<String> captions = new ArrayList<>();
        boolean heard = dataset.manifest().kind() == Kind.SOUND;
        Sides sides = new Sides();
        SoundSpans spans = new SoundSpans();
        try (Stream<Sample> samples = dataset.samples(Split.TRAIN)) {
            samples.forEach(sample -> {
                values.forEach((name, known) -> {
                    String value = sample.fields().getOrDefault(name, "");
                    if (!value.isEmpty()) {
                        known.add(value);
                    }
                });
                if (!sample.text().isBlank()) {
                    captions.add(sample.text());
                }
                if (heard) {
                    spans.listen(sample);
                } else {
                    sides.look(Png.read(sample.media().bytes()));
                }
            });
        }
        if (heard && recipe.model().family() != Recipe.Family.IMAGE_CLASSIFIER) {
            words(captions).ifPresent(words -> values.put(ImageFormat.WORDS, words));
        }
        String label = dataset.manifest().label();
        List<ImageFormat.Field> fields = values.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .filter(entry -> !closed
                        || entry.getKey().equals(label)
                        || entry.getValue().size() <= MOST_VALUES)
                .map(entry -> new ImageFormat.Field(entry.getKey(), List.copyOf(entry.getValue())))
                .toList();
        return heard
                ? of(
                        spans.form(recipe.model()
                                .factor(MelSettings.forRate(spans.rate()).mels())),
                        fields,
                        captions,
                        spans)
                : new PictureSurvey(sides.shape(recipe), Optional.empty(), fields, captions, sides.count);
    }

    private static PictureSurvey of(
            SoundForm form, List<ImageFormat.Field> fields, List<String> captions, SoundSpans spans) {
        return new PictureSurvey(form.shape(), Optional.of(form), fields, captions, spans.count());
    }

    /// What sounds say, where that is a closed set: a field like any other.
    private static Optional<SortedSet<String>> words(List<String> captions) {
        SortedSet<String> words = new TreeSet<>(captions);
        return words.isEmpty() || words.size() > MOST_VALUES ? Optional.empty() : Optional.of(words);
    }

    private static List<String> names(Recipe recipe, Dataset dataset, boolean closed) {
        if (recipe.model().family() == Recipe.Family.IMAGE_CLASSIFIER) {
            return List.of(judged(recipe, dataset, closed));
        }
        return closed ? dataset.manifest().fields() : recipe.data().conditions(dataset);
    }

    /// The one field that a classifier learns to tell.
    private static String judged(Recipe recipe, Dataset dataset, boolean closed) {
        String label = dataset.manifest().label();
        List<String> named = closed ? List.of() : recipe.data().conditions(dataset);
        if (named.size() == 1) {
            return named.getFirst();
        }
        if (!named.isEmpty() || label.isEmpty()) {
            List<String> known = dataset.manifest().fields();
            throw new IllegalArgumentException("a classifier learns to tell one field, and %s: %s"
                    .formatted(
                            named.isEmpty()
                                    ? "the dataset %s has no label".formatted(dataset.reference())
                                    : "data.fields names " + String.join(", ", named),
                            known.isEmpty()
                                    ? "import the pictures again with a label, for example from a folder for each value"
                                    : "give data.fields=[NAME], where NAME is one of " + String.join(", ", known)));
        }
        return label;
    }

    boolean isCaptioned() {
        return captions.size() > count / 2;
    }

    /// Sizes and colours seen so far.
    private static final class Sides {
        private int side; // of all so far; 0 where none or not alike
        private boolean color;
        private long count;

        void look(Image image) {
            int own = image.width() == image.height() ? image.width() : 0;
            side = count == 0 || own == side ? own : 0;
            color |= image.channels() == 3;
            count++;
        }

        ImageShape shape(Recipe recipe) {
            int asked = recipe.image().size();
            int found = side > 0 && side <= LARGEST_SIDE ? side : USUAL_SIDE;
            int factor = recipe.model().factor(asked > 0 ? asked : found);
            int fitting = asked > 0 ? asked : Math.ceilDiv(found, factor) * factor;
            boolean colored = switch (recipe.image().color()) {
                case AUTO -> color;
                case GREY -> false;
                case COLOR -> true;
            };
            return new ImageShape(colored ? 3 : 1, fitting, fitting);
        }
    }
}
