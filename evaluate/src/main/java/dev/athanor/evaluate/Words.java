package dev.athanor.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a text into the units that measures count: words, numbers and marks; a Chinese character is a unit by
/// itself.
final class Words {
    private static final Pattern UNIT =
            Pattern.compile("\\p{IsHan}|\\p{N}+(?:[.,]\\p{N}+)*|[\\p{L}\\p{M}&&[^\\p{IsHan}]]+|[^\\s\\p{L}\\p{N}]");

    private Words() {}

    static List<String> of(String text) {
        List<String> units = new ArrayList<>();
        Matcher matcher = UNIT.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            units.add(matcher.group());
        }
        return units;
    }

    /// Every run of n units, joined by spaces.
    static List<String> runs(List<String> units, int n) {
        List<String> runs = new ArrayList<>();
        for (int i = 0; i + n <= units.size(); i++) {
            runs.add(String.join(" ", units.subList(i, i + n)));
        }
        return runs;
    }
}
