package dev.athanor.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.Seed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TextStreamTest {
    private final List<String> pieces = new ArrayList<>();

    private TextStream stream(String... stops) {
        pieces.clear();
        return new TextStream(List.of(stops), Map.of(), pieces::add);
    }

    @Test
    void a_character_whose_bytes_come_one_by_one_is_passed_on_whole() {
        TextStream stream = stream();
        for (byte b : "a茶🍵é".getBytes(StandardCharsets.UTF_8)) {
            stream.add(new byte[] {b});
        }
        stream.end();
        assertThat(pieces).containsExactly("a", "茶", "🍵", "é");
        assertThat(stream.text()).isEqualTo("a茶🍵é");
    }

    @Test
    void bytes_that_are_no_text_become_the_replacement_character() {
        TextStream stream = stream();
        stream.add(new byte[] {(byte) 0xff, 'a', (byte) 0xe8});
        stream.end();
        assertThat(String.join("", pieces)).isEqualTo("\uFFFDa\uFFFD").isEqualTo(stream.text());
    }

    @Test
    void a_stop_sequence_over_several_tokens_ends_the_text_and_is_never_shown() {
        TextStream stream = stream("\n\nEND", "###");
        for (String token : List.of("tea", "\n", "\nE", "N", "D more", "and more")) {
            stream.add(token.getBytes(StandardCharsets.UTF_8));
        }
        stream.end();
        assertThat(stream.stopped()).isTrue();
        assertThat(stream.text()).isEqualTo("tea");
        assertThat(pieces).containsExactly("tea");
    }

    @Test
    void what_only_began_like_a_stop_sequence_is_passed_on_in_the_end() {
        TextStream stream = stream("abcd");
        stream.add("xab".getBytes(StandardCharsets.UTF_8));
        stream.add("cabc".getBytes(StandardCharsets.UTF_8));
        assertThat(String.join("", pieces)).isEqualTo("xabc");
        stream.end();
        assertThat(String.join("", pieces)).isEqualTo("xabcabc");
    }

    @Test
    void the_earliest_of_several_stop_sequences_cuts() {
        TextStream stream = stream("late", "now", "ow l");
        stream.add("do it now later".getBytes(StandardCharsets.UTF_8));
        assertThat(stream.text()).isEqualTo("do it ");
    }

    @Test
    void pieces_join_to_the_text_however_tokens_are_cut() {
        RandomGenerator random = new Seed(5).random();
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 40; i++) {
                text.append(List.of("a", "b", "ab", "茶", "🍵", "\n").get(random.nextInt(6)));
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            TextStream stream = stream("bab茶", "🍵\n", "aaa");
            for (int at = 0; at < bytes.length; ) {
                int count = Math.min(bytes.length - at, 1 + random.nextInt(5));
                stream.add(Arrays.copyOfRange(bytes, at, at + count));
                at += count;
            }
            stream.end();
            String joined = String.join("", pieces);
            assertThat(joined).isEqualTo(stream.text());
            assertThat(joined).doesNotContain("bab茶", "🍵\n", "aaa");
            assertThat(text.toString()).startsWith(joined);
            pieces.forEach(piece ->
                    assertThat(Character.isLowSurrogate(piece.charAt(0))).isFalse());
        }
    }

    @Test
    void a_slot_becomes_its_value_however_tokens_are_cut_and_is_never_seen() {
        byte[] bytes = "Tea at ⟦name⟧, near ⟦na⟦near⟧.".getBytes(StandardCharsets.UTF_8);
        for (int size = 1; size <= bytes.length; size++) {
            pieces.clear();
            TextStream stream =
                    new TextStream(List.of("stop"), Map.of("⟦name⟧", "Wu's", "⟦near⟧", "Café Sol"), pieces::add);
            for (int at = 0; at < bytes.length; at += size) {
                stream.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
            }
            stream.end();
            assertThat(String.join("", pieces)).isEqualTo("Tea at Wu's, near ⟦naCafé Sol.");
        }
    }

    @Test
    void a_stop_sequence_may_begin_inside_a_value() {
        TextStream stream = new TextStream(List.of("Sol."), Map.of("⟦near⟧", "Café Sol"), pieces::add);
        stream.add("near ⟦near⟧. More".getBytes(StandardCharsets.UTF_8));
        stream.end();
        assertThat(stream.text()).isEqualTo("near Café ");
    }
}
