package dev.athanor.data.clean;

/// Blanks that nobody sees: at line ends, at both ends of the text, and empty lines in a row.
@About("remove blanks at line ends and around the text, and empty lines beyond some in a row")
record Whitespace(
        @About("blanks in a row inside a line: keep them, or make them one space")
        Runs runs,

        @About("empty lines in a row that stay") int emptyLines)
        implements Step {
    static final Whitespace USUAL = new Whitespace(Runs.KEEP, 1);

    enum Runs {
        KEEP,
        ONE
    }

    Whitespace {
        if (emptyLines < 0) {
            throw new IllegalArgumentException("emptyLines is %d: expected 0 or more".formatted(emptyLines));
        }
    }

    @Override
    public Treatment open(Surroundings around) {
        return Treatment.changing(this::tidy);
    }

    private String tidy(String text) {
        StringBuilder tidy = new StringBuilder(text.length());
        int lines = 0;
        int blanks = -1; // where blanks began that may turn out to stand at a line's end
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                lines++;
                blanks = -1;
            } else if (isBlank(c)) {
                blanks = blanks < 0 ? i : blanks;
            } else {
                if (!tidy.isEmpty()) {
                    tidy.repeat("\n", Math.min(lines, emptyLines + 1));
                }
                if (blanks >= 0) {
                    tidy.append(runs == Runs.ONE ? " " : text.substring(blanks, i));
                }
                tidy.append(c);
                lines = 0;
                blanks = -1;
            }
        }
        return tidy.toString().strip();
    }

    /// Space, tab and the ideographic space; where runs become one, also the no-break space and its like.
    private boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\u3000' || runs == Runs.ONE && Character.isSpaceChar(c);
    }
}
