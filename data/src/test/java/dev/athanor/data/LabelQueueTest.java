package dev.athanor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.LabelTask.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LabelQueueTest {
    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-26T12:00:00Z"));

    private final Desk desk;

    LabelQueueTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    private static final String[] TEA = {"green tea", "black tea", "绿茶", "红茶", "tea leaves", "oolong tea"};
    private static final String[] POT = {"clay pot", "glass pot", "紫砂壶", "茶壶", "pot with lid", "small pot"};

    /// 48 texts about tea and pots, all to learn from but for a tenth each.
    private Dataset calls() throws IOException {
        StringBuilder table = new StringBuilder("text\n");
        for (int i = 0; i < 48; i++) {
            table.append(i % 2 == 0 ? TEA[i / 2 % 6] : POT[i / 2 % 6])
                    .append(" number ")
                    .append(i)
                    .append('\n');
        }
        Path file = desk.file("calls.csv", table);
        SplitPlan plan = new SplitPlan.Random(new Seed(1), SplitPlan.Shares.USUAL);
        return desk.imported(ImportOptions.of("calls").withPlan(plan), file);
    }

    private static String truth(Sample sample) {
        return Stream.of(TEA).anyMatch(sample.text()::contains)
                        && !sample.text().contains("壶")
                ? "tea"
                : "pot";
    }

    private static LabelTask task(String who, Order order) {
        return new LabelTask("topic", List.of("tea", "pot"), who, Split.TRAIN, order);
    }

    private LabelQueue queue(Dataset dataset, String who, Order order) {
        return LabelQueue.open(desk.datasets(), dataset, task(who, order), NOON);
    }

    /// Answers `count` questions and tells which samples were asked about.
    private static List<String> answer(LabelQueue queue, int count) {
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            LabelQueue.Question question = queue.next().orElseThrow();
            queue.answer(question, truth(question.sample()));
            asked.add(question.sample().id());
        }
        return asked;
    }

    private Path journal() {
        return desk.datasets().workspace().datasets().resolve("calls/labels.jsonl");
    }

    private static Map<String, String> labels(Dataset dataset, Split split) {
        Map<String, String> labels = new TreeMap<>();
        try (Stream<Sample> samples = dataset.samples(split)) {
            samples.forEach(sample -> labels.put(sample.id(), sample.fields().getOrDefault("topic", "")));
        }
        return labels;
    }

    // ------------------------------------------------------------------------------------------ asking and keeping

    @Test
    void after_a_few_answers_it_suggests_and_asks_first_what_it_doubts() throws IOException {
        LabelQueue queue = queue(calls(), "ann", Order.DOUBTFUL);
        assertThat(queue.choices()).containsExactly("tea", "pot");
        assertThat(queue.next().orElseThrow().suggestions()).isEmpty();
        answer(queue, 10);
        LabelQueue.Question question = queue.next().orElseThrow();
        assertThat(question.suggestions()).hasSize(2);
        double first = question.suggestions().getFirst().chance();
        assertThat(first + question.suggestions().getLast().chance()).isCloseTo(1, within(1e-5));
        int right = 0;
        int asked = 0;
        double doubt = 1;
        for (var next = queue.next(); next.isPresent(); next = queue.next()) {
            doubt = Math.min(doubt, next.get().suggestions().getFirst().chance());
            right += next.get()
                            .suggestions()
                            .getFirst()
                            .label()
                            .equals(truth(next.get().sample()))
                    ? 1
                    : 0;
            asked++;
            queue.answer(next.get(), truth(next.get().sample()));
        }
        assertThat(asked).isGreaterThan(20);
        assertThat((double) right / asked).isGreaterThan(0.8);
        assertThat(queue.known()).isEqualTo(asked + 10);
    }

    @Test
    void every_answer_is_in_the_journal_before_the_next_question_and_a_new_queue_goes_on() throws IOException {
        Dataset dataset = calls();
        Set<String> asked = new HashSet<>(answer(queue(dataset, "ann", Order.RANDOM), 3));
        List<String> lines = Files.readAllLines(journal());
        assertThat(lines).hasSize(4);
        JsonNode line = JsonMapper.shared().readTree(lines.getLast());
        assertThat(line.path("field").asString()).isEqualTo("topic");
        assertThat(line.path("annotator").asString()).isEqualTo("ann");
        assertThat(line.path("dataset").asString()).isEqualTo("calls@1");
        assertThat(line.path("time").asString()).isEqualTo("2026-11-26T12:00:00Z");
        LabelQueue again = queue(dataset, "ann", Order.RANDOM);
        assertThat(again.known()).isEqualTo(3);
        assertThat(asked).doesNotContainAnyElementsOf(answer(again, again.left()));
        assertThat(again.next()).isEmpty();
    }

    @Test
    void a_line_that_a_crash_cut_off_is_named_and_spoils_no_other() throws IOException {
        Dataset dataset = calls();
        answer(queue(dataset, "ann", Order.RANDOM), 2);
        Files.writeString(journal(), "{\"time\":\"2026-11-26T12", StandardOpenOption.APPEND);
        LabelQueue queue = queue(dataset, "ann", Order.RANDOM);
        assertThat(queue.cut()).containsExactly(4);
        answer(queue, 1);
        LabelQueue again = queue(dataset, "ann", Order.RANDOM);
        assertThat(again.known()).isEqualTo(3);
        assertThat(again.cut()).containsExactly(4);
    }

    @Test
    void a_line_whose_bytes_were_damaged_is_named_and_spoils_no_other() throws IOException {
        Dataset dataset = calls();
        answer(queue(dataset, "ann", Order.RANDOM), 2);
        byte[] bytes = Files.readAllBytes(journal());
        bytes[bytes.length - 5] = (byte) 0xff;
        Files.write(journal(), bytes);
        LabelQueue queue = queue(dataset, "ann", Order.RANDOM);
        assertThat(queue.cut()).containsExactly(3);
        assertThat(queue.known()).isEqualTo(1);
    }

    @Test
    void the_last_answer_can_be_taken_back_and_a_skipped_sample_is_left_to_others() throws IOException {
        Dataset dataset = calls();
        LabelQueue queue = queue(dataset, "ann", Order.RANDOM);
        LabelQueue.Question first = queue.next().orElseThrow();
        queue.answer(first, "tea");
        assertThat(queue.back()).contains(first);
        assertThat(queue.next().orElseThrow().sample()).isEqualTo(first.sample());
        queue.answer(queue.next().orElseThrow(), "pot");
        LabelQueue.Question second = queue.next().orElseThrow();
        queue.skip(second);
        assertThat(queue.known()).isEqualTo(1);
        Dataset labelled = Relabeller.run(desk.datasets(), dataset, "topic", Relabeller.Unlabelled.KEEP);
        assertThat(labels(labelled, Split.TRAIN)).containsEntry(first.sample().id(), "pot");
        LabelQueue mine = queue(dataset, "ann", Order.RANDOM);
        assertThat(answer(mine, mine.left())).doesNotContain(second.sample().id());
        LabelQueue others = queue(dataset, "ben", Order.RANDOM);
        assertThat(answer(others, others.left()))
                .containsExactly(second.sample().id());
    }

    @Test
    void a_label_that_is_none_is_refused_and_a_new_one_can_be_added() throws IOException {
        Dataset dataset = calls();
        LabelQueue queue = queue(dataset, "ann", Order.RANDOM);
        LabelQueue.Question question = queue.next().orElseThrow();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.answer(question, "teas"))
                .withMessage(
                        "there is no label \"teas\" (did you mean \"tea\"?); add it with +teas if it is a new one");
        queue.add("cup");
        queue.answer(question, "cup");
        LabelTask without = new LabelTask("topic", List.of(), "ann", Split.TRAIN, Order.RANDOM);
        assertThat(LabelQueue.open(desk.datasets(), dataset, without, NOON).choices())
                .containsExactly("tea", "pot", "cup");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.add(" "))
                .withMessage("the label \" \" is blank or has blanks around it: leave them out");
    }

    @Test
    void a_task_that_cannot_be_is_refused_before_any_question() throws IOException {
        Dataset dataset = calls();
        LabelTask nothing = new LabelTask("topic", List.of(), "ann", Split.TRAIN, Order.RANDOM);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelQueue.open(desk.datasets(), dataset, nothing, NOON))
                .withMessage(
                        "no label of \"topic\" is known in calls@1 yet: name those to choose from, for example --choices good,bad");
        LabelTask text = new LabelTask("text", List.of("a"), "ann", Split.TRAIN, Order.RANDOM);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelQueue.open(desk.datasets(), dataset, text, NOON))
                .withMessage(
                        "the labels cannot go into \"text\", which every dataset uses itself: name another field, for example label");
        assertThat(journal()).doesNotExist();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Relabeller.run(desk.datasets(), dataset, "topic", Relabeller.Unlabelled.KEEP))
                .withMessage(
                        "no one has answered about \"topic\" of calls@1 yet: athanor data label calls --label topic");
    }

    // ------------------------------------------------------------------------------------------- the next version

    @Test
    void finishing_keeps_drops_or_suggests_for_what_no_one_labelled() throws IOException {
        Dataset dataset = calls();
        List<String> asked = answer(queue(dataset, "ann", Order.DOUBTFUL), 20);
        Dataset kept = Relabeller.run(desk.datasets(), dataset, "topic", Relabeller.Unlabelled.KEEP);
        assertThat(kept.manifest().label()).isEqualTo("topic");
        assertThat(kept.manifest().parents()).containsExactly("calls@1");
        assertThat(labels(kept, Split.TRAIN)).hasSize((int) dataset.count(Split.TRAIN));
        assertThat(labels(kept, Split.TRAIN).values().stream().filter(label -> !label.isEmpty()))
                .hasSize(20);
        Dataset dropped = Relabeller.run(desk.datasets(), dataset, "topic", Relabeller.Unlabelled.DROP);
        assertThat(labels(dropped, Split.TRAIN).keySet()).containsExactlyInAnyOrderElementsOf(asked);
        assertThat(dropped.count(Split.TEST)).isZero();
        Dataset suggested = Relabeller.run(desk.datasets(), dataset, "topic", Relabeller.Unlabelled.SUGGEST);
        try (Stream<Sample> samples = suggested.samples(Split.TEST)) {
            List<Sample> test = samples.toList();
            assertThat(test)
                    .isNotEmpty()
                    .allMatch(sample -> Labeller.given(sample, "topic").isEmpty());
            assertThat(test.stream()
                            .filter(sample -> sample.fields().get("topic").equals(truth(sample))))
                    .hasSizeGreaterThanOrEqualTo(test.size() - 1);
        }
    }

    @Test
    void answers_hold_for_versions_made_from_the_one_they_were_given_for_but_not_for_other_data() throws IOException {
        Dataset dataset = calls();
        answer(queue(dataset, "ann", Order.RANDOM), 5);
        Dataset cleaned = Cleaner.run(desk.datasets(), dataset);
        assertThat(queue(cleaned, "ann", Order.RANDOM).known()).isEqualTo(5);
        Path other = desk.file("other.csv", "text\n" + "something else\n".repeat(3));
        Dataset replaced = desk.imported(ImportOptions.of("calls"), other);
        assertThat(queue(replaced, "ann", Order.RANDOM).known()).isZero();
    }

    // --------------------------------------------------------------------------------------------- several people

    @Test
    void people_who_differ_are_measured_and_a_third_decides() throws IOException {
        Dataset dataset = calls();
        LabelQueue ann = queue(dataset, "ann", Order.RANDOM);
        answer(ann, ann.left());
        LabelQueue ben = queue(dataset, "ben", Order.ANSWERED);
        int shared = ben.left();
        int wrong = 0;
        String disputed = "";
        for (int i = 0; i < shared; i++) {
            LabelQueue.Question question = ben.next().orElseThrow();
            assertThat(question.suggestions()).isEmpty(); // they would make people agree
            assertThat(question.others()).isEmpty();
            boolean errs = i % 10 == 0;
            wrong += errs ? 1 : 0;
            disputed = errs ? question.sample().id() : disputed;
            String truth = truth(question.sample());
            ben.answer(question, errs ? (truth.equals("tea") ? "pot" : "tea") : truth);
        }
        Answers.Concord concord = Relabeller.concord(desk.datasets(), dataset, "topic");
        assertThat(concord.people()).containsExactly("ann", "ben");
        assertThat(concord.shared()).isEqualTo(shared);
        assertThat(concord.disputed()).isEqualTo(wrong);
        assertThat(concord.kappas().get("ann, ben")).isBetween(0.7, 0.9);
        assertThat(concord.alpha()).isCloseTo(concord.kappas().get("ann, ben"), within(0.02));

        Dataset tied = Relabeller.run(desk.datasets(), dataset, "topic", Relabeller.Unlabelled.KEEP);
        assertThat(labels(tied, Split.TRAIN)).containsEntry(disputed, "");
        assertThat(tied.notes())
                .containsExactly(
                        "on %d samples as many people say one thing as another, which leaves them without a label: athanor data label calls --label topic --order disputed decides"
                                .formatted(wrong));

        LabelQueue judge = queue(dataset, "ann", Order.DISPUTED); // one of the two may decide, too
        assertThat(judge.left()).isEqualTo(wrong);
        while (judge.next().isPresent()) {
            LabelQueue.Question question = judge.next().orElseThrow();
            assertThat(question.others()).containsOnlyKeys("ann", "ben");
            judge.answer(question, truth(question.sample()));
        }
        Dataset decided = Relabeller.run(desk.datasets(), dataset, "topic", Relabeller.Unlabelled.KEEP);
        assertThat(labels(decided, Split.TRAIN).values()).doesNotContain("");
        assertThat(decided.notes()).isEmpty();
        assertThat(Relabeller.concord(desk.datasets(), dataset, "topic"))
                .isEqualTo(concord); // deciding is no agreement
    }
}
