package dev.athanor.data.label;

import dev.athanor.data.Nearest;
import dev.athanor.data.Reason;
import dev.athanor.data.Yaml;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Reads labelling functions from YAML:
///
/// ```yaml
/// field: topic                    # the column that the labels go into
/// functions:
///   - {name: refund, label: refund, words: [refund, money back, 退款]}
///   - {name: order, label: order, pattern: "\\b\\d{8,}\\b"}
///   - {name: short, label: chat, length: {longest: 12}}
///   - {name: old model, column: predicted}
///   - {name: folder, label: chat, pattern: "/chats/", in: _origin}
/// ```
public final class LabellingFile {
    private static final List<String> KEYS = List.of("field", "labels", "balance", "functions");
    private static final List<String> RULES = List.of("words", "pattern", "length", "column");
    private static final List<String> FUNCTION_KEYS =
            List.of("name", "label", "words", "pattern", "length", "column", "in");

    private final String file;

    private LabellingFile(String file) {
        this.file = file;
    }

    /// @throws IllegalArgumentException naming the function and key at fault and what was expected there
    public static LabellingFunctions read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    "there is no file %s: expected YAML with field and functions, see docs/data.md".formatted(file));
        }
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (CharacterCodingException otherwise) {
            throw new IllegalArgumentException("%s is not UTF-8: save it so".formatted(file), otherwise);
        } catch (IOException unreadable) {
            throw Reason.unreadable(file, unreadable);
        }
    }

    static LabellingFunctions parse(String file, String yaml) {
        return new LabellingFile(file).parse(yaml);
    }

    private LabellingFunctions parse(String yaml) {
        Map<String, Object> tree = map("the file", Yaml.load(file, yaml).orElse(Map.of()));
        check("", tree.keySet(), KEYS);
        String field = word("field", tree.getOrDefault("field", "label"));
        if (!(tree.get("functions") instanceof List<?> list) || list.isEmpty()) {
            throw refusal("functions", tree.get("functions"), "a list of functions");
        }
        Set<String> labels = new LinkedHashSet<>(words("labels", tree.getOrDefault("labels", List.of())));
        List<LabellingFunction> functions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Object entry : list) {
            LabellingFunction function = function(functions.size() + 1, entry);
            if (!names.add(function.name())) {
                throw new IllegalArgumentException(
                        "%s: two functions are called \"%s\": give each its own name, the report tells them apart by it"
                                .formatted(file, function.name()));
            }
            functions.add(function);
            labels.addAll(labels(function.rule()));
        }
        return new LabellingFunctions(field, List.copyOf(labels), balance(tree.get("balance")), functions);
    }

    private static Set<String> labels(Rule rule) {
        return switch (rule) {
            case Rule.Match(var _, String label) -> Set.of(label);
            case Rule.Words(var _, String label) -> Set.of(label);
            case Rule.Length(var _, var _, String label) -> Set.of(label);
            case Rule.In(var _, Rule inner) -> labels(inner);
            case Rule.Column _ -> Set.of(); // only its samples tell
        };
    }

    private LabellingFunction function(int number, Object entry) {
        Map<String, Object> tree = map("function " + number, entry);
        String name = word("name of function " + number, tree.get("name"));
        String at = "function \"%s\": ".formatted(name);
        check(at, tree.keySet(), FUNCTION_KEYS);
        List<String> rules = RULES.stream().filter(tree::containsKey).toList();
        if (rules.size() != 1) {
            throw new IllegalArgumentException("%s: %shas %s: expected one of %s; write a function for each"
                    .formatted(
                            file,
                            at,
                            rules.isEmpty() ? "no rule" : String.join(" and ", rules),
                            String.join(", ", RULES)));
        }
        String rule = rules.getFirst();
        Object value = tree.get(rule);
        if (rule.equals("column")) {
            if (tree.containsKey("label")) {
                throw refusal(at + "label", tree.get("label"), "none: what stands in the column is the label");
            }
            if (tree.containsKey("in")) {
                throw refusal(at + "in", tree.get("in"), "none: column says where it looks");
            }
            return new LabellingFunction(name, new Rule.Column(word(at + rule, value)));
        }
        String label = word(at + "label", tree.get("label"));
        Rule looks = switch (rule) {
            case "words" -> new Rule.Words(someWords(at + rule, value), label);
            case "pattern" -> new Rule.Match(pattern(at + rule, word(at + rule, value)), label);
            default -> length(at + rule, value, label);
        };
        return new LabellingFunction(
                name, tree.containsKey("in") ? new Rule.In(word(at + "in", tree.get("in")), looks) : looks);
    }

    private List<String> someWords(String key, Object value) {
        List<String> words = words(key, value);
        if (words.isEmpty()) {
            throw refusal(key, value, "at least one word");
        }
        return words;
    }

    private Pattern pattern(String key, String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException broken) {
            throw new IllegalArgumentException(
                    "%s: %s is \"%s\", which is no regular expression: %s at character %d"
                            .formatted(file, key, text, broken.getDescription(), broken.getIndex() + 1),
                    broken);
        }
    }

    private Rule length(String key, Object value, String label) {
        Map<String, Object> tree = map(key, value);
        check(key + ".", tree.keySet(), List.of("shortest", "longest"));
        int shortest = number(key + ".shortest", tree.getOrDefault("shortest", 0));
        int longest = number(key + ".longest", tree.getOrDefault("longest", Integer.MAX_VALUE));
        if (tree.isEmpty() || longest < shortest) {
            throw refusal(key, value, "shortest, longest or both, in characters, the longest not below the shortest");
        }
        return new Rule.Length(shortest, longest, label);
    }

    private LabellingFunctions.Balance balance(Object value) {
        if (value == null || "equal".equals(value)) {
            return new LabellingFunctions.Balance.Equal();
        }
        if ("estimated".equals(value)) {
            return new LabellingFunctions.Balance.Estimated();
        }
        if (!(value instanceof Map<?, ?>)) {
            throw refusal("balance", value, "equal, estimated, or a share for each label");
        }
        SequencedMap<String, Double> shares = new LinkedHashMap<>();
        map("balance", value).forEach((label, share) -> {
            if (!(share instanceof Number number) || !(number.doubleValue() > 0)) {
                throw refusal("balance." + label, share, "a share above 0");
            }
            shares.put(label, number.doubleValue());
        });
        double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        if (Math.abs(sum - 1) > 0.01) {
            throw refusal("balance", value, "shares that add up to 1, not to %.3f".formatted(sum));
        }
        return new LabellingFunctions.Balance.Given(shares);
    }

    private void check(String at, Collection<String> given, List<String> known) {
        for (String key : given) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException("%s: %sunknown key \"%s\"%s; known here are %s"
                        .formatted(file, at, key, Nearest.hint(key, known), String.join(", ", known)));
            }
        }
    }

    private Map<String, Object> map(String key, Object value) {
        if (!(value instanceof Map<?, ?> entries)) {
            throw refusal(key, value, "keys with values");
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        entries.forEach((name, inner) -> copy.put(String.valueOf(name), inner));
        return copy;
    }

    private List<String> words(String key, Object value) {
        if (!(value instanceof List<?> list)) {
            throw refusal(key, value, "a list of words, for example [refund, money back]");
        }
        return list.stream().map(one -> word(key, one)).toList();
    }

    private String word(String key, Object value) {
        if (value == null
                || value instanceof Map
                || value instanceof List
                || String.valueOf(value).isBlank()) {
            throw refusal(key, value, "a text");
        }
        return value.toString();
    }

    private int number(String key, Object value) {
        if (!(value instanceof Integer number) || number < 0) {
            throw refusal(key, value, "a whole number from 0");
        }
        return number;
    }

    private IllegalArgumentException refusal(String key, Object value, String expected) {
        return new IllegalArgumentException("%s: %s is %s: expected %s"
                .formatted(file, key, value == null ? "missing" : "\"" + value + "\"", expected));
    }
}
