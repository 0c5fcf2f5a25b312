package dev.athanor.data.clean;

import dev.athanor.data.Kind;

/// Drops texts without a character, and those too short or too long.
@About("drop texts that are empty, too short or too long")
record Length(
        @About("characters below which a text is dropped") int shortest,
        @About("characters above which a text is dropped") int longest)
        implements Step {
    static final Length USUAL = new Length(1, Integer.MAX_VALUE);

    Length {
        if (shortest < 0 || longest < shortest) {
            throw new IllegalArgumentException(
                    "shortest %d and longest %d: expected 0 or more, and longest at least shortest"
                            .formatted(shortest, longest));
        }
    }

    @Override
    public boolean suits(Kind kind) {
        return kind == Kind.TEXT;
    }

    @Override
    public Treatment open(Surroundings around) {
        return Treatment.dropping(text -> {
            int length = text.codePointCount(0, text.length());
            if (text.isBlank()) {
                return "empty";
            }
            if (length < shortest) {
                return "too short";
            }
            return length > longest ? "too long" : "";
        });
    }
}
