package dev.athanor.data.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.athanor.data.personal.PersonalKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepFileTest {
    @Test
    void steps_come_in_their_order_with_their_options() {
        String file = """
                steps:
                  - control
                  - length: {shortest: 3}
                  - unicode: {form: NFKC}
                  - personal: {kinds: [email, name], mark: plain}
                  - repetition: {commonest: [0.5, 1]}
                  - duplicates:
                """;
        assertThat(StepFile.parse("f", file))
                .containsExactly(
                        Control.USUAL,
                        new Length(3, Integer.MAX_VALUE),
                        new Unicode(Unicode.Form.NFKC, Unicode.Width.LETTERS),
                        new Personal(
                                List.of(PersonalKind.EMAIL, PersonalKind.NAME),
                                Personal.Mark.PLAIN,
                                Personal.Where.EVERYWHERE),
                        new Repetition(0.3, 0.3, 0.2, 0.2, List.of(0.5, 1.0), Repetition.USUAL.repeated()),
                        Duplicates.USUAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "private"})
    void built_in_lists_are_read(String name) {
        assertThat(StepFile.read(name)).contains(Control.USUAL, Personal.USUAL, Duplicates.USUAL);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            steps: [lenght]                         | f, step 1: unknown step "lenght" (did you mean "length"?); known are control, unicode, html, whitespace, chinese, length, pattern, repetition, quality, c4, fineweb, language, perplexity, personal, pictures, sounds, duplicates
            steps: [control, length: {shrtest: 3}]  | f, step 2, length: unknown option "shrtest" (did you mean "shortest"?); known are shortest, longest
            steps: [duplicates: {a: 1}]             | f, step 1, duplicates: unknown option "a"; it has none
            steps: [length: {shortest: many}]       | f, step 1, length: shortest is "many": expected a whole number
            steps: [length: {shortest: 9, longest: 3}] | f, step 1, length: shortest 9 and longest 3: expected 0 or more, and longest at least shortest
            steps: [unicode: {form: nfx}]           | f, step 1, unicode: form is "nfx": expected one of nfc, nfkc, keep
            steps: [length: 3]                      | f, step 1, length: its options are "3": expected keys with values in braces
            steps: [3]                              | f, step 1 is "3": expected a name, or a name with its options such as  length: {shortest: 10}
            steps: []                               | f: expected one key "steps" with a list, for example  steps: [control, whitespace, length: {shortest: 10}]
            stages: [control]                       | f: expected one key "steps" with a list, for example  steps: [control, whitespace, length: {shortest: 10}]
            steps: [language: {keep: [en, xx]}]     | f, step 1, language: keep has the language "xx": expected codes among zh, ja, ko, en, de, fr, es, pt, it, nl, ru, uk, pl, cs, sv, da, no, fi, tr, vi, id, ar, fa, he, hi, th, ro, hu, el, bg
            steps: [pattern: {regex: '(a'}]         | f, step 1, pattern: regex "(a" is none: Unclosed group at character 3. In YAML write it in single quotes, so that \\ stays
            steps: [repetition: {lines: 30}]        | f, step 1, repetition: every number of repetition is 30.0: expected a share from 0 to 1
            steps: [perplexity: {model: m, highest: 2, lowest: 3}] | f, step 1, perplexity: highest 2.0 and lowest 3.0: expected 0 or more, and highest at least lowest
            """)
    void what_is_not_known_is_refused_with_its_place(String file, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StepFile.parse("f", file))
                .withMessage(message.replace("\\\\", "\\"));
    }

    @Test
    void a_file_that_is_not_there_is_refused_with_what_is() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StepFile.read("wed"))
                .withMessage(
                        "there is no file of steps \"wed\" (did you mean \"web\"?); built in are web, private, others are given by their path");
    }

    @Test
    void every_step_and_option_is_described() {
        List<Steps.Description> described = Steps.described();
        assertThat(described).hasSize(Step.class.getPermittedSubclasses().length);
        assertThat(described).allSatisfy(step -> {
            assertThat(step.about()).isNotBlank();
            assertThat(step.options())
                    .allSatisfy(option -> assertThat(option.about()).isNotBlank());
        });
        assertThat(described.get(5)).satisfies(length -> {
            assertThat(length.name()).isEqualTo("length");
            assertThat(length.options().getLast().usual()).isEqualTo("no limit");
        });
    }
}
