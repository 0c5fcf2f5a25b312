package dev.athanor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.athanor.data.LabelTask.Order;
import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaQueueTest {
    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-26T12:00:00Z"));

    private static final SplitPlan ALL = new SplitPlan.Random(new Seed(1), new SplitPlan.Shares(1, 0, 0));

    private final Desk desk;

    MediaQueueTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    /// 40 pictures without labels, dark and light ones, whose names say which.
    private Dataset pictures() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        Path files = Files.createDirectories(desk.folder().resolve("shades"));
        for (int i = 0; i < 40; i++) {
            byte[] pixels = new byte[64];
            Arrays.fill(pixels, (byte) (i % 2 == 0 ? random.nextInt(20, 90) : random.nextInt(160, 240)));
            Files.write(
                    files.resolve("%s-%02d.png".formatted(i % 2 == 0 ? "dark" : "light", i)),
                    Png.write(new Image(8, 8, 1, pixels)));
        }
        return desk.imported(ImportOptions.of("shades").withPlan(ALL), files);
    }

    private static String truth(Sample sample) {
        return sample.origin().contains("dark") ? "dark" : "light";
    }

    private LabelQueue queue(Dataset dataset) {
        LabelTask task = new LabelTask("shade", List.of("dark", "light"), "ann", Split.TRAIN, Order.DOUBTFUL);
        return LabelQueue.open(desk.datasets(), dataset, task, NOON);
    }

    @Test
    void pictures_are_asked_about_suggested_and_finished_like_texts() throws IOException {
        Dataset dataset = pictures();
        LabelQueue queue = queue(dataset);
        for (int i = 0; i < 12; i++) {
            LabelQueue.Question question = queue.next().orElseThrow();
            assertThat(question.sample().media().isEmpty()).isFalse();
            queue.answer(question, truth(question.sample()));
        }
        LabelQueue.Question next = queue.next().orElseThrow();
        assertThat(next.suggestions().getFirst().label()).isEqualTo(truth(next.sample()));
        assertThat(queue.left()).isEqualTo(28);
        assertThat(queue(dataset).left()).as("taken up again").isEqualTo(28);
        Dataset labelled = Relabeller.run(desk.datasets(), dataset, "shade", Relabeller.Unlabelled.SUGGEST);
        try (Stream<Sample> samples = labelled.samples(Split.TRAIN)) {
            assertThat(samples)
                    .hasSize(40)
                    .allSatisfy(sample -> assertThat(sample.fields()).containsEntry("shade", truth(sample)));
        }
    }

    @Test
    void an_answer_holds_for_the_same_picture_in_another_version() throws IOException {
        LabelQueue queue = queue(pictures());
        LabelQueue.Question question = queue.next().orElseThrow();
        queue.answer(question, truth(question.sample()));
        Dataset again = // no child of the first
                desk.imported(
                        ImportOptions.of("shades").withPlan(ALL), desk.folder().resolve("shades"));
        LabelTask task = new LabelTask("shade", List.of("dark", "light"), "ben", Split.TRAIN, Order.ANSWERED);
        assertThat(LabelQueue.open(desk.datasets(), again, task, NOON).left()).isEqualTo(1);
    }

    @Test
    void rows_of_a_table_are_not_asked_about() throws IOException {
        Path table = desk.file("t.csv", "user,item\nu1,i1\nu2,i2\n");
        Dataset rows = desk.imported(ImportOptions.of("rows"), table);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue(rows))
                .withMessage(
                        "rows@1 holds rows of a table, and questions are about texts, pictures and sounds: label it by functions that look at its fields");
    }
}
