package dev.athanor.data;

import static dev.athanor.data.Samples.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.athanor.data.clean.Steps;
import dev.athanor.data.image.Frame;
import dev.athanor.data.image.Image;
import dev.athanor.data.image.ImageForm;
import dev.athanor.data.image.Png;
import dev.athanor.data.image.Shades;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureImportTest {
    private final PictureDesk pictures;
    private final Desk desk;

    PictureImportTest(@TempDir Path folder) {
        pictures = new PictureDesk(folder);
        desk = pictures.desk();
    }

    /// What is said of each picture, by the value of its pixels.
    private static Map<Integer, String> by(Dataset dataset, Function<Sample, String> what) {
        Map<Integer, String> said = new TreeMap<>();
        for (Sample sample : samples(dataset)) {
            said.put(Png.read(sample.media().bytes()).at(0, 0, 0), what.apply(sample));
        }
        return said;
    }

    private static String label(Sample sample) {
        return sample.fields().getOrDefault("label", "none");
    }

    // -------------------------------------------------------------------------------------------------- layouts

    @Test
    void who_waits_is_told_how_many_samples_are_there() throws IOException {
        for (int i = 0; i < 3; i++) {
            pictures.file(i + ".png", PictureDesk.png(i));
        }
        pictures.file("broken.png", "no picture");
        List<Long> told = new ArrayList<>();
        Importer.run(
                new Datasets(desk.datasets().workspace(), told::add),
                ImportOptions.of("pictures"),
                List.of(desk.folder().resolve("in")));
        assertThat(told).containsExactly(1L, 2L, 3L);
    }

    @Test
    void a_folder_for_each_class_gives_labels() throws IOException {
        pictures.file("photos/cats/1.png", PictureDesk.png(1));
        pictures.file("photos/cats/2.png", PictureDesk.png(2));
        pictures.file("photos/dogs/1.png", PictureDesk.png(3));
        pictures.file("photos/.hidden.png", "no picture");
        pictures.file("README.txt", "about cats and dogs");
        Dataset dataset = pictures.run(pictures.in());
        assertThat(dataset.kind()).isEqualTo(Kind.IMAGE);
        assertThat(by(dataset, PictureImportTest::label)).isEqualTo(Map.of(1, "cats", 2, "cats", 3, "dogs"));
        assertThat(dataset.manifest().label()).isEqualTo("label");
        assertThat(dataset.manifest().forms()).containsExactly(Map.entry("3x2 grey", 3L));
        assertThat(dataset.values("label")).containsExactly(Map.entry("cats", 2L), Map.entry("dogs", 1L));
        assertThat(by(dataset, sample -> sample.media().path())).containsEntry(3, "1.png");
        assertThat(by(dataset, Sample::origin)).containsEntry(3, pictures.in() + "/photos/dogs/1.png");
        assertThat(dataset.manifest().sources()).hasSize(1);
    }

    @Test
    void folders_named_after_splits_give_splits() throws IOException {
        for (int i = 0; i < 40; i++) {
            pictures.file("train/%s/%d.png".formatted(i % 2 == 0 ? "a" : "b", i), PictureDesk.png(i));
        }
        pictures.file("test/a/100.png", PictureDesk.png(100));
        Dataset dataset = pictures.run(pictures.in());
        assertThat(samples(dataset, Split.TEST)).hasSize(1);
        assertThat(dataset.count(Split.VALIDATION)).as("taken from train").isBetween(1L, 12L);
        assertThat(dataset.manifest().splits()).startsWith("given by the source, validation at random from its train");
        pictures.file("val/b/101.png", PictureDesk.png(101));
        Dataset whole = pictures.run(pictures.in());
        assertThat(List.of(whole.count(Split.TRAIN), whole.count(Split.VALIDATION), whole.count(Split.TEST)))
                .isEqualTo(List.of(40L, 1L, 1L));
        assertThat(whole.manifest().splits()).isEqualTo("given by the source");
    }

    @Test
    void chance_that_is_asked_for_looks_at_no_folder_and_leaves_no_label_out_of_train() throws IOException {
        for (int i = 0; i < 40; i++) {
            pictures.file("test/%s/%d.png".formatted(i < 38 ? "common" : "rare" + i, i), PictureDesk.png(i));
            pictures.file("train/common/%d.png".formatted(100 + i), PictureDesk.png(100 + i));
        }
        Dataset dataset = desk.imported(
                ImportOptions.of("p").withPlan(new SplitPlan.Random(new Seed(1), SplitPlan.Shares.USUAL)),
                pictures.in());
        assertThat(samples(dataset, Split.TRAIN).stream().map(PictureImportTest::label))
                .contains("rare38", "rare39");
        assertThat(samples(dataset, Split.TEST).stream().map(Sample::origin)).anyMatch(o -> o.contains("/train/"));
    }

    @Test
    void a_table_gives_captions_labels_and_splits_and_leaves_out_what_it_does_not_name() throws IOException {
        pictures.file("images/1.png", PictureDesk.png(1));
        pictures.file("images/2.png", PictureDesk.png(2));
        pictures.file("images/3.png", PictureDesk.png(3));
        pictures.file(
                "metadata.csv",
                "file_name,caption,kind,split\nimages/1.png,a cat,x,train\nimages/2.png,\"a dog, wet\",,test\n");
        Dataset dataset = pictures.run(pictures.in());
        assertThat(by(dataset, Sample::text)).isEqualTo(Map.of(1, "a cat", 2, "a dog, wet"));
        assertThat(by(dataset, sample -> sample.fields().toString())).isEqualTo(Map.of(1, "{kind=x}", 2, "{}"));
        assertThat(samples(dataset, Split.TEST)).hasSize(1);
        assertThat(dataset.notes())
                .singleElement()
                .asString()
                .contains("pictures are named in no table and were left out: 1, the first:", "3.png");
    }

    @Test
    void json_lines_in_each_split_are_read_as_hugging_face_writes_them() throws IOException {
        pictures.file("train/1.png", PictureDesk.png(1));
        pictures.file("train/metadata.jsonl", "{\"file_name\": \"1.png\", \"text\": \"one\", \"label\": \"odd\"}\n");
        pictures.file("test/1.png", PictureDesk.png(2));
        pictures.file("test/metadata.jsonl", "{\"file_name\": \"1.png\", \"text\": \"two\", \"label\": \"even\"}\n");
        Dataset dataset = pictures.run(pictures.in());
        assertThat(by(dataset, Sample::text)).isEqualTo(Map.of(1, "one", 2, "two"));
        assertThat(by(dataset, PictureImportTest::label)).isEqualTo(Map.of(1, "odd", 2, "even"));
        assertThat(samples(dataset, Split.TEST)).hasSize(1);
    }

    @Test
    void a_flat_folder_has_no_labels() throws IOException {
        pictures.file("1.png", PictureDesk.png(1));
        pictures.file("2.png", PictureDesk.png(2));
        Dataset dataset = pictures.run(pictures.in());
        assertThat(dataset.manifest().fields()).isEmpty();
        assertThat(dataset.manifest().label()).isEmpty();
        assertThat(samples(dataset)).hasSize(2);
    }

    @Test
    void a_zip_is_read_like_its_folder_also_with_a_table_beside_it() throws IOException {
        Path zip = pictures.zip(
                "a.zip", Map.of("top/cats/1.png", PictureDesk.png(1), "top/dogs/2.png", PictureDesk.png(2)));
        assertThat(by(pictures.run(zip), PictureImportTest::label)).isEqualTo(Map.of(1, "cats", 2, "dogs"));
        Path table = pictures.file("names.tsv", "file\tsaid\n2.png\tthe second\n");
        Dataset dataset = desk.imported(ImportOptions.of("q").withColumns("said", "", List.of()), zip, table);
        assertThat(by(dataset, Sample::text)).isEqualTo(Map.of(2, "the second"));
    }

    @Test
    void idx_files_are_read_with_their_labels_packed_or_not_alone_or_in_a_zip() throws IOException {
        byte[] images = PictureDesk.idx(0x803, new int[] {2, 1, 2}, 10, 11, 20, 21);
        byte[] labels = PictureDesk.idx(0x801, new int[] {2}, 7, 9);
        Path train = pictures.file("train-images-idx3-ubyte.gz", PictureDesk.gz(images));
        pictures.file("train-labels-idx1-ubyte.gz", PictureDesk.gz(labels));
        pictures.file("t10k-images.idx3-ubyte", PictureDesk.idx(0x803, new int[] {1, 1, 2}, 30, 31));
        pictures.file("t10k-labels.idx1-ubyte", PictureDesk.idx(0x801, new int[] {1}, 3));
        Dataset both = pictures.run(pictures.in());
        assertThat(by(both, PictureImportTest::label)).isEqualTo(Map.of(10, "7", 20, "9", 30, "3"));
        assertThat(samples(both, Split.TEST)).hasSize(1);
        assertThat(by(both, Sample::origin)).containsEntry(20, train + "#1");
        assertThat(Png.read(samples(both, Split.TEST).getFirst().media().bytes()))
                .isEqualTo(new Image(2, 1, 1, new byte[] {30, 31}));
        assertThat(by(pictures.run(train), PictureImportTest::label))
                .as("labels beside")
                .isEqualTo(Map.of(10, "7", 20, "9"));
        Path zip = pictures.zip("m.zip", Map.of("train-images-idx3-ubyte", images, "train-labels-idx1-ubyte", labels));
        assertThat(by(pictures.run(zip), PictureImportTest::label)).isEqualTo(Map.of(10, "7", 20, "9"));
    }

    @Test
    void cifar_files_are_read_with_the_names_of_their_classes() throws IOException {
        byte[] record = new byte[3073];
        record[0] = 1;
        Arrays.fill(record, 1, 1025, (byte) 200); // red, then green, then blue
        Arrays.fill(record, 1025, 2049, (byte) 100);
        Arrays.fill(record, 2049, 3073, (byte) 50);
        pictures.file("cifar/data_batch_1.bin", record);
        pictures.file("cifar/batches.meta.txt", "airplane\nautomobile\n");
        Sample sample = samples(pictures.run(pictures.in())).getFirst();
        assertThat(label(sample)).isEqualTo("automobile");
        Image image = Png.read(sample.media().bytes());
        assertThat(List.of(image.width(), image.at(31, 31, 0), image.at(5, 7, 1), image.at(0, 0, 2)))
                .isEqualTo(List.of(32, 200, 100, 50));
    }

    @Test
    void both_labels_of_cifar_100_are_kept() throws IOException {
        byte[] record = new byte[3074];
        record[0] = 0;
        record[1] = 1;
        pictures.file("train.bin", record);
        pictures.file("fine_label_names.txt", "apple\naquarium_fish\n");
        pictures.file("coarse_label_names.txt", "aquatic_mammals\nfish\n");
        assertThat(samples(pictures.run(pictures.in())).getFirst().fields())
                .isEqualTo(Map.of("label", "aquarium_fish", "coarse_label", "aquatic_mammals"));
    }

    @Test
    void what_is_exported_is_imported_as_it_was() throws IOException {
        for (int i = 0; i < 30; i++) {
            pictures.file("%s/%d.png".formatted(i % 2 == 0 ? "even" : "odd", i), PictureDesk.png(i));
        }
        Dataset first = pictures.run(pictures.in());
        for (Exporter.Format format : List.of(Exporter.Format.FOLDER, Exporter.Format.PARQUET)) {
            Path out = desk.folder().resolve("out-" + format);
            Exporter.run(first, format, out);
            Dataset again = desk.imported(ImportOptions.of("again-" + format), out);
            for (Split split : Split.values()) {
                assertThat(samples(again, split).stream()
                                .map(s -> s.media().bytes())
                                .toList())
                        .as("%s %s", format, split)
                        .containsExactlyElementsOf(samples(first, split).stream()
                                .map(s -> s.media().bytes())
                                .toList());
            }
            assertThat(by(again, PictureImportTest::label)).isEqualTo(by(first, PictureImportTest::label));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Exporter.run(first, Exporter.Format.CSV, desk.folder().resolve("csv")))
                .withMessage(
                        "p@1 is of the kind image, which csv cannot hold: choose one of folder, parquet, label-studio");
    }

    @Test
    void numbers_of_classes_in_parquet_get_their_names_from_hugging_faces_metadata() throws Exception {
        Path parquet = desk.folder().resolve("test-00000-of-00001.parquet");
        Path picture = pictures.file("1.png", PictureDesk.png(9));
        try (var connection = Tables.connect();
                var sql = connection.createStatement()) {
            sql.execute(
                    ("COPY (SELECT struct_pack(bytes := content, path := '1.png') AS image, 1 AS label,"
                                    + " ['a', 'b'] AS captions FROM read_blob(%s)) TO %s (FORMAT parquet, KV_METADATA {huggingface: %s})")
                            .formatted(
                                    Tables.literal(picture),
                                    Tables.literal(parquet),
                                    Tables.literal(
                                            "{\"info\":{\"features\":{\"image\":{\"_type\":\"Image\"},\"label\":{\"names\":[\"cat\",\"dog\"],\"_type\":\"ClassLabel\"}}}}")));
        }
        Dataset dataset = desk.imported(
                ImportOptions.of("h").withPlan(new SplitPlan.Sequential(new SplitPlan.Shares(1, 0, 0))), parquet);
        Sample sample = samples(dataset).getFirst();
        assertThat(label(sample)).isEqualTo("dog");
        assertThat(sample.text()).isEqualTo("a\nb");
        assertThat(sample.origin()).isEqualTo(parquet + "#0");
    }

    @Test
    void a_form_brings_all_to_one_size_and_colour() throws IOException {
        pictures.file("a/1.png", PictureDesk.png(1));
        pictures.file("b/2.png", Png.write(new Image(40, 30, 3, new byte[3600])));
        ImageForm form = ImageForm.SOURCE.withFrame(new Frame.Crop(8, 8)).withShades(Shades.COLOR);
        Dataset dataset =
                desk.imported(ImportOptions.of("p").withMedia(MediaForms.USUAL.withImages(form)), pictures.in());
        assertThat(dataset.manifest().forms()).containsExactly(Map.entry("8x8 colour", 2L));
    }

    @Test
    void a_folder_of_texts_with_a_picture_stays_texts() throws IOException {
        pictures.file("1.txt", "one\ntwo\n");
        pictures.file("2.txt", "three\nfour\n");
        pictures.file("logo.png", PictureDesk.png(1));
        assertThat(pictures.run(pictures.in()).kind()).isEqualTo(Kind.TEXT);
    }

    @Test
    void a_class_with_one_sample_is_learnt_from_and_said() throws IOException {
        for (int i = 0; i < 20; i++) {
            pictures.file("many/%d.png".formatted(i), PictureDesk.png(i));
        }
        pictures.file("single/99.png", PictureDesk.png(99));
        Dataset dataset = pictures.run(pictures.in());
        assertThat(samples(dataset, Split.TRAIN).stream().map(PictureImportTest::label))
                .contains("single");
        assertThat(dataset.notes())
                .containsExactly(
                        "1 of 2 labels come with one sample, which is for training: nothing is left to measure by; the first: single");
    }

    @Test
    void labels_that_all_differ_are_taken_for_captions_perhaps() throws IOException {
        for (int i = 0; i < 5; i++) {
            pictures.file(i + ".png", PictureDesk.png(i));
        }
        pictures.file("metadata.csv", "file_name,label\n0.png,a\n1.png,b\n2.png,c\n3.png,d\n4.png,e\n");
        assertThat(pictures.run(pictures.in()).notes())
                .containsExactly(
                        "label has 5 values for 5 pictures: if it is what is to be seen in each, import it with --text label");
    }

    // -------------------------------------------------------------------------------------------------- afterwards

    @Test
    void cleaning_drops_pictures_that_are_there_already_and_knows_no_lengths() throws IOException {
        pictures.file("a/1.png", PictureDesk.png(1));
        pictures.file("a/2.png", PictureDesk.png(1));
        pictures.file("b/3.png", PictureDesk.png(3));
        Dataset dataset = pictures.run(pictures.in());
        Dataset clean = Cleaner.run(desk.datasets(), dataset);
        assertThat(samples(clean)).hasSize(2);
        assertThat(clean.kind()).isEqualTo(Kind.IMAGE);
        assertThat(Files.readString(clean.folder().resolve("report.json"))).contains("\"duplicate\" : 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cleaner.run(desk.datasets(), dataset, Steps.usual(3, 9)))
                .withMessage(
                        "p@1 cannot be cleaned so: the step length is not for samples of the kind image: leave it out");
    }

    @Test
    void dividing_anew_keeps_pictures_and_looks_at_no_old_split() throws IOException {
        for (int i = 0; i < 100; i++) {
            pictures.file("%s/%d.png".formatted(i < 50 ? "train" : "test", i), PictureDesk.png(i));
        }
        Dataset divided = Divider.run(
                desk.datasets(),
                pictures.run(pictures.in()),
                new SplitPlan.Automatic(new Seed(2), SplitPlan.Shares.USUAL),
                Divider.Together.SIMILAR);
        assertThat(divided.count(Split.TRAIN)).isBetween(65L, 92L);
        assertThat(by(divided, Sample::id)).hasSize(100);
    }
}
