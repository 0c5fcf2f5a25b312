package dev.athanor.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PreTokensTest {

    private static final long SEED = 20261123;

    @ParameterizedTest
    @EnumSource
    void the_scanner_finds_what_the_expression_finds(PreTokens preTokens) {
        Pattern pattern = pattern(preTokens);
        for (String text : Texts.all(new Random(SEED), 5_000)) {
            assertThat(scanned(preTokens, text)).as("seed %d", SEED).isEqualTo(matched(pattern, text));
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_code_point_is_of_the_same_kind_to_scanner_and_expression(PreTokens preTokens) {
        Pattern pattern = pattern(preTokens);
        StringBuilder text = new StringBuilder();
        // Beyond plane 3 nearly all is unassigned or private: a sample there will do.
        for (int codePoint = 0; codePoint < 0x110000; codePoint += codePoint < 0x40000 ? 1 : 97) {
            if (codePoint < 0xd800 || codePoint > 0xdfff) {
                // A letter and a symbol around it, so that whichever kind it is shows in the cut.
                text.append('a').appendCodePoint(codePoint).append('!').appendCodePoint(codePoint);
            }
            if (text.length() > 2_000) {
                assertThat(scanned(preTokens, text.toString())).isEqualTo(matched(pattern, text.toString()));
                text.setLength(0);
            }
        }
    }

    /// Together with the tests above this says that Hugging Face's engine cuts as we do: were it or the JDK to
    /// learn a new version of Unicode, a tokenizer's ids would change, and this fails.
    @ParameterizedTest
    @ValueSource(strings = {"\\p{L}", "\\p{M}", "\\p{N}", "\\s"})
    void the_code_points_of_each_kind_are_those_of_hugging_face(String kind) throws Exception {
        JsonNode expected = GoldenIdsTest.GOLDEN.path("kinds").path(kind);
        Matcher matcher = Pattern.compile(kind, Pattern.UNICODE_CHARACTER_CLASS).matcher("");
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        int count = 0;
        for (int codePoint = 0; codePoint < 0x110000; codePoint++) {
            boolean surrogate = codePoint >= 0xd800 && codePoint < 0xe000;
            if (!surrogate && matcher.reset(Character.toString(codePoint)).matches()) {
                digest.update((codePoint + "\n").getBytes(StandardCharsets.US_ASCII));
                count++;
            }
        }
        assertThat(count).isEqualTo(expected.path("count").intValue());
        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo(expected.path("sha256").stringValue());
    }

    @Test
    void an_expression_that_differs_in_one_sign_is_another() {
        // In Hugging Face's engine {1,3}+ is {1,3} repeated, not possessive.
        assertThat(PreTokens.of(PreTokens.LLAMA3.regex().replace("{1,3}", "{1,3}+")))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void an_expression_is_known_by_its_text(PreTokens preTokens) {
        assertThat(PreTokens.of(preTokens.regex())).contains(preTokens);
    }

    private static Pattern pattern(PreTokens preTokens) {
        return Pattern.compile(preTokens.regex(), Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE);
    }

    private static List<String> matched(Pattern pattern, String text) {
        List<String> pieces = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        int end = 0;
        while (matcher.find()) {
            assertThat(matcher.start()).isEqualTo(end);
            pieces.add(matcher.group());
            end = matcher.end();
        }
        assertThat(end).isEqualTo(text.length());
        return pieces;
    }

    private static List<String> scanned(PreTokens preTokens, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<String> pieces = new ArrayList<>();
        for (int start = 0; start < bytes.length; ) {
            int end = preTokens.next(bytes, start, bytes.length);
            pieces.add(new String(bytes, start, end - start, StandardCharsets.UTF_8));
            start = end;
        }
        return pieces;
    }
}
