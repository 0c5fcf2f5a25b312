package dev.athanor.data.clean;

import com.optimaize.langdetect.LanguageDetector;
import com.optimaize.langdetect.LanguageDetectorBuilder;
import com.optimaize.langdetect.i18n.LdLocale;
import com.optimaize.langdetect.ngram.NgramExtractors;
import com.optimaize.langdetect.profiles.LanguageProfileReader;
import dev.athanor.data.Kind;
import dev.athanor.data.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// Drops texts in languages that are not wanted. Chinese, Japanese and Korean are told by their scripts; languages
/// with letters by how often these follow each other (the library language-detector, after Shuyo 2010).
@About("drop texts in other languages than those to keep; what they are in is counted")
record Language(
        @About("codes of the languages that stay, for example [en, zh]")
        List<String> keep,

        @About("how sure the answer must be, from 0 to 1, to be one")
        double least,

        @About("texts too short or too mixed to tell: keep, or drop")
        Unsure unsure)
        implements Step {
    enum Unsure {
        KEEP,
        DROP
    }

    /// Written in scripts of their own.
    private static final List<String> BY_SCRIPT = List.of("zh", "ja", "ko");

    /// The larger ones of the library's seventy. Each that is known makes the answer slower, and errors on short
    /// texts more ("hi" is Swahili where that is among them).
    private static final List<String> BY_LETTERS = List.of(
            "en", "de", "fr", "es", "pt", "it", "nl", "ru", "uk", "pl", "cs", "sv", "da", "no", "fi", "tr", "vi", "id",
            "ar", "fa", "he", "hi", "th", "ro", "hu", "el", "bg");

    static final Language USUAL = new Language(List.of("en", "zh"), 0.7, Unsure.KEEP);

    private static final String UNSURE = "unsure";

    /// Letters below which no answer is asked for: single words tell too little.
    private static final int FEWEST_LETTERS = 12;

    /// The library's way for short texts multiplies chances until they vanish: of 212 English answers of 40 to 5,000
    /// characters it took 82 for Italian, Vietnamese and others, and its way for longer ones none.
    private static final int SHORT = 50;

    /// More does not change the answer and takes time.
    private static final int MOST_CHARACTERS = 600;

    /// One Chinese character says about as much as three letters: an English name in a Chinese sentence does not
    /// make it English.
    private static final int WEIGHT = 3;

    Language {
        keep = List.copyOf(keep);
        Share.check("least", least);
        List<String> known =
                Stream.concat(BY_SCRIPT.stream(), BY_LETTERS.stream()).toList();
        for (String code : keep) {
            if (!known.contains(code)) {
                throw new IllegalArgumentException("keep has the language \"%s\": expected codes among %s"
                        .formatted(code, String.join(", ", known)));
            }
        }
        if (keep.isEmpty()) {
            throw new IllegalArgumentException("keep is empty: expected at least one language, for example [en, zh]");
        }
    }

    @Override
    public boolean suits(Kind kind) {
        return kind == Kind.TEXT;
    }

    @Override
    public Treatment open(Surroundings around) {
        Detection detection = new Detection();
        return new Treatment() {
            private final Counter found = new Counter();

            @Override
            public Outcome of(Sample sample) {
                String language = detection.of(sample.text());
                found.add(language);
                boolean stays = language.equals(UNSURE) ? unsure == Unsure.KEEP : keep.contains(language);
                return stays
                        ? new Outcome.Kept(sample)
                        : new Outcome.Dropped(language.equals(UNSURE) ? "no language" : "language " + language);
            }

            @Override
            public SequencedMap<String, Long> drainFound() {
                return found.drain();
            }
        };
    }

    /// Tells languages. The library's profiles are read when the first text with letters comes.
    private final class Detection {
        private LanguageDetector detector;

        String of(String text) {
            String part = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text;
            int[] letters = {0, 0, 0, 0}; // Han, kana, Hangul, others
            part.codePoints().filter(Character::isLetter).forEach(c -> letters[script(c)]++);
            int east = WEIGHT * (letters[0] + letters[1] + letters[2]);
            if (east > letters[3]) {
                return letters[2] > letters[0] + letters[1] ? "ko" : 10 * letters[1] > letters[0] ? "ja" : "zh";
            }
            return letters[3] < FEWEST_LETTERS ? UNSURE : ofLetters(part);
        }

        private static int script(int c) {
            if (c < 0x1100) {
                return 3;
            }
            return switch (Character.UnicodeScript.of(c)) {
                case HAN -> 0;
                case HIRAGANA, KATAKANA -> 1;
                case HANGUL -> 2;
                default -> 3;
            };
        }

        private String ofLetters(String text) {
            if (detector == null) {
                detector = detector();
            }
            return detector.getProbabilities(text).stream()
                    .findFirst()
                    .filter(best -> best.getProbability() >= least)
                    .map(best -> best.getLocale().getLanguage())
                    .orElse(UNSURE);
        }
    }

    private static LanguageDetector detector() {
        try {
            List<LdLocale> locales =
                    BY_LETTERS.stream().map(LdLocale::fromString).toList();
            return LanguageDetectorBuilder.create(NgramExtractors.standard())
                    .shortTextAlgorithm(SHORT)
                    .seed(1) // longer texts are told by trials
                    .withProfiles(new LanguageProfileReader().readBuiltIn(locales))
                    .build();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the language profiles of the program cannot be read", unreadable);
        }
    }
}
