package dev.athanor.evaluate;

import dev.athanor.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Which words say a value. A value without a rule is said by itself.
///
/// As JSON: `{"familyFriendly": {"yes": ["family friendly", "!not family friendly"]}}`. A phrase counts where it stands
/// between word borders, in any case, with a space for a hyphen too; one that begins with `!` must not stand there.
public final class CoverageRules {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, Map<String, List<String>>> phrases;

    private CoverageRules(Map<String, Map<String, List<String>>> phrases) {
        this.phrases = phrases;
    }

    /// Every value is said by itself.
    public static CoverageRules literal() {
        return new CoverageRules(Map.of());
    }

    /// Rules for fields that well-known data sets have, such as the restaurants of E2E (Novikova et al. 2017).
    public static CoverageRules known() {
        try (InputStream in = CoverageRules.class.getResourceAsStream("coverage.json")) {
            return parse(JSON.readTree(in), "coverage.json");
        } catch (IOException unreadable) {
            throw new UncheckedIOException("coverage.json cannot be read", unreadable);
        }
    }

    /// @throws DataException for a file that is not such JSON, naming the place
    public static CoverageRules read(Path file) {
        try {
            return parse(JSON.readTree(Files.readString(file)), file.toString());
        } catch (IOException | JacksonException broken) {
            throw new DataException(
                    "%s cannot be read: %s. Expected JSON such as {\"field\": {\"value\": [\"words that say it\"]}}"
                            .formatted(file, broken.getMessage()),
                    broken);
        }
    }

    private static CoverageRules parse(JsonNode json, String source) {
        Map<String, Map<String, List<String>>> phrases = new LinkedHashMap<>();
        json.forEachEntry((field, values) -> {
            Map<String, List<String>> ofField = new LinkedHashMap<>();
            values.forEachEntry((value, list) -> {
                if (!list.isArray() || list.isEmpty()) {
                    throw new DataException("%s: the value \"%s\" of \"%s\" has %s: expected a list of words that say it"
                            .formatted(source, value, field, list));
                }
                List<String> words = new ArrayList<>();
                list.forEach(word -> words.add(word.asString()));
                ofField.put(value, words);
            });
            phrases.put(field, ofField);
        });
        return new CoverageRules(phrases);
    }

    /// Whether a text says a value of a field.
    boolean said(String field, String value, String text) {
        String plain = text.replace('-', ' ');
        boolean found = false;
        for (String phrase : phrases.getOrDefault(field, Map.of()).getOrDefault(value, List.of(value))) {
            boolean forbidden = phrase.startsWith("!");
            if (stands((forbidden ? phrase.substring(1) : phrase).replace('-', ' '), plain)) {
                if (forbidden) {
                    return false;
                }
                found = true;
            }
        }
        return found;
    }

    private static boolean stands(String phrase, String text) {
        IntPredicate wordLike = c -> Character.isLetterOrDigit(c) && !Words.standsAlone(c);
        String before = wordLike.test(phrase.codePointAt(0)) ? "(?<![\\p{L}\\p{N}&&[^\\p{IsHan}]])" : "";
        String after =
                wordLike.test(phrase.codePointBefore(phrase.length())) ? "(?![\\p{L}\\p{N}&&[^\\p{IsHan}]])" : "";
        int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
        return Pattern.compile(before + Pattern.quote(phrase) + after, flags).matcher(text).find();
    }
}
