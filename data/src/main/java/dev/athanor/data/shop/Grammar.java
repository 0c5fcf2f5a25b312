package dev.athanor.data.shop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A context-free grammar that writes sentences. Each rule has choices, of which chance takes one; a choice
/// holds text, values by name (`{price}`), other rules (`{close}`) and rules that a value chooses
/// (`{close.$tone}`).
final class Grammar {
    private static final Pattern SLOT = Pattern.compile("\\{([^{}]+)}");
    private static final Pattern VALUE_IN_NAME = Pattern.compile("\\$([a-z_]+)");

    private final String source;
    private final Map<String, List<String>> rules;

    private Grammar(String source, Map<String, List<String>> rules) {
        this.source = source;
        this.rules = rules;
    }

    /// Reads a resource: a line at the margin names a rule, indented lines are its choices, `#` begins a comment.
    static Grammar read(String resource) {
        return parse(resource, resource(resource));
    }

    static Grammar parse(String source, String text) {
        Map<String, List<String>> rules = new LinkedHashMap<>();
        List<String> choices = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (Character.isWhitespace(line.charAt(0))) {
                choices.add(line.strip());
            } else {
                choices = new ArrayList<>();
                if (rules.put(line.strip(), choices) != null) {
                    throw new IllegalArgumentException("%s has the rule \"%s\" twice".formatted(source, line.strip()));
                }
            }
        }
        return new Grammar(source, rules);
    }

    /// One sentence or more.
    ///
    /// @throws IllegalArgumentException for a rule or value that is not there, naming it
    String write(String rule, Map<String, String> values, RandomGenerator random) {
        List<String> choices = choices(rule);
        String choice = choices.get(random.nextInt(choices.size()));
        return SLOT.matcher(choice).replaceAll(slot -> Matcher.quoteReplacement(fill(slot.group(1), values, random)));
    }

    /// What a rule may say, as it stands there.
    List<String> choices(String rule) {
        List<String> choices = rules.getOrDefault(rule, List.of());
        if (choices.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s has no rule \"%s\": there are %s".formatted(source, rule, String.join(", ", rules.keySet())));
        }
        return choices;
    }

    private String fill(String slot, Map<String, String> values, RandomGenerator random) {
        String value = values.getOrDefault(slot, "");
        if (!value.isEmpty()) {
            if (rules.containsKey(slot)) {
                throw new IllegalArgumentException(
                        "%s: \"%s\" is both a rule and a value: give the rule another name".formatted(source, slot));
            }
            return value;
        }
        String rule = VALUE_IN_NAME
                .matcher(slot)
                .replaceAll(name -> Matcher.quoteReplacement(values.getOrDefault(name.group(1), name.group())));
        return write(rule, values, random);
    }

    static String resource(String name) {
        try (InputStream in = Grammar.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the resource %s is not in the jar".formatted(name));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the resource %s cannot be read".formatted(name), unreadable);
        }
    }
}
