package dev.athanor.data.text;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// How a text is cut into pre-tokens, the pieces that byte pairs are merged inside of. Each constant is the
/// regular expression that stands in `tokenizer.json`, and a scanner over UTF-8 that finds the same pieces in
/// one pass; a test holds the two equal on random Unicode.
enum PreTokens {
    /// What tokenizers trained here use. Llama 3's rules, with two changes: Chinese characters are runs of
    /// their own, so that neither Latin letters nor the punctuation before them ends up inside a Chinese token;
    /// and combining marks belong to the word they are in, without which the words of Hindi or Thai are torn
    /// apart. Chinese is given by ranges, which no later Unicode version can change.
    ATHANOR(
            "[" + Chinese.RANGES + "]+"
                    + "|'(?:[sStTmMdD]|[lL][lL]|[vV][eE]|[rR][eE])"
                    + "|[^\\r\\n\\p{L}\\p{M}\\p{N}]?[\\p{L}\\p{M}&&[^" + Chinese.RANGES + "]]+"
                    + "|[\\p{N}&&[^" + Chinese.RANGES + "]]{1,3}"
                    + "| ?[^\\s\\p{L}\\p{M}\\p{N}" + Chinese.RANGES + "]+[\\r\\n]*"
                    + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            3),
    /// Llama 3, and GPT-4 as its files for Hugging Face spell it.
    LLAMA3(
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                    + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            3),
    /// Qwen 2 and 3: Llama 3's with every digit on its own.
    QWEN2(
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                    + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            1),
    /// GPT-2, which is also what a `ByteLevel` pre-tokenizer with `use_regex` applies.
    GPT2("'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+", Integer.MAX_VALUE);

    private static final int OTHER = 0;
    private static final int LETTER = 1;
    private static final int NUMBER = 2;
    private static final int SPACE = 3;
    private static final int NEWLINE = 4;
    private static final int HAN = 5;

    /// Not a kind: there is no character, because the text ends.
    private static final int NOTHING = 6;

    private final String regex;
    private final int digits;
    private final AtomicReferenceArray<byte[]> kinds = new AtomicReferenceArray<>(0x1100);
    private final byte[] ascii;

    PreTokens(String regex, int digits) {
        this.regex = regex;
        this.digits = digits;
        ascii = kindsOfPage(0);
    }

    String regex() {
        return regex;
    }

    /// The constant whose expression this is, to the letter: a possessive repeat, for one, means something else in
    /// Hugging Face's engine than in Java's.
    static Optional<PreTokens> of(String regex) {
        return Arrays.stream(values())
                .filter(known -> known.regex.equals(regex))
                .findFirst();
    }

    /// Where the pre-token ends that starts at `start`, in a text that is looked at up to `end` only.
    int next(byte[] text, int start, int end) {
        return this == GPT2 ? nextOfGpt2(text, start, end) : nextOfLlama3(text, start, end);
    }

    private int nextOfLlama3(byte[] text, int start, int end) {
        int first = kind(text, start, end);
        if (first == LETTER) {
            return letters(text, start, end);
        }
        if (first == HAN) {
            return run(HAN, text, start, end);
        }
        if (text[start] == '\'') {
            int contraction = contraction(text, start, end);
            if (contraction > start) {
                return contraction;
            }
        }
        int second = start + Utf8.length(text[start]);
        if (first == OTHER || first == SPACE) {
            int letters = letters(text, second, end);
            if (letters > second) {
                return letters;
            }
        }
        if (first == NUMBER) {
            int at = second;
            for (int n = 1; n < digits && kind(text, at, end) == NUMBER; n++) {
                at += Utf8.length(text[at]);
            }
            return at;
        }
        int symbols = text[start] == ' ' ? second : start;
        int afterSymbols = run(OTHER, text, symbols, end);
        if (afterSymbols > symbols) {
            return run(NEWLINE, text, afterSymbols, end);
        }
        return spaces(text, start, end, true);
    }

    private int nextOfGpt2(byte[] text, int start, int end) {
        if (text[start] == '\'') {
            int contraction = contraction(text, start, end);
            if (contraction > start) {
                return contraction;
            }
        }
        int body = text[start] == ' ' ? start + 1 : start;
        int kind = kind(text, body, end);
        if (kind == LETTER || kind == NUMBER || kind == OTHER) {
            return run(kind, text, body, end);
        }
        return spaces(text, start, end, false);
    }

    /// The end of `'s`, `'re` and so on, or `start` where there is none.
    private int contraction(byte[] text, int start, int end) {
        int left = end - start;
        int one = left > 1 ? fold(text[start + 1]) : 0;
        int two = left > 2 ? fold(text[start + 2]) : 0;
        if (one == 's' || one == 't' || one == 'm' || one == 'd') {
            return start + 2;
        }
        if (one == 'l' && two == 'l' || (one == 'v' || one == 'r') && two == 'e') {
            return start + 3;
        }
        // U+017F, the long s, is an s to an expression that ignores case.
        boolean longS = left > 2 && text[start + 1] == (byte) 0xc5 && text[start + 2] == (byte) 0xbf;
        return longS && (this == LLAMA3 || this == QWEN2) ? start + 3 : start;
    }

    private int fold(byte letter) {
        return this != GPT2 && letter >= 'A' && letter <= 'Z' ? letter + 32 : letter;
    }

    private int letters(byte[] text, int start, int end) {
        return run(LETTER, text, start, end);
    }

    private int run(int kind, byte[] text, int start, int end) {
        int at = start;
        while (at < end) {
            byte lead = text[at];
            if (lead >= 0) {
                if (ascii[lead] != kind) {
                    return at;
                }
                at++;
            } else {
                if (kind(text, at, end) != kind) {
                    return at;
                }
                at += Utf8.length(lead);
            }
        }
        return at;
    }

    /// The last three alternatives: `\s*[\r\n]+` where newlines are asked for, `\s+(?!\S)`, `\s+`.
    private int spaces(byte[] text, int start, int end, boolean newlines) {
        int at = start;
        int last = start;
        int afterNewline = start;
        for (int kind = kind(text, at, end); kind == SPACE || kind == NEWLINE; kind = kind(text, at, end)) {
            last = at;
            at += Utf8.length(text[at]);
            if (kind == NEWLINE) {
                afterNewline = at;
            }
        }
        if (newlines && afterNewline > start) {
            return afterNewline;
        }
        return at < end && last > start ? last : at;
    }

    private int kind(byte[] text, int at, int end) {
        if (at >= end) {
            return NOTHING;
        }
        byte lead = text[at];
        if (lead >= 0) {
            return ascii[lead];
        }
        int codePoint = Utf8.codePoint(text, at);
        byte[] page = kinds.get(codePoint >> 8);
        if (page == null) {
            page = kindsOfPage(codePoint >> 8);
            kinds.set(codePoint >> 8, page); // two threads may both do this, with the same outcome
        }
        return page[codePoint & 0xff];
    }

    private byte[] kindsOfPage(int page) {
        byte[] of = new byte[256];
        for (int i = 0; i < 256; i++) {
            of[i] = (byte) kindOf(page << 8 | i);
        }
        return of;
    }

    private int kindOf(int codePoint) {
        boolean ours = ordinal() == 0; // not this == ATHANOR: the constants are still being made
        if (codePoint == '\r' || codePoint == '\n') {
            return NEWLINE;
        }
        if (ours && Chinese.has(codePoint)) {
            return HAN;
        }
        return switch (Character.getType(codePoint)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER -> LETTER;
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
                ours ? LETTER : OTHER;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> NUMBER;
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> SPACE;
            default -> codePoint >= 0x09 && codePoint <= 0x0d || codePoint == 0x85 ? SPACE : OTHER;
        };
    }

    /// The characters that Chinese is written with: the CJK ideographs' blocks, planes 2 and 3 whole, and 々 and 〇.
    private static final class Chinese {

        static final String RANGES =
                "\\x{3005}\\x{3007}\\x{3400}-\\x{4DBF}\\x{4E00}-\\x{9FFF}\\x{F900}-\\x{FAFF}\\x{20000}-\\x{3FFFF}";

        private Chinese() {}

        static boolean has(int codePoint) {
            return codePoint >= 0x4e00 && codePoint <= 0x9fff
                    || codePoint >= 0x3400 && codePoint <= 0x4dbf
                    || codePoint >= 0xf900 && codePoint <= 0xfaff
                    || codePoint >= 0x20000 && codePoint <= 0x3ffff
                    || codePoint == 0x3005
                    || codePoint == 0x3007;
        }
    }
}
