package dev.athanor.train;

import dev.athanor.data.Nearest;
import dev.athanor.data.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/// Recipes as YAML: built-in ones by name, others by path, single numbers by `key=value`.
public final class RecipeFile {
    private static final List<String> BUDGETS = List.of("steps", "epochs", "minutes");

    /// The recipes that come with the program.
    public static final List<String> BUILT_IN = List.of(
            "text-transformer",
            "text-lstm",
            "text-gru",
            "text-vae",
            "image-diffusion",
            "audio-diffusion",
            "audio-codec",
            "audio-vocoder",
            "image-classifier",
            "image-vae",
            "image-gan",
            "shakespeare-transformer",
            "shakespeare-byte-pairs",
            "shakespeare-lstm",
            "chinese-poetry",
            "chinese-quatrains",
            "e2e-nlg",
            "names");

    private RecipeFile() {}

    /// Reads a recipe.
    ///
    /// @param nameOrPath a built-in name, or a YAML file
    /// @param settings `training.steps=500` and the like, which win over the file
    /// @throws IllegalArgumentException naming the key at fault and the nearest one that exists
    public static Recipe read(String nameOrPath, List<String> settings) {
        String text;
        String name;
        if (BUILT_IN.contains(nameOrPath)) {
            text = resource(nameOrPath);
            name = nameOrPath;
        } else {
            Path file = Path.of(nameOrPath);
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException(
                        "there is no recipe \"%s\"%s; built in are %s, others are given by their path"
                                .formatted(
                                        nameOrPath, Nearest.hint(nameOrPath, BUILT_IN), String.join(", ", BUILT_IN)));
            }
            text = content(file);
            String fileName = file.getFileName().toString();
            name = fileName.contains(".") ? fileName.substring(0, fileName.lastIndexOf('.')) : fileName;
        }
        return parse(name, nameOrPath, text, settings);
    }

    /// Reads the resolved recipe of a run.
    static Recipe readResolved(Path file) {
        return parse("", file.toString(), content(file), List.of());
    }

    private static Recipe parse(String name, String source, String text, List<String> settings) {
        Map<String, Object> tree = tree(source, text);
        tree.putIfAbsent("name", name);
        for (String setting : settings) {
            set(tree, setting);
        }
        clearDefaultBudget(tree);
        return (Recipe) bind("", tree, Recipe.DEFAULTS, source);
    }

    private static Map<String, Object> tree(String source, String text) {
        return map(source, Yaml.load(source, text).orElse(Map.of()));
    }

    private static Map<String, Object> map(String where, Object value) {
        if (!(value instanceof Map<?, ?> entries)) {
            throw new IllegalArgumentException("%s is \"%s\": expected keys with values".formatted(where, value));
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        entries.forEach((key, inner) ->
                copy.put(String.valueOf(key), inner instanceof Map<?, ?> ? map(String.valueOf(key), inner) : inner));
        return copy;
    }

    private static void set(Map<String, Object> tree, String setting) {
        int equals = setting.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException(
                    "--set %s: expected key=value, for example training.steps=500".formatted(setting));
        }
        String[] path = setting.substring(0, equals).strip().split("\\.");
        Map<String, Object> at = tree;
        for (int i = 0; i < path.length - 1; i++) {
            Object inner = at.computeIfAbsent(path[i], _ -> new LinkedHashMap<String, Object>());
            Map<String, Object> copy = map(path[i], inner);
            at.put(path[i], copy);
            at = copy;
        }
        String key = path[path.length - 1];
        if (BUDGETS.contains(key)) {
            BUDGETS.forEach(at::remove);
        }
        at.put(key, Yaml.load("--set " + setting, setting.substring(equals + 1)).orElse(null));
    }

    /// A recipe that gives one budget need not say that the others are 0.
    private static void clearDefaultBudget(Map<String, Object> tree) {
        if (tree.get("training") instanceof Map<?, ?> part && BUDGETS.stream().anyMatch(part::containsKey)) {
            Map<String, Object> training = map("training", part);
            BUDGETS.forEach(budget -> training.putIfAbsent(budget, 0));
            tree.put("training", training);
        }
    }

    /// The values of a tree in the shape of a record; what is left out is taken from the defaults.
    private static Record bind(String path, Map<String, Object> tree, Record defaults, String source) {
        RecordComponent[] components = defaults.getClass().getRecordComponents();
        List<String> keys =
                Arrays.stream(components).map(RecordComponent::getName).toList();
        for (String key : tree.keySet()) {
            if (!keys.contains(key)) {
                throw new IllegalArgumentException("%s: unknown key \"%s%s\"%s; known here are %s"
                        .formatted(source, path, key, Nearest.hint(key, keys), String.join(", ", keys)));
            }
        }
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            Object standard = read(components[i], defaults);
            String key = components[i].getName();
            values[i] =
                    tree.containsKey(key) ? convert(path + key, tree.get(key), types[i], standard, source) : standard;
        }
        return make(defaults.getClass(), types, values, source);
    }

    private static <R extends Record> R make(Class<R> kind, Class<?>[] types, Object[] values, String source) {
        try {
            return kind.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof IllegalArgumentException cause) {
                throw new IllegalArgumentException(source + ": " + cause.getMessage(), cause);
            }
            throw new IllegalStateException(refused);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Object read(RecordComponent component, Record from) {
        try {
            return component.getAccessor().invoke(from);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Object convert(String key, Object value, Class<?> type, Object standard, String source) {
        if (standard instanceof Record record) {
            return bind(key + ".", map(key, value == null ? Map.of() : value), record, source);
        }
        if (type == int.class && value instanceof Integer) {
            return value;
        }
        if (type == long.class && value instanceof Number number && !(value instanceof Double)) {
            return number.longValue();
        }
        if (type == double.class && value instanceof Number number) {
            return number.doubleValue();
        }
        if (type == boolean.class && value instanceof Boolean) {
            return value;
        }
        if (type == String.class && value != null && !(value instanceof Map) && !(value instanceof List)) {
            return value.toString();
        }
        if (type == List.class
                && standard instanceof List<?> numbers
                && !numbers.isEmpty()
                && numbers.getFirst() instanceof Integer) {
            if (value instanceof List<?> list && list.stream().allMatch(Integer.class::isInstance)) {
                return list;
            }
            throw new IllegalArgumentException("%s: %s is \"%s\": expected a list of whole numbers, for example [1, 2]"
                    .formatted(source, key, value));
        }
        if (type == List.class) {
            return value instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of(String.valueOf(value).split("\\s*,\\s*"));
        }
        if (type.isEnum() && value != null) {
            for (Object constant : type.getEnumConstants()) {
                if (word(constant)
                        .equals(value.toString().toLowerCase(Locale.ROOT).replace('_', '-'))) {
                    return constant;
                }
            }
        }
        throw new IllegalArgumentException(
                "%s: %s is \"%s\": expected %s".formatted(source, key, value, expected(type)));
    }

    private static String expected(Class<?> type) {
        if (type.isEnum()) {
            List<String> words = new ArrayList<>();
            for (Object constant : type.getEnumConstants()) {
                words.add(word(constant));
            }
            return "one of " + String.join(", ", words);
        }
        return switch (type.getSimpleName()) {
            case "int", "long" -> "a whole number";
            case "double" -> "a number";
            case "boolean" -> "true or false";
            default -> "a text";
        };
    }

    private static String word(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The whole recipe as YAML, every number said.
    static String write(Recipe recipe) {
        return new Dump(DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .build())
                .dumpToString(unbind(recipe));
    }

    private static Map<String, Object> unbind(Record record) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = read(component, record);
            tree.put(
                    component.getName(),
                    switch (value) {
                        case Record inner -> unbind(inner);
                        case Enum<?> constant -> word(constant);
                        default -> value;
                    });
        }
        return tree;
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(
                    "%s cannot be read: %s".formatted(file, unreadable.getMessage()), unreadable);
        }
    }

    private static String resource(String name) {
        try (InputStream in = RecipeFile.class.getResourceAsStream("recipes/" + name + ".yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
