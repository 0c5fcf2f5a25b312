package dev.athanor.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Optional;

/// Finds out in which encoding a text file is written, from its first bytes. Bytes that do not fit become the
/// character U+FFFF, which is none of Unicode, so that the line they stand in can be told apart and left out.
final class Encodings {
    private static final int LOOK = 1 << 16;
    private static final Charset GB18030 = Charset.forName("GB18030");

    /// Stands for bytes that are not of the encoding.
    private static final char FOREIGN = '\uffff';

    /// How the encoding became known.
    enum Origin {
        DETECTED,
        GIVEN
    }

    private Encodings() {}

    /// A file's text.
    ///
    /// @param charset what it was read as
    record Decoded(Reader reader, Charset charset, Origin origin) {
        /// Whether nothing speaks for this encoding but that no other fits.
        boolean isGuess() {
            return origin == Origin.DETECTED && charset.equals(StandardCharsets.ISO_8859_1);
        }

        /// What makes a stretch of this text unusable, with the character it begins at, from 1; empty where all
        /// is well.
        Optional<Unusable> wrong(String text) {
            int foreign = text.indexOf(FOREIGN);
            if (foreign >= 0) {
                return Optional.of(
                        new Unusable(
                                "is not %s (%s) at character %d"
                                        .formatted(
                                                charset,
                                                origin == Origin.GIVEN
                                                        ? "as --encoding says"
                                                        : "which its beginning looks like",
                                                foreign + 1),
                                "Write that line in the encoding of the others, or give the right one with --encoding, for example GB18030 or ISO-8859-1"));
            }
            int zero = text.indexOf('\0');
            return zero < 0
                    ? Optional.empty()
                    : Optional.of(new Unusable(
                            "holds a NUL byte at character %d".formatted(zero + 1),
                            "Take it out: a program that broke off while writing leaves such bytes"));
        }
    }

    /// @param wanted a charset's name, or `auto`
    /// @throws DataException for a file that is no text, and for an unknown charset
    static Decoded open(String name, InputStream in, String wanted) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, LOOK);
        buffered.mark(LOOK + 1);
        byte[] head = buffered.readNBytes(LOOK);
        buffered.reset();
        Charset charset = wanted.equals("auto") ? detect(name, head) : named(wanted);
        int mark = markLength(head, charset);
        PushbackInputStream content = new PushbackInputStream(buffered);
        content.skipNBytes(mark);
        Reader reader = new InputStreamReader(
                content,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)
                        .replaceWith(String.valueOf(FOREIGN)));
        return new Decoded(
                CarriageReturns.asLines(reader, head), charset, wanted.equals("auto") ? Origin.DETECTED : Origin.GIVEN);
    }

    private static Charset named(String wanted) {
        try {
            return Charset.forName(wanted);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw new IllegalArgumentException(
                    "the encoding \"%s\" is not known: give auto, UTF-8, GB18030, ISO-8859-1, UTF-16 or another that Java knows"
                            .formatted(wanted),
                    unknown);
        }
    }

    private static int markLength(byte[] head, Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8) && begins(head, 0xef, 0xbb, 0xbf)) {
            return 3;
        }
        boolean wide = charset.equals(StandardCharsets.UTF_16LE) && begins(head, 0xff, 0xfe)
                || charset.equals(StandardCharsets.UTF_16BE) && begins(head, 0xfe, 0xff);
        return wide ? 2 : 0;
    }

    private static boolean begins(byte[] head, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (i >= head.length || (head[i] & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static Charset detect(String name, byte[] head) {
        if (begins(head, 0xff, 0xfe)) {
            return StandardCharsets.UTF_16LE;
        }
        if (begins(head, 0xfe, 0xff)) {
            return StandardCharsets.UTF_16BE;
        }
        int even = 0;
        int odd = 0;
        int firstControl = -1;
        int controls = 0;
        for (int i = 0; i < head.length; i++) {
            int b = head[i] & 0xff;
            if (b == 0) {
                even += i % 2 == 0 ? 1 : 0;
                odd += i % 2 == 1 ? 1 : 0;
            }
            if (b < 32 && b != '\n' && b != '\r' && b != '\t' && b != 0x0c && b != 0x1b) {
                firstControl = firstControl < 0 ? i : firstControl;
                controls++;
            }
        }
        if (odd > head.length / 5 && even < head.length / 50) {
            return StandardCharsets.UTF_16LE;
        }
        if (even > head.length / 5 && odd < head.length / 50) {
            return StandardCharsets.UTF_16BE;
        }
        if (controls > head.length / 50 + 1) { // a few may have strayed into a text
            Signature.of(head).ifPresent(known -> {
                throw new DataException("%s is no text but %s, as its first bytes say. %s"
                        .formatted(name, known.what(), known.remedy()));
            });
            throw new DataException(
                    "%s is no text: byte %d is 0x%02x, a control byte. Expected a text file; if it is one in an unusual encoding, give it with --encoding"
                            .formatted(name, firstControl, head[firstControl] & 0xff));
        }
        if (decodes(head, StandardCharsets.UTF_8) || mostLinesAreUtf8(head)) {
            return StandardCharsets.UTF_8;
        }
        boolean chinese = decodes(head, GB18030) && looksChinese(head)
                || ChineseBytes.of(head).damaged();
        return chinese ? GB18030 : StandardCharsets.ISO_8859_1;
    }

    /// Whether of the lines with more than ASCII most are UTF-8, which other encodings do not look like by
    /// chance.
    private static boolean mostLinesAreUtf8(byte[] head) {
        int right = 0;
        int wrong = 0;
        int begin = 0;
        for (int i = 0; i < head.length; i++) {
            if (head[i] == '\n') {
                byte[] line = Arrays.copyOfRange(head, begin, i);
                if (!decodes(line, StandardCharsets.US_ASCII)) {
                    boolean fits = decodes(line, StandardCharsets.UTF_8);
                    right += fits ? 1 : 0;
                    wrong += fits ? 0 : 1;
                }
                begin = i + 1;
            }
        }
        return right > wrong;
    }

    /// Whether the bytes decode, but for a character that the look cut off.
    private static boolean decodes(byte[] head, Charset charset) {
        CharBuffer out = CharBuffer.allocate(head.length + 1);
        return !charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(head), out, head.length < LOOK)
                .isError();
    }

    /// Western bytes above 127 stand alone between ASCII letters; Chinese ones stand in runs of pairs that
    /// decode to common ideographs.
    private static boolean looksChinese(byte[] head) {
        String text = new String(head, GB18030);
        long beyond = text.chars().filter(c -> c > 127).count();
        long common = text.chars()
                .filter(c -> c >= 0x4e00 && c <= 0x9fa5 || c >= 0x3000 && c <= 0x303f || c >= 0xff00 && c <= 0xff5e)
                .count();
        long pairs = 0;
        for (int i = 1; i < text.length(); i++) {
            pairs += text.charAt(i) > 127 && text.charAt(i - 1) > 127 ? 1 : 0;
        }
        return common >= 0.8 * beyond && pairs >= 0.3 * beyond;
    }
}
