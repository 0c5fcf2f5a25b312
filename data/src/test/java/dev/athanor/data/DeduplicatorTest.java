package dev.athanor.data;

import static dev.athanor.data.Given.test;
import static dev.athanor.data.Given.train;
import static dev.athanor.data.Samples.samples;
import static dev.athanor.data.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.data.duplicate.Likeness;
import dev.athanor.data.duplicate.PictureLikeness;
import dev.athanor.data.duplicate.TextLikeness;
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

class DeduplicatorTest {
    private static final String TEA = "The first green tea of the year comes from the hills of Anji";
    private static final String TEA_AGAIN = "the first green tea of the year comes from the hills of Anji, again";
    private static final String ROOM = "房间很大，床也很舒服，早餐的品种很多，下次还会来住";
    private static final String ROOM_AGAIN = "房间很大，床也很舒服，早餐的品种很多，下次还会来住的";

    private final Desk desk;

    DeduplicatorTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    private static Deduplicator.Plan plan(Keep keep) {
        return new Deduplicator.Plan(new TextLikeness(TextLikeness.Settings.USUAL), keep, Optional.empty());
    }

    private static Deduplicator.Plan against(Dataset dataset, Split... splits) {
        return new Deduplicator.Plan(
                new TextLikeness(TextLikeness.Settings.USUAL),
                new Keep.First(),
                Optional.of(new Deduplicator.Reference(dataset, Set.of(splits))));
    }

    private Dataset run(Dataset dataset, Deduplicator.Plan plan) {
        return Deduplicator.run(desk.datasets(), dataset, plan).written().orElseThrow();
    }

    private static List<String> ids(Dataset dataset, Split split) {
        return samples(dataset, split).stream().map(Sample::id).toList();
    }

    private static JsonNode report(Dataset dataset) {
        return dataset.report().path("duplicates");
    }

    @Test
    void of_equal_and_similar_texts_the_first_stays_with_its_fields() throws IOException {
        Dataset given = Given.version(
                desk, "d", train(TEA), train(ROOM), train(TEA_AGAIN), train("other"), train(TEA), train(ROOM_AGAIN));
        Dataset written = run(given, plan(new Keep.First()));
        assertThat(ids(written, Split.TRAIN)).containsExactly("s0", "s1", "s3");
        try (Stream<Sample> samples = written.samples(Split.TRAIN)) {
            assertThat(samples.map(sample -> sample.fields().get("label"))).containsExactly("s0", "s1", "s3");
        }
        assertThat(written.reference()).isEqualTo("d@2");
        assertThat(written.manifest().parents()).containsExactly("d@1");
        assertThat(written.manifest().licence()).isEqualTo("ours");
        written.verify();
        JsonNode report = report(written);
        assertThat(report.path("samples").asInt()).isEqualTo(6);
        assertThat(report.path("repeated").asInt()).isEqualTo(1);
        assertThat(report.path("similar").asInt()).isEqualTo(2);
        assertThat(report.path("groups").asInt()).isEqualTo(2);
        assertThat(report.path("largest").asInt()).isEqualTo(3);
        assertThat(report.path("dropped").path("train").asInt()).isEqualTo(3);
        assertThat(report.path("settings").path("threshold").asDouble()).isEqualTo(0.7);
    }

    @Test
    void the_longest_stays_where_that_is_asked_for() {
        Dataset given = Given.version(
                desk, "d", train(TEA), train(ROOM), train(TEA_AGAIN), train(TEA_AGAIN), train(ROOM_AGAIN));
        assertThat(ids(run(given, plan(new Keep.Longest())), Split.TRAIN)).containsExactly("s2", "s4");
    }

    @Test
    void test_stays_before_validation_and_that_before_train_whatever_is_longest() throws IOException {
        Dataset given = Given.version(
                desk,
                "d",
                train("only here"),
                train(TEA_AGAIN),
                new Given(Split.VALIDATION, TEA_AGAIN),
                test(TEA),
                train(ROOM_AGAIN),
                new Given(Split.VALIDATION, ROOM));
        for (Keep keep : List.of(new Keep.First(), new Keep.Longest(), new Keep.Best(), new Keep.Greatest("label"))) {
            Dataset written = run(given, plan(keep));
            assertThat(texts(written, Split.TEST)).containsExactly(TEA);
            assertThat(texts(written, Split.VALIDATION)).containsExactly(ROOM);
            assertThat(texts(written, Split.TRAIN)).containsExactly("only here");
            assertThat(report(written).path("across").valueStream().map(JsonNode::toString))
                    .containsExactly(
                            "{\"first\":\"test\",\"second\":\"validation\",\"equal\":0,\"equal or similar\":1}",
                            "{\"first\":\"test\",\"second\":\"train\",\"equal\":0,\"equal or similar\":1}",
                            "{\"first\":\"validation\",\"second\":\"train\",\"equal\":1,\"equal or similar\":2}");
        }
    }

    @Test
    void every_pair_is_written_beside_the_report() throws IOException {
        Dataset written = run(
                Given.version(desk, "d", train(TEA), train(TEA), test(TEA_AGAIN), train("x")), plan(new Keep.First()));
        List<JsonNode> pairs = Files.readAllLines(written.folder().resolve("duplicates.jsonl")).stream()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
        assertThat(pairs).hasSize(2);
        assertThat(pairs.getFirst().toString())
                .isEqualTo(
                        "{\"similarity\":1.0,\"first\":{\"in\":\"train\",\"id\":\"s0\",\"origin\":\"list:s0\",\"text\":\"%s\"},\"second\":{\"in\":\"train\",\"id\":\"s1\",\"origin\":\"list:s1\",\"text\":\"%s\"}}",
                        TEA, TEA);
        assertThat(pairs.getLast().path("first").path("in").asString()).isEqualTo("test");
        assertThat(pairs.getLast().path("similarity").asDouble()).isBetween(0.7, 0.999);
        try (Stream<Path> files = Files.list(written.folder())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("data", "manifest.json", "report.json", "duplicates.jsonl");
        }
    }

    @Test
    void where_there_are_none_no_version_is_written_and_looking_writes_none() throws IOException {
        Dataset given = Given.version(desk, "d", train(TEA), train(ROOM));
        Deduplicator.Outcome outcome = Deduplicator.run(desk.datasets(), given, plan(new Keep.First()));
        assertThat(outcome.written()).isEmpty();
        assertThat(outcome.findings().sentences())
                .containsExactly(
                        "2 samples compared: 0 repeat another, and 0 pairs of the others are similar",
                        "0 groups of equal or similar ones, the largest of 1",
                        "nothing is to be dropped");
        Dataset twice = Given.version(desk, "d", train(TEA), train(TEA), test(ROOM_AGAIN), train(ROOM));
        assertThat(Deduplicator.look(desk.datasets(), twice, plan(new Keep.First()))
                        .sentences())
                .containsExactly(
                        "4 samples compared: 1 repeats another, and 1 pair of the others is similar",
                        "2 groups of equal or similar ones, the largest of 2",
                        "in both test and train: 0 different ones; with similar ones 1",
                        "to be dropped: 2 of train");
        try (Stream<Path> left = Files.list(given.folder().getParent())) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder(".lock", "1", "2");
        }
    }

    @Test
    void against_another_dataset_only_what_it_has_goes_and_not_by_way_of_others() throws IOException {
        Dataset exam = Given.version(desk, "exam", test(TEA), train(ROOM));
        String further = TEA_AGAIN + " and again and again";
        Dataset mine = Given.version(
                desk,
                "mine",
                train("x"),
                train("x"),
                train(TEA_AGAIN),
                train(TEA_AGAIN),
                train(further),
                train(ROOM),
                test(TEA));
        Dataset written = run(mine, against(exam, Split.TEST));
        assertThat(texts(written, Split.TRAIN)).containsExactly("x", "x", further, ROOM);
        assertThat(written.count(Split.TEST)).isZero();
        assertThat(written.manifest().parents()).containsExactly("mine@1", "exam@1");
        assertThat(report(written).path("against").asString()).isEqualTo("exam@1");
        assertThat(written.notes())
                .containsExactly(
                        "8 samples compared: 1 is in exam@1 test, and 1 pair of others is similar",
                        "to be dropped: 2 of train, 1 of test");
        assertThat(texts(run(mine, against(exam, Split.TEST, Split.TRAIN)), Split.TRAIN))
                .containsExactly("x", "x", further);
    }

    @Test
    void against_its_own_test_the_test_stays_whole() {
        Dataset mine = Given.version(desk, "mine", test(TEA), test(TEA), train(TEA_AGAIN), train(ROOM), train(ROOM));
        Dataset written = run(mine, against(mine, Split.TEST));
        assertThat(texts(written, Split.TEST)).containsExactly(TEA, TEA);
        assertThat(texts(written, Split.TRAIN)).containsExactly(ROOM, ROOM);
        assertThat(written.manifest().parents()).containsExactly("mine@1");
    }

    @Test
    void what_would_leave_nothing_or_makes_no_sense_is_refused() {
        Dataset exam = Given.version(desk, "exam", train(TEA));
        Dataset mine = Given.version(desk, "mine", train(TEA), train(TEA));
        assertThatThrownBy(() -> Deduplicator.run(desk.datasets(), mine, against(exam, Split.TRAIN)))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "no sample of mine@1 would be left to train on: each of its 2 is a duplicate of one in exam@1 train. Divide it anew with athanor data split, or compare with something else");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> against(exam, Split.TEST))
                .withMessage("exam@1 has no sample in [test]: choose another split with --against-split");
        Dataset pictures = pictures();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Deduplicator.run(desk.datasets(), mine, against(pictures, Split.TRAIN)))
                .withMessage(
                        "mine@1 is of the kind text and pictures@1 of the kind image: only those of one kind can be compared");
        assertThat(desk.datasets().versions("mine")).hasSize(1);
    }

    /// A slope, the same a little darker, another, and the first again.
    private Dataset pictures() {
        return desk.written(
                new VersionWriter.Schema("pictures", Kind.IMAGE, "", List.of()), new SplitPlan.Given(), writer -> {
                    for (int slope : new int[] {10, 11, -10, 10}) {
                        byte[] pixels = new byte[18 * 16];
                        for (int i = 0; i < pixels.length; i++) {
                            pixels[i] = (byte) (128 + Math.min(slope, 10) * (i % 18 - 9) - (slope == 11 ? 3 : 0));
                        }
                        writer.add(
                                new Sample(
                                        "p" + slope,
                                        "",
                                        new Media(Png.write(new Image(18, 16, 1, pixels)), "p.png"),
                                        new LinkedHashMap<>(),
                                        "folder/p" + slope),
                                Optional.of(Split.TRAIN));
                    }
                });
    }

    @Test
    void pictures_are_compared_by_their_bytes_and_by_what_they_show() throws IOException {
        Likeness likeness = new PictureLikeness(PictureLikeness.USUAL, PictureLikeness.USUAL_THRESHOLD);
        Dataset written = run(pictures(), new Deduplicator.Plan(likeness, new Keep.First(), Optional.empty()));
        assertThat(ids(written, Split.TRAIN)).containsExactly("p10", "p-10");
        assertThat(report(written).path("repeated").asInt()).isEqualTo(1);
        assertThat(report(written).path("similar").asInt()).isEqualTo(1);
    }
}
