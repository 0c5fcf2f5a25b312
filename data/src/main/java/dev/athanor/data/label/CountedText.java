package dev.athanor.data.label;

/// A text that a regular expression may look at only so often. Some expressions, such as `(.*a){12}b`,
/// try more ways than there are seconds; counting looks instead of time ends them at the same place on
/// every machine.
final class CountedText implements CharSequence {
    /// Honest expressions look at a character a few times; this ends the others within about a tenth of a
    /// second.
    private static final long LOOKS = 1_000_000;

    private static final long LOOKS_PER_CHARACTER = 100;

    private final String text;
    private long left;

    CountedText(String text) {
        this.text = text;
        left = LOOKS + LOOKS_PER_CHARACTER * text.length();
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (left-- == 0) {
            throw new Rule.Exhausted();
        }
        return text.charAt(index);
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
