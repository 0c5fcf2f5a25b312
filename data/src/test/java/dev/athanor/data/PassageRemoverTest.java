package dev.athanor.data;

import static dev.athanor.data.Given.test;
import static dev.athanor.data.Given.train;
import static dev.athanor.data.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PassageRemoverTest {
    private static final String NOTICE = "All prices are in euros and include tax.";
    private static final String CLOSING = "本店所有茶叶七天内可以退换";

    private final Desk desk;

    PassageRemoverTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    private static PassageRemover.Plan plan(int shortest) {
        return new PassageRemover.Plan(shortest, Optional.empty());
    }

    @Test
    void a_passage_stays_in_test_and_goes_from_validation_and_train() throws IOException {
        Dataset given = Given.version(
                desk,
                "d",
                train("Green tea. " + NOTICE),
                train("红茶。" + CLOSING + "。"),
                train(NOTICE),
                new Given(Split.VALIDATION, NOTICE + " Black tea."),
                test("A pot. " + NOTICE + " " + CLOSING));
        Dataset written =
                PassageRemover.run(desk.datasets(), given, plan(8)).written().orElseThrow();
        assertThat(texts(written, Split.TEST)).isEqualTo(texts(given, Split.TEST));
        assertThat(texts(written, Split.VALIDATION)).containsExactly("Black tea.");
        assertThat(texts(written, Split.TRAIN)).containsExactly("Green tea.", "红茶。。");
        try (Stream<Sample> samples = written.samples(Split.TRAIN)) {
            assertThat(samples.map(sample -> sample.id() + sample.fields().get("label")))
                    .containsExactly("s0s0", "s1s1");
        }
        assertThat(written.manifest().parents()).containsExactly("d@1");
        assertThat(written.manifest().licence()).isEqualTo("ours");
        assertThat(written.notes())
                .containsExactly(
                        "5 texts compared: 4 passages of 8 words or more stand in an earlier text, too, 133 characters in all",
                        "to be shortened: 2 of train, 1 of validation",
                        "to be dropped, since nothing else is in them: 1 of train");
        written.verify();
        List<JsonNode> pairs = Files.readAllLines(written.folder().resolve("duplicates.jsonl")).stream()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
        assertThat(pairs).hasSize(4);
        assertThat(pairs.get(2).toString())
                .isEqualTo(
                        "{\"words\":13,\"text\":\"%s\",\"first\":{\"in\":\"test\",\"id\":\"s4\",\"origin\":\"list:s4\",\"from\":48,\"to\":61},\"second\":{\"in\":\"train\",\"id\":\"s1\",\"origin\":\"list:s1\",\"from\":3,\"to\":16}}",
                        CLOSING);
        JsonNode report = written.report().path("passages");
        assertThat(report.path("characters").asInt()).isEqualTo(3 * NOTICE.length() + CLOSING.length());
        assertThat(report.path("dropped").toString()).isEqualTo("{\"train\":1,\"validation\":0,\"test\":0}");
        assertThat(report.path("examples").path(0).path("words").asInt()).isEqualTo(13);
        assertThat(report.path("examples")).hasSize(4);
    }

    @Test
    void where_there_are_none_no_version_is_written_and_looking_writes_none() throws IOException {
        Dataset given = Given.version(desk, "d", train(NOTICE), train(NOTICE + " Black tea."));
        PassageRemover.Outcome outcome = PassageRemover.run(desk.datasets(), given, plan(9));
        assertThat(outcome.written()).isEmpty();
        assertThat(outcome.findings().sentences())
                .containsExactly(
                        "2 texts compared: 0 passages of 9 words or more stand in an earlier text, too, 0 characters in all",
                        "nothing is to be removed");
        assertThat(PassageRemover.look(desk.datasets(), given, plan(8)).passages())
                .isEqualTo(1);
        try (Stream<Path> left = Files.list(given.folder().getParent())) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder(".lock", "1");
        }
    }

    @Test
    void against_another_dataset_only_what_stands_in_it_goes() {
        Dataset exam = Given.version(desk, "exam", train("x"), test("First. " + NOTICE));
        Dataset mine = Given.version(desk, "mine", train(CLOSING), train(CLOSING + NOTICE), test(NOTICE + " Yes."));
        PassageRemover.Plan plan =
                new PassageRemover.Plan(8, Optional.of(new Deduplicator.Reference(exam, Set.of(Split.TEST))));
        Dataset written =
                PassageRemover.run(desk.datasets(), mine, plan).written().orElseThrow();
        assertThat(texts(written, Split.TRAIN)).containsExactly(CLOSING, CLOSING);
        assertThat(texts(written, Split.TEST)).containsExactly("Yes.");
        assertThat(written.manifest().parents()).containsExactly("mine@1", "exam@1");
        assertThat(written.report().path("passages").path("against").asString()).isEqualTo("exam@1");
        assertThat(written.notes().getFirst()).contains("2 passages of 8 words or more stand in exam@1 test,");
        Dataset own = Given.version(
                desk, "own", test(NOTICE), test(NOTICE + " Yes."), train(CLOSING), train(CLOSING + NOTICE));
        PassageRemover.Plan itself =
                new PassageRemover.Plan(8, Optional.of(new Deduplicator.Reference(own, Set.of(Split.TEST))));
        Dataset clean =
                PassageRemover.run(desk.datasets(), own, itself).written().orElseThrow();
        assertThat(texts(clean, Split.TEST)).containsExactly(NOTICE, NOTICE + " Yes.");
        assertThat(texts(clean, Split.TRAIN)).containsExactly(CLOSING, CLOSING);
    }

    @Test
    void what_would_leave_nothing_or_makes_no_sense_is_refused() {
        for (int shortest : new int[] {4, 1001}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> plan(shortest))
                    .withMessage(
                            "passages of %d words: expected 5 to 1000, 50 for example. Give it with --substring-length"
                                    .formatted(shortest));
        }
        Dataset mine = Given.version(desk, "mine", test(NOTICE), train(NOTICE));
        assertThatThrownBy(() -> PassageRemover.run(desk.datasets(), mine, plan(8)))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "no text of mine@1 would be left to train on: all that its 1 say stands in others. Look for longer passages with --substring-length, or compare with something else");
        Dataset pictures = desk.written(
                new VersionWriter.Schema("pictures", Kind.IMAGE, "", List.of()), new SplitPlan.Given(), writer -> {
                    Media media = new Media(Png.write(new Image(8, 8, 1, new byte[64])), "p.png");
                    writer.add(new Sample("p", NOTICE, media, new LinkedHashMap<>(), "p"), Optional.of(Split.TRAIN));
                });
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PassageRemover.run(desk.datasets(), pictures, plan(8)))
                .withMessage(
                        "pictures@1 is of the kind image, and passages are looked for in texts: leave --substrings out");
        assertThat(desk.datasets().versions("mine")).hasSize(1);
    }
}
