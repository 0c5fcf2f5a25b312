package dev.athanor.data.text;

import dev.athanor.data.Durable;
import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedDeque;
import tools.jackson.databind.JsonNode;

/// Byte-pair encoding over bytes (Sennrich et al. 2016, Radford et al. 2019): text is cut into pre-tokens, and
/// inside each the pair of neighbours that was learnt first is made one, until no learnt pair is left.
/// Immutable; any thread may use it.
///
/// Tokenizers trained here have the special tokens first, then the 256 bytes in order, then merges in the order
/// learnt.
public final class BytePairTokenizer implements Tokenizer {

    /// Special tokens and bytes: what every vocabulary has before the first merge.
    private static final int SMALLEST = Special.values().length + 256;

    private static final byte[] NOTHING = {};
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] content;
    private final byte[][] bytes;
    private final int[] byteIds = new int[256];
    private final Merges merges;
    private final TextRules rules;
    private final Map<Special, Integer> specials;
    /// Whole words that are one token whatever the merges say, by their bytes as Latin-1; empty unless asked for.
    private final Map<String, Integer> wholeWords;
    private final Map<String, Integer> plainIds = new HashMap<>();
    private final ConcurrentLinkedDeque<Encoding> idle = new ConcurrentLinkedDeque<>();

    /// Learns merges from texts until the vocabulary, special tokens and bytes included, has `vocabulary`
    /// tokens. Where the texts do not offer enough pairs that occur twice, it is smaller. Equal texts give
    /// equal tokenizers.
    ///
    /// Memory grows with the number of different words, up to 32 megabytes of them; words that are new after
    /// that are not learnt from.
    ///
    /// @throws IllegalArgumentException for a vocabulary below 262, or an unpaired surrogate
    public static BytePairTokenizer train(Iterator<String> texts, int vocabulary) {
        if (vocabulary < SMALLEST) {
            throw new IllegalArgumentException(
                    ("a vocabulary of %d is too small: %d special tokens and 256 bytes come first,"
                                    + " so ask for at least %d")
                            .formatted(vocabulary, SMALLEST - 256, SMALLEST));
        }
        return new BytePairTokenizer(
                TokenizerFile.of(
                        "the trained tokenizer", new MergeTraining(PreTokens.ATHANOR).learn(texts, vocabulary)),
                OptionalInt.empty());
    }

    /// @param end the id of END where the file does not have it under our name
    BytePairTokenizer(TokenizerFile file, OptionalInt end) {
        content = file.content();
        rules = TextRules.of(file);
        specials = file.specials();
        end.ifPresent(id -> specials.putIfAbsent(Special.END, id));
        String[] tokens = file.tokens();
        bytes = new byte[tokens.length][];
        for (int id = 0; id < tokens.length; id++) {
            bytes[id] = ByteAlphabet.bytes(tokens[id]);
        }
        for (TokenizerFile.Added added : file.added()) {
            if (added.special()) {
                bytes[added.id()] = NOTHING;
            } else {
                plainIds.put(added.content(), added.id());
            }
        }
        JsonNode vocabulary = file.model().path("vocab");
        for (int b = 0; b < 256; b++) {
            JsonNode id = vocabulary.path(ByteAlphabet.spell(new byte[] {(byte) b}));
            if (id.isMissingNode()) {
                throw file.refusal(
                        "has no token for the byte 0x%02X".formatted(b),
                        "only byte-level BPE with all 256 bytes is supported");
            }
            byteIds[b] = id.intValue();
            requireText(file, byteIds[b]);
        }
        merges = merges(file, vocabulary);
        wholeWords = new HashMap<>();
        if (file.model().path("ignore_merges").asBoolean(false)) {
            for (Map.Entry<String, JsonNode> token : vocabulary.properties()) {
                int id = token.getValue().intValue();
                if (bytes[id].length > 0 && ByteAlphabet.spells(token.getKey())) {
                    byte[] spelt = ByteAlphabet.bytes(token.getKey());
                    wholeWords.put(new String(spelt, StandardCharsets.ISO_8859_1), id);
                }
            }
        }
    }

    private Merges merges(TokenizerFile file, JsonNode vocabulary) {
        JsonNode list = file.model().path("merges");
        if (!list.isArray()) {
            throw file.refusal("has no \"merges\" array in its model", "only BPE tokenizers are supported");
        }
        PairTable ranks = new PairTable(list.size());
        int[] results = new int[list.size()];
        int rank = 0;
        for (JsonNode merge : list) {
            String[] pair = pair(file, merge, rank);
            int left = id(file, vocabulary, pair[0], rank);
            int right = id(file, vocabulary, pair[1], rank);
            if (ranks.get(left, right) != PairTable.ABSENT) {
                throw file.refusal(
                        "has the merge of \"%s\" and \"%s\" twice, at %d and %d"
                                .formatted(pair[0], pair[1], ranks.get(left, right), rank),
                        "every merge may occur once");
            }
            results[rank] = id(file, vocabulary, pair[0] + pair[1], rank);
            requireText(file, results[rank]);
            ranks.put(PairTable.key(left, right), rank++);
        }
        return new Merges(byteIds, ranks, results);
    }

    private void requireText(TokenizerFile file, int id) {
        if (bytes[id].length == 0) {
            throw file.refusal(
                    "marks the token with id %d as special".formatted(id),
                    "bytes and what merges lead to must be text, or text could spell a special token");
        }
    }

    private static String[] pair(TokenizerFile file, JsonNode merge, int rank) {
        if (merge.isString()) {
            String[] pair = merge.stringValue().split(" ", -1);
            if (pair.length == 2) {
                return pair;
            }
        } else if (merge.isArray()
                && merge.size() == 2
                && merge.path(0).isString()
                && merge.path(1).isString()) {
            return new String[] {merge.path(0).stringValue(), merge.path(1).stringValue()};
        }
        throw file.refusal("has at merge %d %s".formatted(rank, merge), "expected \"a b\" or [\"a\", \"b\"]");
    }

    private static int id(TokenizerFile file, JsonNode vocabulary, String token, int rank) {
        JsonNode id = vocabulary.path(token);
        if (id.isMissingNode()) {
            throw file.refusal(
                    "names \"%s\" at merge %d but has no such token".formatted(token, rank),
                    "both halves of a merge and their whole must be in the vocabulary");
        }
        return id.intValue();
    }

    @Override
    public int size() {
        return bytes.length;
    }

    /// The ids of a text. Text that spells a special token is taken as plain characters; added tokens that a
    /// file marks as not special, such as Qwen's `<think>`, are found first, as their file asks.
    @Override
    public int[] encode(String text) {
        Utf8.requireWellFormed(text);
        Encoding encoding = idle.poll();
        if (encoding == null) {
            encoding = new Encoding();
        }
        encoding.count = 0;
        if (rules.isPlain()) {
            encoding.add(text);
        } else {
            Encoding into = encoding;
            rules.cut(text, new TextRules.Pieces() {
                @Override
                public void text(String piece) {
                    into.add(piece);
                }

                @Override
                public void token(String content) {
                    into.reserve(1);
                    into.ids[into.count++] = plainIds.get(content);
                }
            });
        }
        int[] ids = Arrays.copyOf(encoding.ids, encoding.count);
        if (encoding.ids.length <= Encoding.KEPT) {
            idle.push(encoding);
        }
        return ids;
    }

    /// One thread's work: the buffers and the cache that one call of `encode` fills, kept for the next.
    private final class Encoding {
        /// Buffers beyond this many ids are not kept: a long text is rare, and 4 megabytes are enough to hold
        /// on to.
        private static final int KEPT = 1 << 20;

        private final WordCache cache = new WordCache();
        private final Merges.Work work = new Merges.Work();
        private int[] ids = new int[1 << 10];
        private int count;

        private void reserve(int more) {
            if (ids.length - count < more) {
                ids = Arrays.copyOf(ids, Math.max(count + more, ids.length + (ids.length >> 1)));
            }
        }

        private void add(String piece) {
            byte[] text = piece.getBytes(StandardCharsets.UTF_8);
            PreTokens preTokens = rules.preTokens();
            for (int start = 0; start < text.length; ) {
                int end = preTokens.next(text, start, text.length);
                if (end - start <= WordCache.LONGEST) {
                    addShort(text, start, end);
                } else {
                    addMerged(text, start, end);
                }
                start = end;
            }
        }

        private void addShort(byte[] text, int start, int end) {
            int length = end - start;
            long head;
            long tail;
            if (start + 16 <= text.length) {
                head = (long) LONG.get(text, start);
                if (length < 8) {
                    head &= (1L << 8 * length) - 1;
                    tail = 0;
                } else {
                    tail = (long) LONG.get(text, start + 8) & (1L << 8 * (length - 8)) - 1;
                }
            } else {
                head = 0;
                tail = 0;
                for (int i = 0; i < length; i++) {
                    long b = text[start + i] & 0xffL;
                    if (i < 8) {
                        head |= b << 8 * i;
                    } else {
                        tail |= b << 8 * (i - 8);
                    }
                }
            }
            tail |= (long) length << 56;
            reserve(WordCache.LONGEST);
            int slot = cache.slot(head, tail);
            if (cache.has(slot)) {
                count += cache.copy(slot, ids, count);
            } else {
                int from = count;
                addMerged(text, start, end);
                cache.put(slot, head, tail, ids, from, count - from);
            }
        }

        private void addMerged(byte[] text, int start, int end) {
            if (!wholeWords.isEmpty()) {
                Integer whole = wholeWords.get(new String(text, start, end - start, StandardCharsets.ISO_8859_1));
                if (whole != null) {
                    reserve(1);
                    ids[count++] = whole;
                    return;
                }
            }
            int added = merges.apply(text, start, end, byteIds, work);
            reserve(added);
            System.arraycopy(work.symbols, 0, ids, count, added);
            count += added;
        }
    }

    @Override
    public String decode(int... ids) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(4 * ids.length);
        for (int id : ids) {
            requireId(id);
            text.writeBytes(bytes[id]);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] bytes(int id) {
        requireId(id);
        return bytes[id].clone();
    }

    private void requireId(int id) {
        if (id < 0 || id >= bytes.length) {
            throw new IllegalArgumentException(
                    "token id %d is not in this tokenizer: its ids run from 0 to %d".formatted(id, size() - 1));
        }
    }

    @Override
    public OptionalInt id(Special special) {
        Integer id = specials.get(special);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    @Override
    public void write(Path file) {
        Durable.file(file, content);
    }
}
