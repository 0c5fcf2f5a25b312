package dev.athanor.model;

import dev.athanor.data.Durable;
import dev.athanor.data.text.Special;
import dev.athanor.data.text.Tokenizer;
import dev.athanor.data.text.Tokenizers;
import dev.athanor.torch.SafeTensors;
import dev.athanor.torch.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A trained model on disk: `config.json`, `model.safetensors`, `tokenizer.json`, `README.md` (the model card
/// for people) and `card.json` (the same for programs). The layout is Hugging Face's, so a Transformer's folder
/// loads in `transformers` as a Llama model, and one written there loads here.
///
/// @param folder where it stands
/// @param config what the model is
/// @param form how samples are written for it
/// @param card where it comes from: recipe, data, seed, versions, metrics; empty for a folder made elsewhere
public record ModelFolder(Path folder, ModelConfig config, Form form, ObjectNode card) {
    private static final JsonMapper JSON = JsonMapper.shared();

    public static final String CONFIG = "config.json";
    public static final String WEIGHTS = "model.safetensors";
    public static final String GENERATION = "generation_config.json";
    public static final String TOKENIZER = "tokenizer.json";
    public static final String CARD = "card.json";
    public static final String README = "README.md";

    /// What a new folder is made of, besides its weights.
    ///
    /// @param tokenizer where the model reads or writes texts
    /// @param readme Markdown with YAML front matter
    public record Description(Form form, Optional<Tokenizer> tokenizer, ObjectNode card, String readme) {}

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
        ModelConfig parsed = ModelConfig.fromJson(config);
        return new ModelFolder(
                folder,
                parsed,
                switch (parsed) {
                    case LanguageConfig _ -> SampleFormat.fromJson(config.path("athanor"));
                    case ImageConfig _ -> ImageFormat.fromJson(config.path("athanor"));
                    case SoundConfig sounds -> new WaveForm(sounds.mel());
                },
                Files.exists(card) ? object(card) : JsonNodeFactory.instance.objectNode());
    }

    /// Writes a folder whole or not at all.
    public static ModelFolder write(Path folder, Network model, Description description) {
        Durable.folder(folder, temporary -> {
            ObjectNode config = model.config().toJson();
            if (description.form() instanceof SampleFormat format) {
                Tokenizer tokenizer = description.tokenizer().orElseThrow();
                // Null where running text has no marks: transformers would take Llama's own ids where nothing is said.
                put(config, "bos_token_id", format.isMarked() ? tokenizer.id(Special.BEGIN) : OptionalInt.empty());
                put(config, "eos_token_id", format.isMarked() ? tokenizer.id(Special.END) : OptionalInt.empty());
                put(config, "pad_token_id", tokenizer.id(Special.PAD));
            }
            config.set("athanor", description.form().toJson());
            Files.writeString(temporary.resolve(CONFIG), config.toPrettyString());
            Files.writeString(temporary.resolve(CARD), description.card().toPrettyString());
            Files.writeString(temporary.resolve(README), description.readme());
            description.tokenizer().ifPresent(tokenizer -> tokenizer.write(temporary.resolve(TOKENIZER)));
            if (model.config() instanceof Transformer.Config transformer) {
                forTransformers(temporary, config, transformer, description);
            }
            Weights.write(temporary.resolve(WEIGHTS), model.tensors());
        });
        return read(folder);
    }

    private static void put(ObjectNode json, String key, OptionalInt id) {
        if (id.isPresent()) {
            json.put(key, id.getAsInt());
        } else {
            json.putNull(key);
        }
    }

    /// What `transformers` needs besides, so that its `AutoTokenizer` begins a text and its `generate` ends
    /// one as we do.
    private static void forTransformers(
            Path folder, ObjectNode config, Transformer.Config transformer, Description description)
            throws IOException {
        Tokenizer tokenizer = description.tokenizer().orElseThrow();
        SampleFormat format = (SampleFormat) description.form();
        ObjectNode file = object(folder.resolve(TOKENIZER));
        int[] opening = format.prompt(tokenizer, Map.of(), "");
        if (opening.length > 0 && file.path("post_processor").isNull()) {
            file.set("post_processor", template(opening));
            Files.writeString(folder.resolve(TOKENIZER), file.toString());
        }
        ObjectNode specials = JsonNodeFactory.instance.objectNode();
        tokenizer.id(Special.BEGIN).ifPresent(_ -> specials.put("bos_token", Special.BEGIN.content()));
        tokenizer.id(Special.END).ifPresent(_ -> specials.put("eos_token", Special.END.content()));
        tokenizer.id(Special.PAD).ifPresent(_ -> specials.put("pad_token", Special.PAD.content()));
        Files.writeString(folder.resolve("special_tokens_map.json"), specials.toPrettyString());
        ObjectNode settings = specials.deepCopy();
        settings.put("tokenizer_class", "PreTrainedTokenizerFast");
        settings.put("model_max_length", transformer.context());
        settings.put("clean_up_tokenization_spaces", false);
        Files.writeString(folder.resolve("tokenizer_config.json"), settings.toPrettyString());
        ObjectNode generation = JsonNodeFactory.instance.objectNode();
        generation.set("bos_token_id", config.path("bos_token_id"));
        generation.set("pad_token_id", config.path("pad_token_id"));
        Endings.of(tokenizer, format).putInto(generation);
        Files.writeString(folder.resolve(GENERATION), generation.toPrettyString());
    }

    /// The special tokens before a text, in the form of Hugging Face's `tokenizers`.
    private static ObjectNode template(int[] opening) {
        ObjectNode template = JsonNodeFactory.instance.objectNode();
        template.put("type", "TemplateProcessing");
        ArrayNode single = template.putArray("single");
        ArrayNode pair = template.putArray("pair");
        ObjectNode known = template.putObject("special_tokens");
        for (int id : opening) {
            String content = Special.values()[id].content();
            for (ArrayNode form : List.of(single, pair)) {
                form.addObject().putObject("SpecialToken").put("id", content).put("type_id", 0);
            }
            ObjectNode token = known.putObject(content);
            token.put("id", content);
            token.putArray("ids").add(id);
            token.putArray("tokens").add(content);
        }
        single.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
        pair.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
        pair.addObject().putObject("Sequence").put("id", "B").put("type_id", 1);
        return template;
    }

    /// The model's name: its folder's.
    public String name() {
        return folder.toAbsolutePath().normalize().getFileName().toString();
    }

    /// The same with another card.
    public ModelFolder withCard(ObjectNode card) {
        return new ModelFolder(folder, config, form, card);
    }

    /// How texts are written for the model.
    ///
    /// @throws IllegalArgumentException where it is not one of texts
    public SampleFormat format() {
        if (form instanceof SampleFormat texts) {
            return texts;
        }
        throw new IllegalArgumentException(
                "the model %s is an %s, and a model of texts is needed here".formatted(name(), config.family()));
    }

    /// What a model of texts is.
    ///
    /// @throws IllegalArgumentException where it is not one
    public LanguageConfig language() {
        format();
        return (LanguageConfig) config;
    }

    /// What a model of pictures can be told.
    ///
    /// @throws IllegalArgumentException where it is not one of pictures
    public ImageFormat images() {
        if (form instanceof ImageFormat images) {
            return images;
        }
        throw new IllegalArgumentException(
                "the model %s is a %s, and a model of pictures is needed here".formatted(name(), config.family()));
    }

    public Tokenizer tokenizer() {
        Path file = folder.resolve(TOKENIZER);
        if (!Files.exists(file)) {
            throw new ModelException(
                    "%s has no %s: the model cannot read or write text without it".formatted(folder, TOKENIZER));
        }
        return Tokenizers.read(file, isOurs() ? OptionalInt.empty() : declared().first());
    }

    /// How the model's texts end, told by its tokenizer where it was made here and by its files where not.
    public Endings endings(Tokenizer tokenizer) {
        return isOurs() ? Endings.of(tokenizer, format()) : declared();
    }

    private boolean isOurs() {
        return object(folder.resolve(CONFIG)).has("athanor");
    }

    private Endings declared() {
        Path generation = folder.resolve(GENERATION);
        return Endings.fromJson(object(Files.exists(generation) ? generation : folder.resolve(CONFIG)));
    }

    /// The weight files, in the order of their names: one, or the shards that `model.safetensors.index.json`
    /// lists.
    public List<Path> weights() {
        Path whole = folder.resolve(WEIGHTS);
        if (Files.exists(whole)) {
            return List.of(whole);
        }
        Path index = folder.resolve(WEIGHTS + ".index.json");
        if (!Files.exists(index)) {
            boolean pickled = Files.exists(folder.resolve("pytorch_model.bin"))
                    || Files.exists(folder.resolve("pytorch_model.bin.index.json"));
            throw new ModelException("%s has no %s: %s"
                    .formatted(
                            folder,
                            WEIGHTS,
                            pickled
                                    ? "its weights are in pytorch_model.bin, which may run code when read; load it in transformers and save it again with save_pretrained"
                                    : "the weights are missing"));
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

    /// Opens tokenizer and weight files once, for a folder that comes from elsewhere: better refused now than
    /// later.
    ///
    /// @return this
    public ModelFolder whole() {
        if (config instanceof LanguageConfig || Files.exists(folder.resolve(TOKENIZER))) {
            tokenizer();
        }
        weights().forEach(file -> SafeTensors.open(file).close());
        return this;
    }

    /// The model with its weights, on the CPU. Close its scope, or keep it as long as the process runs.
    public Network open() {
        Network model = config.open();
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
