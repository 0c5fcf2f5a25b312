package dev.athanor.data.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.athanor.data.Seed;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextStepsTest {
    @Test
    void control_characters_marks_and_invisible_ones_go() {
        assertThat(Treated.by(Control.USUAL, "\uFEFFa\u0000b\u200Bc\u00ADd\u202Ee\u0085f\tg"))
                .isEqualTo("abcdef\tg");
    }

    @Test
    void line_ends_of_every_system_become_one() {
        assertThat(Treated.by(Control.USUAL, "a\r\nb\rc\u2028d\ne\r")).isEqualTo("a\nb\nc\nd\ne\n");
    }

    @Test
    void halves_of_characters_go_and_whole_ones_stay() {
        assertThat(Treated.by(Control.USUAL, "a\uD83Db\uDE00c\uD83D\uDE00")).isEqualTo("abc\uD83D\uDE00");
    }

    @Test
    void joiners_of_emoji_and_persian_stay() {
        String family = "\uD83D\uDC69\u200D\uD83D\uDC67 می\u200Cخواهم";
        assertThat(Treated.by(Control.USUAL, family)).isEqualTo(family);
    }

    @Test
    void invisible_characters_stay_where_asked_for() {
        assertThat(Treated.by(new Control(Control.Invisible.KEEP), "a\u200Bb\u0000"))
                .isEqualTo("a\u200Bb");
    }

    @Test
    void full_width_letters_become_narrow_and_chinese_punctuation_stays() {
        assertThat(Treated.by(Unicode.USUAL, "ＡＢＣ１２３，你好！e\u0301")).isEqualTo("ABC123，你好！é");
        assertThat(Treated.by(new Unicode(Unicode.Form.KEEP, Unicode.Width.ALL), "ＡＢＣ，！e\u0301"))
                .isEqualTo("ABC,!e\u0301");
        assertThat(Treated.by(new Unicode(Unicode.Form.NFKC, Unicode.Width.KEEP), "ﬁ①㎏ｶﾞ"))
                .isEqualTo("fi1kgガ");
    }

    @Test
    void blanks_that_nobody_sees_go() {
        assertThat(Treated.by(Whitespace.USUAL, " \n  a  b \t\n\n\n\n  c\u3000\n\n"))
                .isEqualTo("a  b\n\n  c");
        assertThat(Treated.by(new Whitespace(Whitespace.Runs.ONE, 0), "a \u00A0 b\n\n\n  c"))
                .isEqualTo("a b\n c");
    }

    /// What one function with four regular expressions did before there were steps.
    @Test
    void the_usual_steps_do_what_they_always_did() {
        RandomGenerator random = new Seed(7).random();
        String alphabet = "ab \t\n\n\r\u3000茶\u0001.";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(20); j > 0; j--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String lines = text.toString().replace("\r\n", "\n").replace('\r', '\n');
            String before = lines.replaceAll("[\\p{Cc}&&[^\\n\\t]]", "")
                    .replaceAll("[ \\t\\u3000]+(?=\\n|$)", "")
                    .replaceAll("\\n{3,}", "\n\n")
                    .strip();
            String now = Treated.by(Whitespace.USUAL, Treated.by(Control.USUAL, text.toString()));
            assertThat(now).as("seed 7, %d: %s", i, text).isEqualTo(before);
        }
    }

    @Test
    void html_becomes_the_text_that_a_browser_shows() {
        String page = """
                <html><head><title>x</title><style>p {}</style></head><body><nav>Home | Tea</nav>
                <h1>Green &amp; black</h1><p>First   line<br>second <b>bold</b>.</p><p>Third</p>
                <script>alert(1)</script><table><tr><td>a</td><td>b</td></tr></table></body></html>""";
        assertThat(Treated.by(Html.USUAL, page)).isEqualTo("Green & black\nFirst line\nsecond bold.\n\nThird\n\na\tb");
        assertThat(Treated.by(new Html(Html.Frame.KEEP), page)).startsWith("Home | Tea");
    }

    @Test
    void what_is_no_html_stays_as_it_is() {
        for (String text : new String[] {"a < b and c > d", "x<y", "<EMAIL_7QK2M4TD> wrote", "AT&T", "1 &2;", "<3 茶"}) {
            assertThat(Treated.by(Html.USUAL, text)).isEqualTo(text);
        }
        assertThat(Treated.by(Html.USUAL, "Tom &amp; Jerry &lt;3&nbsp;&#33590;"))
                .isEqualTo("Tom & Jerry <3\u00A0茶");
        assertThat(Treated.by(Html.USUAL, "<b>from <EMAIL_7QK2M4TD></b> x<y")).isEqualTo("from <EMAIL_7QK2M4TD> x<y");
    }

    @Test
    void texts_are_measured_in_characters_not_in_halves() {
        Length length = new Length(2, 3);
        assertThat(Treated.by(length, "\uD83D\uDE00")).isEqualTo("dropped: too short");
        assertThat(Treated.by(length, "茶茶茶")).isEqualTo("茶茶茶");
        assertThat(Treated.by(length, "茶茶茶茶")).isEqualTo("dropped: too long");
        assertThat(Treated.by(length, " \n\u3000 ")).isEqualTo("dropped: empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Length(3, 2))
                .withMessage("shortest 3 and longest 2: expected 0 or more, and longest at least shortest");
    }

    @Test
    void a_text_that_is_there_already_goes() {
        Treatment duplicates = Treated.open(Duplicates.USUAL);
        assertThat(Treated.with(duplicates, "a")).isEqualTo("a");
        assertThat(Treated.with(duplicates, "b")).isEqualTo("b");
        assertThat(Treated.with(duplicates, "a")).isEqualTo("dropped: duplicate");
    }

    @ParameterizedTest
    @ValueSource(ints = {1 << 22, 7000, 2000}) // all in memory, and in few and many files
    void a_set_of_numbers_holds_each_once_however_many(int inMemory) {
        LongSet set = new LongSet(500, inMemory);
        RandomGenerator random = new Seed(3).random();
        long[] numbers = random.longs(100_000).toArray();
        for (long number : numbers) {
            assertThat(set.add(number)).isTrue();
        }
        for (long number : numbers) {
            assertThat(set.add(number)).isFalse();
        }
        for (long other : random.longs(10_000).toArray()) {
            assertThat(set.add(other)).isTrue();
        }
        assertThat(set.add(0)).isTrue();
        assertThat(set.add(0)).isFalse();
    }

    @Test
    void chinese_is_brought_to_one_script_by_its_words() {
        assertThat(Treated.by(Chinese.USUAL, "他的頭髮很長，去臺灣發財 iPhone\t😀")).isEqualTo("他的头发很长，去台湾发财 iPhone\t😀");
        assertThat(Treated.by(new Chinese(Chinese.Form.TRADITIONAL), "他的头发很长，发财"))
                .isEqualTo("他的頭髮很長，發財");
        assertThat(Treated.by(Chinese.USUAL, "已经是简体")).isEqualTo("已经是简体");
    }
}
