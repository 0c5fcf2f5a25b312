package dev.athanor.data;

import java.util.Map;

/// Half of a character beyond 16 bits, which JSON can say (`\\ud83c` without its other half) and no encoding can
/// write: it would come out as a question mark.
final class HalfCharacter {
    private HalfCharacter() {}

    /// Whether a line of JSON may say one.
    static boolean isPossible(String json) {
        return json.contains("\\ud") || json.contains("\\uD");
    }

    /// @throws Unusable naming the column that has one
    static void refuse(Map<String, String> values) throws Unusable {
        for (Map.Entry<String, String> value : values.entrySet()) {
            if (value.getValue() != null && isIn(value.getValue())) {
                throw new Unusable(
                        "has half of a character in \"%s\", which cannot be written".formatted(value.getKey()),
                        "Write both halves, as \\ud83c\\udf75, or leave it out");
            }
        }
    }

    /// A text for people, with U+FFFD in the place of each half.
    static String replaced(String text) {
        return isIn(text)
                ? text.codePoints()
                        .map(c -> c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                : text;
    }

    private static boolean isIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean whole = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!whole) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
