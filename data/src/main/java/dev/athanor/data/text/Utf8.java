package dev.athanor.data.text;

import java.nio.charset.StandardCharsets;

/// Text as UTF-8, which is what tokenizers work on.
final class Utf8 {

    private Utf8() {}

    /// The bytes of a well-formed text.
    ///
    /// @throws IllegalArgumentException for an unpaired surrogate, which UTF-8 cannot hold
    static byte[] bytes(String text) {
        requireWellFormed(text);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// @throws IllegalArgumentException for an unpaired surrogate
    static void requireWellFormed(String text) {
        int unpaired = unpairedSurrogate(text);
        if (unpaired >= 0) {
            throw new IllegalArgumentException(
                    ("the text has an unpaired surrogate U+%04X at index %d: only well-formed Unicode can be encoded,"
                                    + " so remove it or replace it with U+FFFD")
                            .formatted((int) text.charAt(unpaired), unpaired));
        }
    }

    /// The index of the first surrogate without its other half, -1 where all is well.
    static int unpairedSurrogate(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair =
                        Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /// The code point at `index` of well-formed UTF-8.
    static int codePoint(byte[] text, int index) {
        int lead = text[index];
        if (lead >= 0) {
            return lead;
        }
        if ((lead & 0xe0) == 0xc0) {
            return (lead & 0x1f) << 6 | text[index + 1] & 0x3f;
        }
        if ((lead & 0xf0) == 0xe0) {
            return (lead & 0x0f) << 12 | (text[index + 1] & 0x3f) << 6 | text[index + 2] & 0x3f;
        }
        return (lead & 0x07) << 18
                | (text[index + 1] & 0x3f) << 12
                | (text[index + 2] & 0x3f) << 6
                | text[index + 3] & 0x3f;
    }

    /// How many bytes a character takes whose first byte is `lead`.
    static int length(byte lead) {
        if (lead >= 0) {
            return 1;
        }
        if ((lead & 0xe0) == 0xc0) {
            return 2;
        }
        return (lead & 0xf0) == 0xe0 ? 3 : 4;
    }
}
