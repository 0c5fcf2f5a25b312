package dev.athanor.data.text;

import dev.athanor.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A `tokenizer.json`, taken apart and checked as far as both kinds of tokenizer share it. `where` names it in
/// refusals; `content` is what it was read from, byte for byte.
record TokenizerFile(String where, byte[] content, JsonNode root) {

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /// Files beyond this are refused unread: the largest of published ones, with a quarter of a million tokens,
    /// have about 35 megabytes.
    private static final long LARGEST = 256L << 20;

    /// A token beside the model's vocabulary. A special one is never found in text; a plain one always is, first.
    record Added(int id, String content, boolean special, boolean normalized) {}

    static TokenizerFile read(Path file) {
        try {
            long size = Files.size(file);
            if (size > LARGEST) {
                throw new DataException("%s has %d bytes but a tokenizer has at most %d: is it another file?"
                        .formatted(file, size, LARGEST));
            }
            return of(file.toString(), Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new DataException(
                    "%s does not exist: a tokenizer is read from a file named tokenizer.json".formatted(file), e);
        } catch (IOException e) {
            throw new DataException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    static TokenizerFile of(String where, byte[] content) {
        JsonNode root;
        try {
            root = JSON.readTree(content);
        } catch (JacksonException e) {
            throw new DataException(
                    "%s is not valid JSON: %s. Was it cut short? Fetch or write it again"
                            .formatted(where, e.getOriginalMessage()),
                    e);
        }
        TokenizerFile file = new TokenizerFile(where, content, root);
        if (!root.isObject() || !root.path("model").isObject()) {
            throw file.refusal("has no \"model\" object", "expected a tokenizer.json as Hugging Face writes it");
        }
        String type = file.model().path("type").asString("BPE"); // GPT-2's own file has none
        if (!type.equals("BPE")) {
            throw file.refusal("has a %s model".formatted(type), "only BPE tokenizers are supported");
        }
        if (!file.model().path("vocab").isObject()) {
            throw file.refusal("has no \"vocab\" object in its model", "only BPE tokenizers are supported");
        }
        return file;
    }

    JsonNode model() {
        return root.path("model");
    }

    DataException refusal(String found, String cure) {
        return new DataException("%s %s: %s".formatted(where, found, cure));
    }

    /// Every token by its id, added ones included.
    String[] tokens() {
        JsonNode vocabulary = model().path("vocab");
        List<Added> added = added();
        List<Added> extra =
                added.stream().filter(token -> !vocabulary.has(token.content())).toList();
        String[] tokens = new String[vocabulary.size() + extra.size()];
        for (Map.Entry<String, JsonNode> entry : vocabulary.properties()) {
            if (!entry.getValue().isInt()) {
                throw refusal(
                        "gives token \"%s\" the id %s".formatted(entry.getKey(), entry.getValue()),
                        "ids are whole numbers from 0 to " + (tokens.length - 1));
            }
            place(tokens, entry.getValue().intValue(), entry.getKey());
        }
        for (Added token : added) {
            JsonNode known = vocabulary.path(token.content());
            if (known.isMissingNode()) {
                place(tokens, token.id(), token.content());
            } else if (known.intValue() != token.id()) {
                throw refusal(
                        "gives \"%s\" the id %d among added_tokens but %d in its vocabulary"
                                .formatted(token.content(), token.id(), known.intValue()),
                        "the two must agree");
            }
        }
        return tokens;
    }

    private void place(String[] tokens, int id, String token) {
        if (id < 0 || id >= tokens.length) {
            throw refusal(
                    "gives token \"%s\" the id %d although it has %d tokens".formatted(token, id, tokens.length),
                    "ids must run from 0 to %d without holes".formatted(tokens.length - 1));
        }
        if (tokens[id] != null) {
            throw refusal(
                    "gives both \"%s\" and \"%s\" the id %d".formatted(tokens[id], token, id),
                    "every token needs its own id");
        }
        tokens[id] = token;
    }

    List<Added> added() {
        List<Added> added = new ArrayList<>();
        for (JsonNode token : root.path("added_tokens")) {
            if (!token.path("id").isInt() || !token.path("content").isString()) {
                throw refusal("has an added token without id or content: " + token, "expected both");
            }
            if (Utf8.unpairedSurrogate(token.path("content").stringValue()) >= 0) {
                throw refusal(
                        "has the added token %s with an unpaired surrogate".formatted(token.path("id")),
                        "tokens must be well-formed Unicode");
            }
            boolean special = token.path("special").asBoolean(false);
            for (String option : List.of("single_word", "lstrip", "rstrip")) {
                if (!special && token.path(option).asBoolean(false)) {
                    throw refusal(
                            "has the plain added token %s with \"%s\"".formatted(token.path("content"), option),
                            "this option is not supported");
                }
            }
            added.add(new Added(
                    token.path("id").intValue(),
                    token.path("content").stringValue(),
                    special,
                    token.path("normalized").asBoolean(!special)));
        }
        return added;
    }

    /// The ids of the special tokens that this file has. A file from elsewhere spells them in its own way: what it
    /// puts before every text is its BEGIN.
    Map<Special, Integer> specials() {
        Map<Special, Integer> specials = new EnumMap<>(Special.class);
        for (Added token : added()) {
            Arrays.stream(Special.values())
                    .filter(special -> token.special() && special.content().equals(token.content()))
                    .forEach(special -> specials.put(special, token.id()));
        }
        if (!specials.containsKey(Special.BEGIN)) {
            opening(root.path("post_processor")).ifPresent(id -> specials.put(Special.BEGIN, id));
        }
        return specials;
    }

    /// The token that a `TemplateProcessing` puts before a text, also one inside a sequence of processors.
    private OptionalInt opening(JsonNode processor) {
        for (JsonNode part : processor.path("processors")) {
            OptionalInt found = opening(part);
            if (found.isPresent()) {
                return found;
            }
        }
        String first =
                processor.path("single").path(0).path("SpecialToken").path("id").asString("");
        JsonNode id = processor.path("special_tokens").path(first).path("ids").path(0);
        return !first.isEmpty() && id.isInt() ? OptionalInt.of(id.intValue()) : OptionalInt.empty();
    }

    /// The frame that both kinds share: special tokens first, the given parts, a model without options.
    static ObjectNode frame() {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", "1.0");
        root.putNull("truncation");
        root.putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        for (Special special : Special.values()) {
            added.addObject()
                    .put("id", special.id())
                    .put("content", special.content())
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        root.putNull("normalizer");
        root.putNull("pre_tokenizer");
        root.putNull("post_processor");
        root.putNull("decoder");
        ObjectNode model = root.putObject("model");
        model.put("type", "BPE");
        model.putNull("dropout");
        model.putNull("unk_token");
        model.putNull("continuing_subword_prefix");
        model.putNull("end_of_word_suffix");
        model.put("fuse_unk", false);
        model.put("byte_fallback", false);
        model.put("ignore_merges", false);
        ObjectNode vocabulary = model.putObject("vocab");
        for (Special special : Special.values()) {
            vocabulary.put(special.content(), special.id());
        }
        model.putArray("merges");
        return root;
    }
}
