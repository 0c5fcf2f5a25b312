package dev.athanor.data.text;

import dev.athanor.data.Durable;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;

/// One token for each character: the special tokens, then every code point seen in training in ascending order,
/// then 256 tokens for single bytes, of which characters never seen are made up. Immutable; any thread may use
/// it.
///
/// Its file is a byte-pair model without merges and with `byte_fallback`, which is how Llama 2 spells unknown
/// characters too.
public final class CharacterTokenizer implements Tokenizer {

    private static final int CHARACTERS = Special.values().length;
    private static final byte[] NOTHING = {};

    private final byte[] content;
    /// The code point of each id from [#CHARACTERS] up to `firstByte`.
    private final int[] codePoints;
    /// The id of byte 0; the other 255 follow.
    private final int firstByte;
    /// Ids by code point, in pages of 256, 0 where there is none; pages without any are one shared page.
    private final int[][] pages = new int[0x1100][];

    /// Learns the characters of some texts. Any number of texts, also none, will do.
    ///
    /// @throws IllegalArgumentException for an unpaired surrogate, naming its index
    public static CharacterTokenizer train(Iterator<String> texts) {
        BitSet seen = new BitSet();
        while (texts.hasNext()) {
            String text = texts.next();
            Utf8.requireWellFormed(text);
            text.codePoints().forEach(seen::set);
        }
        ObjectNode root = TokenizerFile.frame();
        ObjectNode decoder = root.putObject("decoder").put("type", "Sequence");
        decoder.putArray("decoders")
                .add(TokenizerFile.JSON.createObjectNode().put("type", "ByteFallback"))
                .add(TokenizerFile.JSON.createObjectNode().put("type", "Fuse"));
        ObjectNode model = (ObjectNode) root.path("model");
        model.put("byte_fallback", true);
        ObjectNode vocabulary = (ObjectNode) model.path("vocab");
        seen.stream().forEach(codePoint -> vocabulary.put(Character.toString(codePoint), vocabulary.size()));
        for (int b = 0; b < 256; b++) {
            vocabulary.put(byteToken(b), vocabulary.size());
        }
        return new CharacterTokenizer(
                TokenizerFile.of("the trained tokenizer", TokenizerFile.JSON.writeValueAsBytes(root)));
    }

    CharacterTokenizer(TokenizerFile file) {
        content = file.content();
        String[] tokens = file.tokens();
        requireLayout(file, tokens);
        firstByte = tokens.length - 256;
        codePoints = new int[firstByte - CHARACTERS];
        int[] none = new int[256];
        Arrays.fill(pages, none);
        for (int i = 0; i < codePoints.length; i++) {
            int codePoint = tokens[CHARACTERS + i].codePointAt(0);
            codePoints[i] = codePoint;
            if (pages[codePoint >> 8] == none) {
                pages[codePoint >> 8] = new int[256];
            }
            pages[codePoint >> 8][codePoint & 0xff] = CHARACTERS + i;
        }
    }

    private static void requireLayout(TokenizerFile file, String[] tokens) {
        String cure = "expected a character tokenizer as written by this program: special tokens, characters in"
                + " ascending order, then <0x00> to <0xFF>";
        if (tokens.length < CHARACTERS + 256) {
            throw file.refusal("has %d tokens".formatted(tokens.length), cure);
        }
        if (!file.root().path("normalizer").isNull()
                || !file.root().path("pre_tokenizer").isNull()) {
            throw file.refusal("has a normalizer or a pre_tokenizer beside byte_fallback and no merges", cure);
        }
        if (file.specials().size() != CHARACTERS || file.added().size() != CHARACTERS) {
            throw file.refusal("has other added tokens than the %d special ones".formatted(CHARACTERS), cure);
        }
        int last = -1;
        for (int id = 0; id < tokens.length; id++) {
            String token = tokens[id];
            boolean right;
            if (id < CHARACTERS) {
                right = token.equals(Special.values()[id].content());
            } else if (id >= tokens.length - 256) {
                right = token.equals(byteToken(id - tokens.length + 256));
            } else {
                right = !token.isEmpty() && token.codePointCount(0, token.length()) == 1 && token.codePointAt(0) > last;
                last = right ? token.codePointAt(0) : last;
            }
            if (!right) {
                throw file.refusal("has \"%s\" at id %d".formatted(token, id), cure);
            }
        }
    }

    private static String byteToken(int b) {
        return "<0x%02X>".formatted(b);
    }

    @Override
    public int size() {
        return firstByte + 256;
    }

    @Override
    public int[] encode(String text) {
        Utf8.requireWellFormed(text);
        int[] ids = new int[text.length() + 4];
        int count = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            int id = pages[codePoint >> 8][codePoint & 0xff];
            if (count + 4 > ids.length) {
                ids = Arrays.copyOf(ids, count + 4 + (text.length() - i) * 2);
            }
            if (id != 0) {
                ids[count++] = id;
            } else {
                for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
                    ids[count++] = firstByte + (b & 0xff);
                }
            }
        }
        return count == ids.length ? ids : Arrays.copyOf(ids, count);
    }

    /// The text of some ids; special tokens give no text. Single bytes that stand together are read as UTF-8; where
    /// such a run is not UTF-8, each of its bytes becomes U+FFFD, as in Hugging Face's decoder.
    @Override
    public String decode(int... ids) {
        StringBuilder text = new StringBuilder(ids.length);
        ByteArrayOutputStream run = new ByteArrayOutputStream();
        for (int id : ids) {
            requireId(id);
            if (id >= firstByte) {
                run.write(id - firstByte);
            } else if (id >= CHARACTERS) {
                flush(run, text);
                text.appendCodePoint(codePoints[id - CHARACTERS]);
            }
        }
        flush(run, text);
        return text.toString();
    }

    private static void flush(ByteArrayOutputStream run, StringBuilder text) {
        if (run.size() == 0) {
            return;
        }
        try {
            text.append(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(run.toByteArray())));
        } catch (CharacterCodingException _) {
            text.repeat(0xfffd, run.size());
        }
        run.reset();
    }

    @Override
    public byte[] bytes(int id) {
        requireId(id);
        if (id >= firstByte) {
            return new byte[] {(byte) (id - firstByte)};
        }
        return id < CHARACTERS
                ? NOTHING
                : Character.toString(codePoints[id - CHARACTERS]).getBytes(StandardCharsets.UTF_8);
    }

    private void requireId(int id) {
        if (id < 0 || id >= size()) {
            throw new IllegalArgumentException(
                    "token id %d is not in this tokenizer: its ids run from 0 to %d".formatted(id, size() - 1));
        }
    }

    @Override
    public OptionalInt id(Special special) {
        return OptionalInt.of(special.id());
    }

    @Override
    public void write(Path file) {
        Durable.file(file, content);
    }
}
