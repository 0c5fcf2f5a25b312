package dev.athanor.data.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ConversationsTest {
    private static final Conversations USUAL = new Conversations(new Seed(1), 1500);

    private static List<JsonNode> parsed(String lines) {
        return lines.lines().map(JsonMapper.shared()::readTree).toList();
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void every_question_has_an_answer_and_an_intent_of_which_each_has_some_in_both_languages() {
        List<JsonNode> faq = parsed(USUAL.faq());
        assertThat(faq)
                .hasSizeGreaterThan(600)
                .allMatch(entry -> !entry.path("answer").asString().isBlank());
        for (String language : List.of("en", "zh")) {
            assertThat(faq.stream()
                            .filter(entry -> entry.path("language").asString().equals(language))
                            .collect(Collectors.groupingBy(
                                    entry -> entry.path("intent").asString(), Collectors.counting())))
                    .containsOnlyKeys(
                            "brewing",
                            "taste",
                            "price",
                            "origin",
                            "pairing",
                            "delivery",
                            "returns",
                            "storage",
                            "hours",
                            "gift",
                            "caffeine",
                            "wholesale",
                            "out_of_scope")
                    .allSatisfy((_, count) -> assertThat(count).isGreaterThanOrEqualTo(6));
        }
    }

    @Test
    void every_turn_of_a_customer_has_an_intent() {
        List<JsonNode> dialogues = parsed(USUAL.dialogues());
        assertThat(dialogues).hasSize(500);
        assertThat(dialogues.getFirst().path("text").asString())
                .startsWith("Shop: ")
                .contains("\nCustomer: ");
        assertThat(dialogues.getLast().path("text").asString())
                .startsWith("店员：")
                .contains("\n顾客：");
        assertThat(dialogues).allSatisfy(dialogue -> {
            long turns = dialogue.path("text")
                    .asString()
                    .lines()
                    .filter(line -> line.matches("(Customer: |顾客：).+"))
                    .count();
            List<String> intents = strings(dialogue.path("intents"));
            assertThat(intents)
                    .hasSize((int) turns)
                    .startsWith(dialogue.path("topic").asString())
                    .endsWith("thanks");
        });
        assertThat(dialogues.stream().flatMap(dialogue -> strings(dialogue.path("intents")).stream()))
                .contains("order", "later", "wholesale", "out_of_scope");
    }

    @Test
    void a_chat_is_an_instruction_and_then_user_and_assistant_in_turn() {
        List<JsonNode> chats = parsed(USUAL.chat());
        List<JsonNode> dialogues = parsed(USUAL.dialogues());
        assertThat(chats).hasSameSizeAs(dialogues);
        for (int i = 0; i < chats.size(); i++) {
            List<String> roles = new ArrayList<>();
            for (JsonNode message : chats.get(i).path("messages")) {
                roles.add(message.path("role").asString());
                assertThat(message.propertyNames()).containsExactly("role", "content");
                assertThat(dialogues.get(i).path("text").asString()
                                + chats.get(i).path("messages").get(0).path("content"))
                        .contains(message.path("content").asString());
            }
            List<String> intents = strings(chats.get(i).path("intents"));
            List<String> expected = new ArrayList<>(List.of("system"));
            IntStream.range(0, intents.size()).forEach(_ -> expected.addAll(List.of("user", "assistant")));
            assertThat(roles).isEqualTo(expected);
        }
    }
}
