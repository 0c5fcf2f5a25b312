package dev.athanor.data.clean;

import dev.athanor.data.Kind;
import dev.athanor.data.Nearest;
import dev.athanor.data.Sample;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What a regular expression of the user's finds. One that explodes (`(.*a){25}$`) cannot hang the work: a
/// text whose characters were looked at too often is dropped with that reason. Looks are counted rather than
/// seconds, so that the same texts go on every machine.
@About("drop texts in which a regular expression of yours is found, or replace what it finds")
record Matching(
        @About("the regular expression, as Java has them; must be given")
        String regex,

        @About("what happens where it is found: drop the text, keep only such texts, or replace")
        Action action,

        @About("with replace: what it becomes; $1 is the first group; empty: what is found is deleted")
        String with,

        @About("the field that is looked at; empty: the text. For rows of a table it must be given")
        String field,

        @About("millions of looks at characters (50 to 100 take about a second) after which a text is dropped")
        int millions)
        implements Step {
    static final Matching USUAL = new Matching("", Action.DROP, "", "", 1);

    enum Action {
        DROP,
        KEEP,
        REPLACE
    }

    /// A text is at least looked at so many times, however long.
    private static final long EACH = 100;

    Matching {
        if (millions < 1) {
            throw new IllegalArgumentException("millions is %d: expected 1 or more".formatted(millions));
        }
        Pattern pattern = compiled(regex);
        if (action == Action.REPLACE) {
            checkReplacement(pattern, with);
        }
    }

    private static Pattern compiled(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException broken) {
            throw new IllegalArgumentException(
                    "regex \"%s\" is none: %s at character %d. In YAML write it in single quotes, so that \\ stays"
                            .formatted(regex, broken.getDescription(), Math.max(0, broken.getIndex()) + 1),
                    broken);
        }
    }

    /// Java finds out about a group that is not there only at the first match.
    private static void checkReplacement(Pattern pattern, String with) {
        Pattern always = Pattern.compile(pattern.pattern() + "|");
        Matcher matcher = always.matcher("");
        try {
            matcher.replaceFirst(with);
        } catch (IllegalArgumentException | IndexOutOfBoundsException refused) {
            throw new IllegalArgumentException(
                    "with is \"%s\", which does not fit the regular expression: %s. Write \\$ for a dollar sign"
                            .formatted(with, refused.getMessage()),
                    refused);
        }
    }

    @Override
    public String name() {
        return "pattern";
    }

    @Override
    public boolean suits(Kind kind) {
        return true;
    }

    @Override
    public Treatment open(Surroundings around) {
        if (regex.isEmpty()) {
            throw new IllegalArgumentException(
                    "the step pattern needs a regex, for example  - pattern: {regex: '^Copyright .*', action: drop}");
        }
        if (field.isEmpty() && !around.kind().hasText()) {
            throw new IllegalArgumentException(
                    "the step pattern needs a field for rows of a table, for example  - pattern: {regex: '^test', field: user}");
        }
        if (!field.isEmpty() && !around.fields().contains(field)) {
            throw new IllegalArgumentException("the step pattern: there is no field \"%s\"%s; there are %s"
                    .formatted(
                            field,
                            Nearest.hint(field, around.fields()),
                            around.fields().isEmpty() ? "none" : String.join(", ", around.fields())));
        }
        Pattern pattern = Pattern.compile(regex);
        return sample -> {
            String text = field.isEmpty() ? sample.text() : sample.fields().getOrDefault(field, "");
            try {
                Matcher matcher =
                        pattern.matcher(new Counted(text, Math.max(millions * 1_000_000L, EACH * text.length())));
                return switch (action) {
                    case DROP -> matcher.find() ? new Outcome.Dropped("pattern found") : new Outcome.Kept(sample);
                    case KEEP -> matcher.find() ? new Outcome.Kept(sample) : new Outcome.Dropped("pattern not found");
                    case REPLACE -> {
                        String changed = matcher.replaceAll(with);
                        yield new Outcome.Kept(changed.equals(text) ? sample : with(sample, changed));
                    }
                };
            } catch (Exploded _) {
                return new Outcome.Dropped("the regular expression takes too long");
            } catch (StackOverflowError _) {
                // Java's matcher calls itself once for each repetition of a group.
                return new Outcome.Dropped("the regular expression goes too deep");
            }
        };
    }

    /// A field of which nothing is left is absent.
    private Sample with(Sample sample, String changed) {
        if (field.isEmpty()) {
            return sample.withText(changed);
        }
        SequencedMap<String, String> fields = new LinkedHashMap<>(sample.fields());
        fields.put(field, changed);
        if (changed.isBlank()) {
            fields.remove(field);
        }
        return new Sample(sample.id(), sample.text(), sample.media(), fields, sample.origin());
    }

    /// A text that can be looked at only so often.
    private static final class Counted implements CharSequence {
        private final String text;
        private long looks;

        Counted(String text, long looks) {
            this.text = text;
            this.looks = looks;
        }

        @Override
        public char charAt(int index) {
            if (--looks < 0) {
                throw new Exploded();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /// Leaves the matcher, and nothing else.
    private static final class Exploded extends RuntimeException {
        private static final long serialVersionUID = 1;

        Exploded() {
            super("looked at too often", null, false, false);
        }
    }
}
