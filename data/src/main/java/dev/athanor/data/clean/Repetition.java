package dev.athanor.data.clean;

import dev.athanor.data.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Drops texts that say the same over and over (Rae et al. 2021, Scaling Language Models: Gopher, table A1, whose
/// numbers are the defaults). Words are as in [Words]; in Chinese two characters count as one.
@About("drop texts that repeat lines, paragraphs or words too much (Gopher, table A1)")
record Repetition(
        @About("most of the lines that may be there already")
        double lines,

        @About("most of the paragraphs that may be there already")
        double paragraphs,

        @About("most of the characters that may be in such lines")
        double lineCharacters,

        @About("most of the characters that may be in such paragraphs")
        double paragraphCharacters,

        @About("most of the characters in the commonest 2, 3, 4 ... words in a row")
        List<Double> commonest,

        @About("most of the characters in repeated 5, 6, 7 ... words in a row")
        List<Double> repeated)
        implements Step {
    static final Repetition USUAL =
            new Repetition(0.3, 0.3, 0.2, 0.2, List.of(0.2, 0.18, 0.16), List.of(0.15, 0.14, 0.13, 0.12, 0.11, 0.1));

    private static final int SHORTEST_COMMONEST = 2;
    private static final int SHORTEST_REPEATED = 5;

    /// A Chinese word has two characters as a rule, so four characters in a row are what two words are.
    private static final int CHARACTERS = 2;

    private static final Pattern LINE_END = Pattern.compile("\n+");
    private static final Pattern PARAGRAPH_END = Pattern.compile("\n{2,}");

    Repetition {
        commonest = List.copyOf(commonest);
        repeated = List.copyOf(repeated);
        Stream.of(List.of(lines, paragraphs, lineCharacters, paragraphCharacters), commonest, repeated)
                .flatMap(List::stream)
                .forEach(share -> Share.check("every number of repetition", share));
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
        if (text.isEmpty()) {
            return "";
        }
        Repeated paragraph = Repeated.of(PARAGRAPH_END.split(text.strip()));
        if (paragraph.share() > paragraphs || paragraph.characters() > paragraphCharacters * text.length()) {
            return "repeated paragraphs";
        }
        Repeated line = Repeated.of(LINE_END.split(text));
        if (line.share() > lines || line.characters() > lineCharacters * text.length()) {
            return "repeated lines";
        }
        Words words = Words.of(text);
        int width = words.isIdeographic() ? CHARACTERS : 1;
        for (int i = 0; i < commonest.size(); i++) {
            if (commonest(words, width * (i + SHORTEST_COMMONEST)) > commonest.get(i) * text.length()) {
                return "one phrase too often";
            }
        }
        for (int i = 0; i < repeated.size(); i++) {
            if (repeated(words, width * (i + SHORTEST_REPEATED)) > repeated.get(i) * text.length()) {
                return "repeated phrases";
            }
        }
        return "";
    }

    /// How much of some pieces is there already.
    ///
    /// @param characters in pieces that are there already
    record Repeated(int pieces, int again, int characters) {
        static Repeated of(String[] pieces) {
            Set<String> seen = HashSet.newHashSet(pieces.length);
            int again = 0;
            int characters = 0;
            for (String piece : pieces) {
                if (!seen.add(piece)) {
                    again++;
                    characters += piece.length();
                }
            }
            return new Repeated(pieces.length, again, characters);
        }

        double share() {
            return pieces == 0 ? 0 : (double) again / pieces;
        }
    }

    /// Characters in the commonest `n` words in a row, each time that it is there; 0 where none is there twice. Of
    /// equally common ones the first counts.
    static int commonest(Words words, int n) {
        int grams = words.count() - n + 1;
        if (grams < 2) {
            return 0;
        }
        int size = Integer.highestOneBit(grams) * 4;
        int[] first = new int[size]; // where such words begin the first time, plus 1; 0: free
        int[] times = new int[size];
        int best = 0;
        for (int i = 0; i < grams; i++) {
            long hash = words.hash(i, n);
            int at = (int) hash & size - 1;
            while (first[at] != 0 && words.hash(first[at] - 1, n) != hash) {
                at = at + 1 & size - 1;
            }
            first[at] = first[at] == 0 ? i + 1 : first[at];
            times[at]++;
            if (times[at] > times[best] || times[at] == times[best] && first[at] < first[best]) {
                best = at;
            }
        }
        int begin = first[best] - 1;
        return times[best] < 2 ? 0 : times[best] * (words.characters(begin, n) + words.gaps(begin, n));
    }

    /// Characters in `n` words in a row that are there already, each counted once.
    static int repeated(Words words, int n) {
        int grams = words.count() - n + 1;
        if (grams < 2) {
            return 0;
        }
        LongSet seen = new LongSet(grams);
        int characters = 0;
        int at = 0;
        while (at < grams) {
            if (seen.add(words.hash(at, n))) {
                at++;
            } else {
                characters += words.characters(at, n);
                at += n;
            }
        }
        return characters;
    }
}
