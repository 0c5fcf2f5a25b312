package dev.athanor.model;

import dev.athanor.data.Durable;
import dev.athanor.data.text.Special;
import dev.athanor.data.text.Tokenizer;
import dev.athanor.data.text.Tokenizers;
import dev.athanor.torch.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A trained model on disk: `config.json`, `model.safetensors`, `tokenizer.json`, `README.md` (the model card
/// for people) and `card.json` (the same for programs). The layout is Hugging Face's, so a Transformer's folder
/// loads in `transformers` as a Llama model, and one written there loads here.
///
/// @param folder where it stands
/// @param config what the model is
/// @param format how samples are written for it
/// @param card where it comes from: recipe, data, seed, versions, metrics; empty for a folder made elsewhere
public record ModelFolder(Path folder, ModelConfig config, SampleFormat format, ObjectNode card) {
    private static final JsonMapper JSON = JsonMapper.shared();

    public static final String CONFIG = "config.json";
    public static final String WEIGHTS = "model.safetensors";
    public static final String TOKENIZER = "tokenizer.json";
    public static final String CARD = "card.json";
    public static final String README = "README.md";

    /// What a new folder is made of, besides its weights.
    ///
    /// @param readme Markdown with YAML front matter
    public record Description(SampleFormat format, Tokenizer tokenizer, ObjectNode card, String readme) {}

    /// Reads everything but the weights.
    ///
    /// @throws ModelException naming the file at fault
    public static ModelFolder read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ModelException("there is no model in %s: expected a folder with %s, %s and %s%s"
                    .formatted(folder, CONFIG, WEIGHTS, TOKENIZER, neighbours(folder)));
        }
        ObjectNode config = object(folder.resolve(CONFIG));
        Path card = folder.resolve(CARD);
        return new ModelFolder(
                folder,
                ModelConfig.fromJson(config),
                SampleFormat.fromJson(config.path("athanor")),
                Files.exists(card) ? object(card) : JsonNodeFactory.instance.objectNode());
    }

    /// Writes a folder whole or not at all.
    public static ModelFolder write(Path folder, LanguageModel model, Description description) {
        Durable.folder(folder, temporary -> {
            ObjectNode config = model.config().toJson();
            Tokenizer tokenizer = description.tokenizer();
            put(config, "bos_token_id", tokenizer, Special.BEGIN);
            put(config, "eos_token_id", tokenizer, Special.END);
            put(config, "pad_token_id", tokenizer, Special.PAD);
            config.set("athanor", description.format().toJson());
            Files.writeString(temporary.resolve(CONFIG), config.toPrettyString());
            Files.writeString(temporary.resolve(CARD), description.card().toPrettyString());
            Files.writeString(temporary.resolve(README), description.readme());
            tokenizer.write(temporary.resolve(TOKENIZER));
            if (model.config() instanceof Transformer.Config transformer) {
                Files.writeString(
                        temporary.resolve("tokenizer_config.json"),
                        tokenizerConfig(tokenizer, transformer).toPrettyString());
                Files.writeString(
                        temporary.resolve("generation_config.json"),
                        generationConfig(config).toPrettyString());
            }
            Weights.write(temporary.resolve(WEIGHTS), model.tensors());
        });
        return read(folder);
    }

    private static void put(ObjectNode json, String key, Tokenizer tokenizer, Special special) {
        tokenizer.id(special).ifPresent(id -> json.put(key, id));
    }

    private static ObjectNode tokenizerConfig(Tokenizer tokenizer, Transformer.Config config) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("tokenizer_class", "PreTrainedTokenizerFast");
        json.put("model_max_length", config.context());
        json.put("clean_up_tokenization_spaces", false);
        tokenizer.id(Special.BEGIN).ifPresent(_ -> json.put("bos_token", Special.BEGIN.content()));
        tokenizer.id(Special.END).ifPresent(_ -> json.put("eos_token", Special.END.content()));
        tokenizer.id(Special.PAD).ifPresent(_ -> json.put("pad_token", Special.PAD.content()));
        return json;
    }

    private static ObjectNode generationConfig(ObjectNode config) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (String key : List.of("bos_token_id", "eos_token_id", "pad_token_id")) {
            if (config.has(key)) {
                json.set(key, config.path(key));
            }
        }
        return json;
    }

    /// The model's name: its folder's.
    public String name() {
        return folder.toAbsolutePath().normalize().getFileName().toString();
    }

    public Tokenizer tokenizer() {
        Path file = folder.resolve(TOKENIZER);
        if (!Files.exists(file)) {
            throw new ModelException(
                    "%s has no %s: the model cannot read or write text without it".formatted(folder, TOKENIZER));
        }
        return Tokenizers.read(file);
    }

    /// The weight files, in the order of their names: one, or the shards that `model.safetensors.index.json` lists.
    public List<Path> weights() {
        Path whole = folder.resolve(WEIGHTS);
        if (Files.exists(whole)) {
            return List.of(whole);
        }
        Path index = folder.resolve(WEIGHTS + ".index.json");
        if (!Files.exists(index)) {
            throw new ModelException("%s has no %s: the weights are missing".formatted(folder, WEIGHTS));
        }
        return object(index)
                .path("weight_map")
                .valueStream()
                .map(JsonNode::asString)
                .distinct()
                .sorted()
                .map(shard -> within(index, shard))
                .toList();
    }

    /// A shard by the name an index gives it, which must stay inside the folder.
    private Path within(Path index, String shard) {
        Path path = folder.resolve(shard).normalize();
        if (!folder.normalize().equals(path.getParent())) {
            throw new ModelException("%s names the shard \"%s\": expected a file beside it".formatted(index, shard));
        }
        return path;
    }

    /// The model with its weights, on the CPU. Close its scope, or keep it as long as the process runs.
    public LanguageModel open() {
        LanguageModel model = config.open();
        Weights.read(weights(), model.tensors());
        return model;
    }

    private static ObjectNode object(Path file) {
        try {
            JsonNode json = JSON.readTree(Files.readString(file));
            if (json instanceof ObjectNode object) {
                return object;
            }
            throw new ModelException("%s holds %s: expected a JSON object"
                    .formatted(file, json == null ? "nothing" : json.getNodeType()));
        } catch (IOException | JacksonException broken) {
            throw new ModelException("%s cannot be read: %s".formatted(file, broken.getMessage()), broken);
        }
    }

    private static String neighbours(Path folder) {
        Path parent = folder.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return "";
        }
        try (Stream<Path> beside = Files.list(parent)) {
            List<String> names = beside.filter(path -> Files.exists(path.resolve(CONFIG)))
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
            return names.isEmpty() ? "; none has been trained yet" : "; beside it stand " + String.join(", ", names);
        } catch (IOException unreadable) {
            throw new ModelException("%s cannot be read: %s".formatted(parent, unreadable.getMessage()), unreadable);
        }
    }
}
