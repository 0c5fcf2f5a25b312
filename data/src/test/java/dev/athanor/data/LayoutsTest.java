package dev.athanor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.data.layout.RecordLayout;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Records as other programs lay them out.
class LayoutsTest {
    private static SequencedMap<String, String> values(String layout, String json) throws Unusable {
        JsonNode record = JsonMapper.shared().readTree(json);
        assertThat(RecordLayout.of(record).word()).isEqualTo(layout);
        return RecordLayout.of(record).values(record);
    }

    @Test
    void messages_become_a_line_for_each_turn_and_are_kept() throws Unusable {
        SequencedMap<String, String> values = values("conversations (messages)", """
                {"messages": [{"role": "system", "content": "Be brief."},
                    {"role": "user", "content": [{"type": "text", "text": "多少钱？"}, {"type": "image_url"}]},
                    {"role": "assistant", "content": "八十八元。"}], "topic": "price"}
                """);
        assertThat(values)
                .containsExactly(
                        java.util.Map.entry("text", "system: Be brief.\nuser: 多少钱？\nassistant: 八十八元。"),
                        java.util.Map.entry(
                                "messages",
                                "[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"多少钱？\"},{\"role\":\"assistant\",\"content\":\"八十八元。\"}]"),
                        java.util.Map.entry("topic", "price"));
    }

    @Test
    void a_message_without_a_role_is_told_by_its_number() {
        assertThatThrownBy(() -> values("conversations (messages)", """
                {"messages": [{"role": "user", "content": "a"}, {"content": "b"}]}
                """))
                .isInstanceOf(Unusable.class)
                .hasMessage(
                        "has a message without a role, number 2. Give it \"role\": system, user, assistant or tool");
    }

    @Test
    void share_gpt_has_other_words_for_the_same() throws Unusable {
        assertThat(values("conversations (ShareGPT)", """
                {"conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello"},
                    {"from": "observation", "value": "42"}], "system": "Be kind.", "id": "x1"}
                """))
                .containsEntry("text", "system: Be kind.\nuser: Hi\nassistant: Hello\ntool: 42")
                .containsEntry("id", "x1")
                .doesNotContainKey("system");
    }

    @Test
    void schema_guided_dialogues_have_speakers() throws Unusable {
        assertThat(values("conversations (turns)", """
                {"dialogue_id": "1", "turns": [{"speaker": "USER", "utterance": "A table for two?", "frames": []},
                    {"speaker": "SYSTEM", "utterance": "At seven."}]}
                """))
                .containsEntry("text", "user: A table for two?\nassistant: At seven.")
                .containsEntry("dialogue_id", "1")
                .doesNotContainKey("turns");
        assertThatThrownBy(() -> values("conversations (turns)", """
                {"turns": [{"speaker": "USER", "utterance": "Hi"}, {"speaker": "SYSTEM"}]}
                """))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining("has a turn without \"speaker\" or \"utterance\", number 2");
    }

    @Test
    void alpaca_asks_with_instruction_and_input() throws Unusable {
        assertThat(values("tasks (instruction, input, output)", """
                {"instruction": "Translate.", "input": "tea", "output": "茶", "history": [["Hi", "Hello"]]}
                """))
                .containsEntry("text", "user: Hi\nassistant: Hello\nuser: Translate.\ntea\nassistant: 茶");
    }

    @Test
    void a_task_of_label_studio_has_its_data_and_its_answers() throws Unusable {
        SequencedMap<String, String> values = values("tasks of Label Studio", """
                {"id": 7, "data": {"text": "Longjing is fine", "shop": "a", "_split": "train"}, "annotations": [
                  {"was_cancelled": true, "result": [{"from_name": "mood", "type": "choices", "value": {"choices": ["bad"]}}]},
                  {"result": [{"from_name": "mood", "type": "choices", "value": {"choices": ["good"]}},
                    {"from_name": "names", "type": "labels", "value": {"start": 0, "end": 8, "text": "Longjing", "labels": ["TEA"]}},
                    {"from_name": "stars", "type": "rating", "value": {"rating": 4}}]}], "predictions": []}
                """);
        assertThat(values)
                .containsEntry("text", "Longjing is fine")
                .containsEntry("mood", "good")
                .containsEntry("stars", "4")
                .containsEntry("task", "7")
                .containsEntry("names", "[{\"start\":0,\"end\":8,\"text\":\"Longjing\",\"labels\":[\"TEA\"]}]")
                .doesNotContainKey("annotations")
                .doesNotContainKey("_split");
    }

    @Test
    void a_task_without_answers_is_known_by_having_no_other_keys() throws Unusable {
        assertThat(values("tasks of Label Studio", "{\"data\": {\"text\": \"good\"}}"))
                .containsExactly(Map.entry("text", "good"));
        assertThat(values("tasks of Label Studio", """
                {"id": 7, "data": {"text": "good", "mood": "bad"}, "meta": {}, "created_at": "2026-03-01T10:00:00Z",
                 "annotations": [{"result": [{"from_name": "mood", "type": "choices", "value": {"choices": ["fine"]}}]}]}
                """))
                .containsExactly(Map.entry("text", "good"), Map.entry("mood", "fine"), Map.entry("task", "7"));
        assertThat(values("records", "{\"id\": 7, \"data\": {\"text\": \"good\"}, \"shop\": \"a\"}"))
                .containsKeys("id", "data", "shop");
    }

    @Test
    void a_record_of_argilla_has_the_commonest_answer_and_the_suggestion() throws Unusable {
        assertThat(values("records of Argilla", """
                {"id": "1", "fields": {"text": "好喝"}, "metadata": {"shop": "a"},
                 "suggestions": {"mood": {"value": "bad", "score": 0.6, "agent": "m"}},
                 "responses": {"mood": [{"value": "good", "user_id": "u"}, {"value": "bad", "user_id": "v", "status": "discarded"}]}}
                """))
                .containsEntry("text", "好喝")
                .containsEntry("mood", "good")
                .containsEntry("mood.suggestion", "bad")
                .containsEntry("shop", "a");
        assertThat(values("records of Argilla", """
                {"fields": {"text": "好喝"}, "responses": [
                  {"user_id": "u", "status": "submitted", "values": {"mood": {"value": "bad"}}},
                  {"user_id": "v", "status": "submitted", "values": {"mood": {"value": "good"}}},
                  {"user_id": "w", "status": "submitted", "values": {"mood": {"value": "good"}}}],
                 "suggestions": [{"question_name": "mood", "value": "good"}]}
                """))
                .containsEntry("mood", "good")
                .containsEntry("mood.suggestion", "good");
    }

    @Test
    void anything_else_is_a_record_and_loses_nothing() throws Unusable {
        assertThat(values("records", """
                {"text": "a", "n": 1.5, "tags": ["x", "y"], "none": null, "deep": {"k": [1, {"z": true}]}}
                """))
                .containsEntry("tags", "x\ny")
                .containsEntry("n", "1.5")
                .containsEntry("deep", "{\"k\":[1,{\"z\":true}]}")
                .doesNotContainKey("none");
    }
}
