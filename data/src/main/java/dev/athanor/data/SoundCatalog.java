package dev.athanor.data;

import dev.athanor.data.sound.Preparation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// The part of the [Catalog] that is sounds.
final class SoundCatalog {
    private static final String DIGITS = "26eb9aaf76e81b692f806f9140c2d2777410d7a1";
    private static final List<String> WORDS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

    /// Recordings of a digit and speaker below this are the publisher's test.
    private static final int TEST_ENDS = 5;

    private static final int VALIDATION_ENDS = 10;

    static final List<Catalog.Entry> ENTRIES = List.of(freeSpokenDigits());

    private SoundCatalog() {}

    /// The recordings are published one by one: so a copy is needed.
    private static Catalog.Entry freeSpokenDigits() {
        return new Catalog.Entry(
                "free_spoken_digits",
                "2,000 recordings of the digits 0 to 9 by four speakers, English, 8,000 Hz; of each the first five are for the test, the next five for validation; read from a copy",
                "CC BY-SA 4.0",
                List.of(new Catalog.Source(
                        Catalog.github("Jakobovski/free-spoken-digit-dataset", DIGITS, "recordings"),
                        "recordings.zip",
                        "f6cac539d027e70adf271ff2878498359549d8ab1771a90bacd7b063b8aa42f6",
                        Catalog.Source.Form.MADE)),
                ImportOptions.of("free_spoken_digits")
                        .withColumns("text", "label", List.of())
                        .withMedia(MediaForms.USUAL.withSounds(Preparation.USUAL.withRate(8000)))
                        .withPlan(Catalog.GIVEN)
                        .withLicence("CC BY-SA 4.0"),
                new Importer.Knowledge(
                        List.of("label", "speaker"),
                        (file, _, _) -> Optional.of(split(Integer.parseInt(parts(file)[2]))),
                        (_, values) -> values,
                        (_, _) -> true,
                        SoundCatalog::spoken));
    }

    /// A file is called by digit, speaker and number: `7_jackson_32.wav`.
    private static String[] parts(String file) {
        return file.substring(file.lastIndexOf('/') + 1).replace(".wav", "").split("_");
    }

    private static Split split(int number) {
        if (number < TEST_ENDS) {
            return Split.TEST;
        }
        return number < VALIDATION_ENDS ? Split.VALIDATION : Split.TRAIN;
    }

    private static SequencedMap<String, String> spoken(String file) {
        String[] parts = parts(file);
        SequencedMap<String, String> values = new LinkedHashMap<>();
        values.put("text", WORDS.get(Integer.parseInt(parts[0])));
        values.put("label", parts[0]);
        values.put("speaker", parts[1]);
        return values;
    }
}
