package dev.athanor.data;

import dev.athanor.data.clean.Flaws;
import dev.athanor.data.image.Decoder;
import dev.athanor.data.image.Image;
import dev.athanor.data.image.Rgb;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.SoundReader;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;

/// One number for each sample by which the duplicates of a group are compared: the greatest stays.
final class Worth {
    /// That of a sample without the number that is asked for.
    static final long NONE = Long.MIN_VALUE;

    private static final int FLAWS_AT = 56;
    private static final int FIELDS_AT = 40;
    private static final long MOST_FIELDS = (1L << FLAWS_AT - FIELDS_AT) - 1;

    /// Java reads `12d` as a number, too, and people do not.
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    private Worth() {}

    /// @throws IllegalArgumentException for a field that the dataset does not have, with the nearest
    static ToLongFunction<Sample> of(Keep keep, Dataset dataset) {
        return switch (keep) {
            case Keep.First _ -> _ -> 0;
            case Keep.Longest _ -> Worth::length;
            case Keep.Best _ ->
                switch (dataset.kind()) {
                    case TEXT -> new Texts()::worth;
                    case TABLE -> _ -> 0; // equal ones are the same
                    case IMAGE -> Worth::ofPicture;
                    case SOUND -> Worth::ofSound;
                };
            case Keep.Greatest(String field) -> {
                require(field, dataset);
                yield sample -> ofNumber(number(sample, field));
            }
        };
    }

    private static void require(String field, Dataset dataset) {
        List<String> known = dataset.manifest().fields();
        if (!known.contains(field)) {
            throw new IllegalArgumentException("--keep best:%s: %s has no field \"%s\"%s; it has %s"
                    .formatted(
                            field,
                            dataset.reference(),
                            field,
                            Nearest.hint(field, known),
                            known.isEmpty() ? "none" : String.join(", ", known)));
        }
    }

    private static long length(Sample sample) {
        return sample.media().isEmpty()
                ? sample.text().codePointCount(0, sample.text().length())
                : sample.media().bytes().length;
    }

    /// Flaws above, filled fields in the middle, characters below.
    private static final class Texts {
        private final Flaws flaws = new Flaws();

        long worth(Sample sample) {
            long faultless = Flaws.MOST - flaws.of(sample);
            long filled = sample.fields().values().stream()
                    .filter(value -> !value.isBlank())
                    .count();
            return faultless << FLAWS_AT | Math.min(filled, MOST_FIELDS) << FIELDS_AT | length(sample);
        }
    }

    private static long ofPicture(Sample sample) {
        try {
            Image image = Decoder.decode(sample.media().bytes(), Rgb.WHITE);
            return (long) image.width() * image.height() << Integer.SIZE
                    | sample.media().bytes().length;
        } catch (Unusable broken) {
            throw new DataException("the picture of %s %s".formatted(sample.origin(), broken.getMessage()), broken);
        }
    }

    private static long ofSound(Sample sample) {
        Sound sound = SoundReader.read(sample.origin(), sample.media().bytes()).sound();
        return (long) sound.rate() << Integer.SIZE | sound.samples().length;
    }

    /// The number that stands in a field of a sample; empty where none does.
    static OptionalDouble number(Sample sample, String field) {
        String value = sample.fields().getOrDefault(field, "").strip();
        return NUMBER.matcher(value).matches() ? OptionalDouble.of(Double.parseDouble(value)) : OptionalDouble.empty();
    }

    /// Numbers in their order; what is none below them all.
    private static long ofNumber(OptionalDouble number) {
        if (number.isEmpty()) {
            return NONE;
        }
        long bits = Double.doubleToLongBits(number.getAsDouble() + 0.0); // -0 is 0
        return bits >= 0 ? bits : bits ^ Long.MAX_VALUE;
    }
}
