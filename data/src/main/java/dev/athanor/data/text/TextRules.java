package dev.athanor.data.text;

import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What a byte-level `tokenizer.json` does to a text before the model sees it: which added tokens are found in it,
/// whether it is brought to NFC, whether a space is put in front, and how it is cut into pre-tokens.
///
/// @param plain finds added tokens in the text as it is; an empty list means none
/// @param normalized finds added tokens in the text after normalisation
record TextRules(List<Pattern> plain, List<Pattern> normalized, Form form, Front front, PreTokens preTokens) {

    enum Form {
        AS_GIVEN,
        NFC
    }

    enum Front {
        AS_GIVEN,
        SPACE
    }

    /// Takes a text apart: stretches of text, and added tokens between them.
    interface Pieces {
        void text(String piece);

        void token(String content);
    }

    static TextRules of(TokenizerFile file) {
        requireByteLevelModel(file);
        JsonNode preTokenizer = file.root().path("pre_tokenizer");
        JsonNode last = preTokenizer;
        PreTokens preTokens = PreTokens.GPT2;
        if (type(preTokenizer).equals("Sequence")) {
            JsonNode parts = preTokenizer.path("pretokenizers");
            last = parts.path(parts.size() - 1);
            if (parts.size() == 2) {
                preTokens = split(file, parts.path(0));
            } else if (parts.size() != 1) {
                throw unsupported(file, "pre_tokenizer", preTokenizer);
            }
        }
        boolean cutBefore =
                last != preTokenizer && preTokenizer.path("pretokenizers").size() == 2;
        boolean space = last.path("add_prefix_space").asBoolean(true);
        if (!type(last).equals("ByteLevel")
                || last.path("use_regex").asBoolean(true) == cutBefore
                || cutBefore && space) {
            throw unsupported(file, "pre_tokenizer", preTokenizer);
        }
        return new TextRules(
                finder(file, false), finder(file, true), form(file), space ? Front.SPACE : Front.AS_GIVEN, preTokens);
    }

    private static void requireByteLevelModel(TokenizerFile file) {
        JsonNode model = file.model();
        if (model.path("dropout").asDouble(0) != 0) {
            throw unsupported(file, "dropout", model.path("dropout"));
        }
        for (String affix : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
            if (!model.path(affix).asString("").isEmpty()) {
                throw unsupported(file, affix, model.path(affix));
            }
        }
        if (!type(file.root().path("decoder")).equals("ByteLevel")) {
            throw unsupported(file, "decoder", file.root().path("decoder"));
        }
    }

    private static PreTokens split(TokenizerFile file, JsonNode split) {
        // Every known expression matches all of a text, so what lies between matches never matters.
        boolean whole = type(split).equals("Split")
                && (split.path("behavior").asString("").equals("Isolated")
                        || split.path("behavior").asString("").equals("Removed")
                                && split.path("invert").asBoolean(false));
        if (!whole) {
            throw unsupported(file, "pre_tokenizer", split);
        }
        return PreTokens.of(split.path("pattern").path("Regex").asString(""))
                .orElseThrow(() -> file.refusal(
                        "cuts text by %s".formatted(split.path("pattern")),
                        "only the expressions of GPT-2, Llama 3 (GPT-4), Qwen 2 and our own are supported"));
    }

    private static Form form(TokenizerFile file) {
        JsonNode normalizer = file.root().path("normalizer");
        boolean none = normalizer.isMissingNode()
                || normalizer.isNull()
                || type(normalizer).equals("Sequence")
                        && normalizer.path("normalizers").isEmpty();
        if (!none && !type(normalizer).equals("NFC")) {
            throw unsupported(file, "normalizer", normalizer);
        }
        return none ? Form.AS_GIVEN : Form.NFC;
    }

    private static RuntimeException unsupported(TokenizerFile file, String part, JsonNode found) {
        return file.refusal(
                "has the %s %s".formatted(part, found),
                "this is not supported; supported are byte-level BPE files as of GPT-2, Llama 3 and Qwen");
    }

    private static String type(JsonNode part) {
        return part.path("type").asString("");
    }

    /// An expression that finds added tokens, the longest where several start together.
    private static List<Pattern> finder(TokenizerFile file, boolean normalized) {
        List<String> contents = file.added().stream()
                .filter(token -> !token.special() && token.normalized() == normalized)
                .map(TokenizerFile.Added::content)
                .filter(content -> !content.isEmpty())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .toList();
        return contents.isEmpty() ? List.of() : List.of(Pattern.compile(String.join("|", contents)));
    }

    /// Whether a text goes to the model as it is.
    boolean isPlain() {
        return plain.isEmpty() && normalized.isEmpty() && form == Form.AS_GIVEN && front == Front.AS_GIVEN;
    }

    void cut(String text, Pieces pieces) {
        each(plain, text, pieces, raw -> {
            String piece = form == Form.NFC ? Normalizer.normalize(raw, Normalizer.Form.NFC) : raw;
            each(normalized, piece, pieces, words -> pieces.text(withFront(words)));
        });
    }

    private String withFront(String piece) {
        return front == Front.SPACE && !piece.startsWith(" ") ? " " + piece : piece;
    }

    private static void each(List<Pattern> finder, String text, Pieces pieces, Texts between) {
        int from = 0;
        for (Pattern pattern : finder) {
            Matcher found = pattern.matcher(text);
            while (found.find()) {
                if (found.start() > from) {
                    between.text(text.substring(from, found.start()));
                }
                pieces.token(found.group());
                from = found.end();
            }
        }
        if (from < text.length()) {
            between.text(text.substring(from));
        }
    }

    private interface Texts {
        void text(String piece);
    }
}
