package dev.athanor.data.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.data.Sample;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabellingFileTest {
    private static final String RULES = """
            field: topic
            labels: [other]
            functions:
              - {name: refund, label: refund, words: [refund, money back, 退款]}
              - {name: order, label: order, pattern: "\\\\b\\\\d{8,}\\\\b"}
              - {name: short, label: chat, length: {longest: 5}}
              - {name: old, column: predicted}
            """;

    private static LabellingFunctions rules(String yaml) {
        return LabellingFile.parse("f.yaml", yaml);
    }

    private static Sample sample(String text) {
        return new Sample("s1", text, new LinkedHashMap<>(Map.of("predicted", "chat")), "t:1");
    }

    private static Optional<String> vote(int function, String text) {
        return rules(RULES).functions().get(function).rule().vote(sample(text));
    }

    @Test
    void each_rule_votes_where_it_holds_and_abstains_elsewhere() {
        assertThat(rules(RULES).field()).isEqualTo("topic");
        assertThat(rules(RULES).labels()).containsExactly("other", "refund", "order", "chat");
        assertThat(vote(0, "I want my Money Back!")).contains("refund");
        assertThat(vote(0, "我要退款。")).contains("refund");
        assertThat(vote(0, "I was refunded")).isEmpty();
        assertThat(vote(0, "prerefund")).isEmpty();
        assertThat(vote(0, "refunds, but then a refund")).contains("refund");
        assertThat(vote(1, "order 12345678 please")).contains("order");
        assertThat(vote(1, "order 1234567 please")).isEmpty();
        assertThat(vote(2, "你好吗🙂")).contains("chat");
        assertThat(vote(2, "hello there")).isEmpty();
        assertThat(vote(3, "anything")).contains("chat");
    }

    @Test
    void a_pattern_that_explodes_gives_up_instead_of_hanging() {
        Rule rule = rules("functions: [{name: a, label: x, pattern: '(.*a){12}b'}]")
                .functions()
                .getFirst()
                .rule();
        assertThatThrownBy(() -> rule.vote(sample("a".repeat(60)))).isInstanceOf(Rule.Exhausted.class);
        assertThat(rule.vote(sample("a".repeat(12) + "b"))).contains("x");
    }

    @Test
    void a_pattern_that_recurses_too_deeply_gives_up_as_well() {
        Rule rule = rules("functions: [{name: a, label: x, pattern: '^(a|b)*$'}]")
                .functions()
                .getFirst()
                .rule();
        assertThatThrownBy(() -> rule.vote(sample("ab".repeat(200_000)))).isInstanceOf(Rule.Exhausted.class);
    }

    @Test
    void a_plain_pattern_reads_a_long_text_to_its_end() {
        Rule rule = rules("functions: [{name: a, label: x, pattern: 'end$'}]")
                .functions()
                .getFirst()
                .rule();
        assertThat(rule.vote(sample("word ".repeat(1_000_000) + "end"))).contains("x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "functions: [] | f.yaml: functions is \"[]\": expected a list of functions",
                "field: x | f.yaml: functions is missing: expected a list of functions",
                "fields: x | f.yaml: unknown key \"fields\" (did you mean \"field\"?); known here are field, labels, balance, functions",
                "functions: [{label: x, words: [a]}] | f.yaml: name of function 1 is missing: expected a text",
                "functions: [{name: a, words: [a]}] | f.yaml: function \"a\": label is missing: expected a text",
                "functions: [{name: a, label: x}] | f.yaml: function \"a\": has no rule: expected one of words, pattern, length, column; write a function for each",
                "functions: [{name: a, label: x, words: [a], pattern: b}] | f.yaml: function \"a\": has words and pattern: expected one of words, pattern, length, column; write a function for each",
                "functions: [{name: a, label: x, word: [a]}] | f.yaml: function \"a\": unknown key \"word\" (did you mean \"words\"?); known here are name, label, words, pattern, length, column, in",
                "functions: [{name: a, label: x, words: a}] | f.yaml: function \"a\": words is \"a\": expected a list of words, for example [refund, money back]",
                "functions: [{name: a, label: x, words: []}] | f.yaml: function \"a\": words is \"[]\": expected at least one word",
                "functions: [{name: a, label: x, pattern: '(b'}] | f.yaml: function \"a\": pattern is \"(b\", which is no regular expression: Unclosed group at character 3",
                "functions: [{name: a, label: x, length: {longest: -1}}] | f.yaml: function \"a\": length.longest is \"-1\": expected a whole number from 0",
                "functions: [{name: a, label: x, length: {}}] | f.yaml: function \"a\": length is \"{}\": expected shortest, longest or both, in characters, the longest not below the shortest",
                "functions: [{name: a, label: x, column: c}] | f.yaml: function \"a\": label is \"x\": expected none: what stands in the column is the label",
                "functions: [{name: a, column: c}, {name: a, column: d}] | f.yaml: two functions are called \"a\": give each its own name, the report tells them apart by it",
                "{balance: {x: 0.5}, functions: [{name: a, column: c}]} | f.yaml: balance is \"{x=0.5}\": expected shares that add up to 1, not to 0.500",
                "{balance: some, functions: [{name: a, column: c}]} | f.yaml: balance is \"some\": expected equal, estimated, or a share for each label",
            })
    void what_cannot_be_read_is_refused_with_its_place(String yaml, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> rules(yaml)).withMessage(message);
    }

    @Test
    void what_is_no_yaml_or_no_file_is_refused(@TempDir Path folder) throws Exception {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rules("functions: ["))
                .withMessageContaining("f.yaml line 1, column 13, is not YAML: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabellingFile.read(folder.resolve("none.yaml")))
                .withMessageContaining("there is no file ")
                .withMessageContaining("expected YAML with field and functions");
        Path foreign = Files.write(folder.resolve("gbk.yaml"), "field: 标签".getBytes("GB18030"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabellingFile.read(foreign))
                .withMessageContaining("is not UTF-8: save it so");
        Path good = Files.writeString(folder.resolve("good.yaml"), RULES, StandardCharsets.UTF_8);
        assertThat(LabellingFile.read(good).functions())
                .extracting(LabellingFunction::name)
                .isEqualTo(List.of("refund", "order", "short", "old"));
    }
}
