package dev.athanor.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The regular forms of Chinese verse: lines of five or seven characters, four of them (a quatrain, 绝句) or eight (律诗).
/// Rhyme and tone are not looked at.
///
/// @param lines 4 or 8
/// @param characters in each line, 5 or 7
public record VerseForm(int lines, int characters) {
    private static final Pattern LINE_END = Pattern.compile("[，。！？；、,.!?;\\s]+");

    /// The form of a text; empty where it has none, or where it does not end with a mark that ends a sentence.
    public static Optional<VerseForm> of(String text) {
        String verse = text.strip();
        if (verse.isEmpty() || "。！？.!?".indexOf(verse.charAt(verse.length() - 1)) < 0) {
            return Optional.empty();
        }
        List<Integer> lengths = new ArrayList<>();
        for (String line : LINE_END.split(verse)) {
            if (!line.codePoints().allMatch(Character::isIdeographic)) {
                return Optional.empty();
            }
            lengths.add(line.codePointCount(0, line.length()));
        }
        int characters = lengths.getFirst();
        boolean regular = (characters == 5 || characters == 7)
                && (lengths.size() == 4 || lengths.size() == 8)
                && lengths.stream().allMatch(length -> length == characters);
        return regular ? Optional.of(new VerseForm(lengths.size(), characters)) : Optional.empty();
    }

    /// How many of the texts have a regular form, from 0 to 1; NaN for none.
    public static double share(List<String> texts) {
        return (double) texts.stream().filter(text -> of(text).isPresent()).count() / texts.size();
    }

    /// 五言绝句, 七言绝句, 五言律诗 or 七言律诗.
    public String name() {
        return (characters == 5 ? "五言" : "七言") + (lines == 4 ? "绝句" : "律诗");
    }
}
