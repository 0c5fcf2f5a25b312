package dev.athanor.data.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The printable character that stands for each byte in the vocabulary of a byte-level `tokenizer.json`
/// (Radford et al. 2019, the released code of GPT-2): printable Latin-1 stands for itself, the other 68 bytes
/// are U+0100 onwards.
final class ByteAlphabet {

    private static final char[] CHARACTERS = new char[256];
    private static final short[] BYTES = new short[256 + 68];

    static {
        Arrays.fill(BYTES, (short) -1);
        int next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = b >= '!' && b <= '~' || b >= 0xa1 && b <= 0xac || b >= 0xae;
            CHARACTERS[b] = (char) (printable ? b : next++);
            BYTES[CHARACTERS[b]] = (short) b;
        }
    }

    private ByteAlphabet() {}

    /// How some bytes are spelled in the file.
    static String spell(byte[] bytes) {
        StringBuilder spelling = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            spelling.append(CHARACTERS[b & 0xff]);
        }
        return spelling.toString();
    }

    /// The bytes of a spelling; one with any character outside the alphabet stands for its own UTF-8, which is how
    /// Hugging Face's decoder takes added tokens.
    static byte[] bytes(String spelling) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(spelling.length());
        for (int i = 0; i < spelling.length(); i++) {
            char c = spelling.charAt(i);
            if (c >= BYTES.length || BYTES[c] < 0) {
                return spelling.getBytes(StandardCharsets.UTF_8);
            }
            bytes.write(BYTES[c]);
        }
        return bytes.toByteArray();
    }

    /// Whether every character of a spelling stands for a byte.
    static boolean spells(String spelling) {
        return spelling.chars().allMatch(c -> c < BYTES.length && BYTES[c] >= 0);
    }
}
