package dev.athanor.data.clean;

import dev.athanor.data.Kind;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Drops texts that do not look like prose (Rae et al. 2021, appendix A.1.1, whose numbers are the defaults). Words
/// are as in [Words]: in Chinese characters are counted, words of such length have no mean, and the words that
/// every text has are 的, 了, 是 and the like.
@About("drop texts that do not look like prose: words, symbols, bullets, everyday words (Gopher, A.1.1)")
record Quality(
        @About("words (in Chinese: characters) below which a text is dropped")
        int fewestWords,

        @About("words above which it is dropped") int mostWords,
        @About("shortest mean length of words") double shortestMean,
        @About("longest mean length of words") double longestMean,
        @About("most # and ... for each word") double symbols,

        @About("most of the lines that may begin with a bullet")
        double bullets,

        @About("most of the lines that may end with ...") double ellipses,
        @About("least of the words that must have a letter") double letters,

        @About("least everyday words (the, of, and ...; 的, 了, 是 ...) that must be there")
        int everyday)
        implements Step {
    static final Quality USUAL = new Quality(50, 100_000, 3, 10, 0.1, 0.9, 0.3, 0.8, 2);

    private static final Set<String> ENGLISH = Set.of("the", "be", "to", "of", "and", "that", "have", "with");

    /// Common characters that need no topic.
    private static final Set<String> CHINESE =
            Set.of("的", "是", "不", "了", "在", "有", "和", "我", "这", "這", "就", "也", "都", "与", "與", "为", "為");

    Quality {
        if (fewestWords < 0 || mostWords < fewestWords) {
            throw new IllegalArgumentException(
                    "fewestWords %d and mostWords %d: expected 0 or more, and mostWords at least fewestWords"
                            .formatted(fewestWords, mostWords));
        }
        if (!(shortestMean >= 0 && longestMean >= shortestMean)) {
            throw new IllegalArgumentException(
                    "shortestMean %s and longestMean %s: expected 0 or more, and longestMean at least shortestMean"
                            .formatted(shortestMean, longestMean));
        }
        Share.check("bullets", bullets);
        Share.check("ellipses", ellipses);
        Share.check("letters", letters);
    }

    @Override
    public boolean suits(Kind kind) {
        return kind == Kind.TEXT;
    }

    @Override
    public Treatment open(Surroundings around) {
        return Treatment.dropping(text -> {
            Words words = Words.of(text);
            String reason = ofWords(words);
            reason = reason.isEmpty() ? ofSymbols(text, words) : reason;
            reason = reason.isEmpty() ? ofLines(text) : reason;
            if (reason.isEmpty() && lacksLetters(words)) {
                return "too few words with letters";
            }
            return reason.isEmpty() && everyday(words) < everyday ? "no everyday words" : reason;
        });
    }

    private String ofWords(Words words) {
        int count = 0;
        int spaced = 0;
        long characters = 0;
        for (int i = 0; i < words.count(); i++) {
            if (words.isWord(i)) {
                count++;
                if (!words.isIdeograph(i)) {
                    spaced++;
                    characters += words.length(i);
                }
            }
        }
        if (count < fewestWords) {
            return "too few words";
        }
        if (count > mostWords) {
            return "too many words";
        }
        double mean = spaced == 0 ? 0 : (double) characters / spaced;
        if (!words.isIdeographic() && mean < shortestMean) {
            return "words too short";
        }
        if (!words.isIdeographic() && mean > longestMean) {
            return "words too long";
        }
        return "";
    }

    /// In Chinese a comma is no word without letters.
    private boolean lacksLetters(Words words) {
        int lettered = 0;
        int all = 0;
        for (int i = 0; i < words.count(); i++) {
            lettered += words.hasLetter(i) ? 1 : 0;
            all += words.isIdeographic() && !words.isWord(i) ? 0 : 1;
        }
        return all > 0 && Share.of(lettered, all) < letters;
    }

    private String ofSymbols(String text, Words words) {
        if (occurrences(text, "#") > symbols * words.count()) {
            return "too many #";
        }
        return occurrences(text, "...") + occurrences(text, "…") > symbols * words.count() ? "too many ..." : "";
    }

    private static int occurrences(String text, String piece) {
        int count = 0;
        for (int at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + piece.length())) {
            count++;
        }
        return count;
    }

    private String ofLines(String text) {
        int all = 0;
        int bulleted = 0;
        int broken = 0;
        for (String line : (Iterable<String>) text.lines().map(String::strip)::iterator) {
            all++;
            bulleted += !line.isEmpty() && "•-*·●".indexOf(line.charAt(0)) >= 0 ? 1 : 0;
            broken += line.endsWith("...") || line.endsWith("…") ? 1 : 0;
        }
        if (Share.of(bulleted, all) > bullets) {
            return "a list of bullets";
        }
        return Share.of(broken, all) > ellipses ? "too many lines end with ..." : "";
    }

    private int everyday(Words words) {
        Set<String> wanted = words.isIdeographic() ? CHINESE : ENGLISH;
        Set<String> found = new HashSet<>();
        for (int i = 0; i < words.count() && found.size() < everyday; i++) {
            if (words.length(i) <= 4) {
                String word = words.word(i).toLowerCase(Locale.ROOT);
                if (wanted.contains(word)) {
                    found.add(word);
                }
            }
        }
        return found.size();
    }
}
