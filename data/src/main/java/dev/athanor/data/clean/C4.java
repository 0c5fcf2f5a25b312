package dev.athanor.data.clean;

import dev.athanor.data.Kind;
import dev.athanor.data.Sample;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Keeps the lines of a page that are sentences (Raffel et al. 2020, Exploring the Limits of Transfer Learning,
/// section 2.2, whose numbers are the defaults; without its list of bad words). In Chinese, characters count as
/// words, and 。！？ end sentences, too.
@About("keep only lines that are sentences; drop pages with few of them, code or dummy text (C4)")
record C4(
        @About("words (in Chinese: characters) below which a line goes")
        int fewestWords,

        @About("sentences below which a text is dropped") int fewestSentences,

        @About("characters of one word above which a line goes")
        int longestWord)
        implements Step {
    static final C4 USUAL = new C4(5, 3, 1000);

    private static final Pattern CITATION = Pattern.compile("\\[(?:\\d*|edit|citation needed)]");
    private static final Pattern SENTENCE_END = Pattern.compile("[.!?]+[\"')”’]*(?=\\s|$)|[。．！？]+[”’」』）]*");
    private static final String ENDS = ".?!\"'。．？！”」』";

    /// What pages say of themselves, in English as C4 has it.
    private static final List<String> BOILERPLATE = List.of(
            "javascript",
            "terms of use",
            "privacy policy",
            "cookie policy",
            "uses cookies",
            "use of cookies",
            "use cookies",
            "隐私政策",
            "使用条款",
            "服务条款",
            "版权所有",
            "未经授权");

    C4 {
        if (fewestWords < 0 || fewestSentences < 0 || longestWord < 1) {
            throw new IllegalArgumentException(
                    "fewestWords %d, fewestSentences %d, longestWord %d: expected 0, 0 and 1 or more"
                            .formatted(fewestWords, fewestSentences, longestWord));
        }
    }

    @Override
    public boolean suits(Kind kind) {
        return kind == Kind.TEXT;
    }

    @Override
    public Treatment open(Surroundings around) {
        return this::treat;
    }

    private Outcome treat(Sample sample) {
        String text = sample.text();
        if (text.contains("{")) {
            return new Outcome.Dropped("a curly bracket");
        }
        if (text.contains("ipsum") && text.toLowerCase(Locale.ROOT).contains("lorem ipsum")) {
            return new Outcome.Dropped("lorem ipsum");
        }
        List<String> lines = text.lines()
                .map(line -> CITATION.matcher(line.strip()).replaceAll(""))
                .filter(this::isProse)
                .toList();
        long sentences = lines.stream().mapToLong(C4::sentences).sum();
        if (sentences < fewestSentences) {
            return new Outcome.Dropped("too few sentences");
        }
        String kept = String.join("\n", lines);
        return new Outcome.Kept(kept.equals(text) ? sample : sample.withText(kept));
    }

    private boolean isProse(String line) {
        if (line.isEmpty() || ENDS.indexOf(line.charAt(line.length() - 1)) < 0 || line.endsWith("...")) {
            return false;
        }
        Words words = Words.of(line);
        for (int i = 0; i < words.count(); i++) {
            if (words.length(i) > longestWord) {
                return false;
            }
        }
        String lower = line.toLowerCase(Locale.ROOT);
        return words.count() >= fewestWords && BOILERPLATE.stream().noneMatch(lower::contains);
    }

    /// At least one, for the line ends as a sentence does.
    private static long sentences(String line) {
        return Math.max(1, SENTENCE_END.matcher(line).results().count());
    }
}
