package dev.athanor.data.clean;

import dev.athanor.data.Kind;
import java.util.List;

/// Drops pages that are lists, menus or copies of lines (Penedo et al. 2024, The FineWeb Datasets, section 3.6,
/// whose numbers are the defaults). A Chinese character is as wide as two letters, so it counts as two.
@About("drop texts whose lines are no sentences, short, or there twice (FineWeb)")
record FineWeb(
        @About("least of the lines that must end as sentences do")
        double sentences,

        @About("most of the lines that may be short") double shortLines,

        @About("letters up to which a line is short; a Chinese character is as wide as two")
        int shortLine,

        @About("most of the characters that may be in lines that are there already")
        double repeated,

        @About("most line ends for each word (in Chinese: character)")
        double lineEnds)
        implements Step {
    static final FineWeb USUAL = new FineWeb(0.12, 0.67, 30, 0.1, 0.3);

    private static final String ENDS = ".!?。！？…．｡؟।";
    private static final String CLOSING = "\"'”’」』）)";

    FineWeb {
        Share.check("sentences", sentences);
        Share.check("shortLines", shortLines);
        Share.check("repeated", repeated);
        if (shortLine < 0 || !(lineEnds >= 0)) {
            throw new IllegalArgumentException(
                    "shortLine %d and lineEnds %s: expected 0 or more".formatted(shortLine, lineEnds));
        }
    }

    @Override
    public boolean suits(Kind kind) {
        return kind == Kind.TEXT;
    }

    @Override
    public Treatment open(Surroundings around) {
        return Treatment.dropping(this::reason);
    }

    private String reason(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        if (lines.isEmpty()) {
            return "empty";
        }
        int ended = 0;
        int narrow = 0;
        int characters = 0;
        for (String line : lines) {
            ended += endsAsSentence(line) ? 1 : 0;
            narrow += width(line) <= shortLine ? 1 : 0;
            characters += line.length();
        }
        if (Share.of(ended, lines.size()) < sentences) {
            return "lines are no sentences";
        }
        if (Share.of(narrow, lines.size()) > shortLines) {
            return "short lines";
        }
        Repetition.Repeated again = Repetition.Repeated.of(lines.toArray(String[]::new));
        if (again.characters() > repeated * characters) {
            return "repeated lines";
        }
        long ends = text.chars().filter(c -> c == '\n').count();
        return ends > lineEnds * Words.of(text).count() ? "a list" : "";
    }

    /// Behind the full stop may stand what closes a quotation.
    private static boolean endsAsSentence(String line) {
        int last = line.length() - 1;
        while (last > 0 && CLOSING.indexOf(line.charAt(last)) >= 0) {
            last--;
        }
        return ENDS.indexOf(line.charAt(last)) >= 0;
    }

    private static int width(String line) {
        int width = line.length();
        for (int i = 0; i < line.length(); i++) {
            width += Words.isIdeograph(line.charAt(i)) ? 1 : 0;
        }
        return width;
    }
}
