package dev.athanor.data;

import static dev.athanor.data.Samples.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.data.clean.Steps;
import dev.athanor.data.image.Frame;
import dev.athanor.data.image.Image;
import dev.athanor.data.image.ImageForm;
import dev.athanor.data.image.Png;
import dev.athanor.data.image.Shades;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureImportTest {
    private final Desk desk;

    PictureImportTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    /// A picture of 3 x 2 whose every number is this one.
    private static byte[] png(int value) {
        byte[] pixels = new byte[6];
        Arrays.fill(pixels, (byte) value);
        return Png.write(new Image(3, 2, 1, pixels));
    }

    private Path file(String name, byte[] content) throws IOException {
        Path file = desk.folder().resolve("in").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    private Path file(String name, String content) throws IOException {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private Path in() {
        return desk.folder().resolve("in");
    }

    private Dataset run(Path... sources) {
        return desk.imported(ImportOptions.of("p"), sources);
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
            file(i + ".png", png(i));
        }
        file("broken.png", "no picture");
        List<Long> told = new ArrayList<>();
        Importer.run(
                new Datasets(desk.datasets().workspace(), told::add),
                ImportOptions.of("pictures"),
                List.of(desk.folder().resolve("in")));
        assertThat(told).containsExactly(1L, 2L, 3L);
    }

    @Test
    void a_folder_for_each_class_gives_labels() throws IOException {
        file("photos/cats/1.png", png(1));
        file("photos/cats/2.png", png(2));
        file("photos/dogs/1.png", png(3));
        file("photos/.hidden.png", "no picture");
        file("README.txt", "about cats and dogs");
        Dataset dataset = run(in());
        assertThat(dataset.kind()).isEqualTo(Kind.IMAGE);
        assertThat(by(dataset, PictureImportTest::label)).isEqualTo(Map.of(1, "cats", 2, "cats", 3, "dogs"));
        assertThat(dataset.manifest().label()).isEqualTo("label");
        assertThat(dataset.manifest().forms()).containsExactly(Map.entry("3x2 grey", 3L));
        assertThat(dataset.values("label")).containsExactly(Map.entry("cats", 2L), Map.entry("dogs", 1L));
        assertThat(by(dataset, sample -> sample.media().path())).containsEntry(3, "1.png");
        assertThat(by(dataset, Sample::origin)).containsEntry(3, in() + "/photos/dogs/1.png");
        assertThat(dataset.manifest().sources()).hasSize(1);
    }

    @Test
    void folders_named_after_splits_give_splits() throws IOException {
        for (int i = 0; i < 40; i++) {
            file("train/%s/%d.png".formatted(i % 2 == 0 ? "a" : "b", i), png(i));
        }
        file("test/a/100.png", png(100));
        Dataset dataset = run(in());
        assertThat(samples(dataset, Split.TEST)).hasSize(1);
        assertThat(dataset.count(Split.VALIDATION)).as("taken from train").isBetween(1L, 12L);
        assertThat(dataset.manifest().splits()).startsWith("given by the source, validation at random from its train");
        file("val/b/101.png", png(101));
        Dataset whole = run(in());
        assertThat(List.of(whole.count(Split.TRAIN), whole.count(Split.VALIDATION), whole.count(Split.TEST)))
                .isEqualTo(List.of(40L, 1L, 1L));
        assertThat(whole.manifest().splits()).isEqualTo("given by the source");
    }

    @Test
    void chance_that_is_asked_for_looks_at_no_folder_and_leaves_no_label_out_of_train() throws IOException {
        for (int i = 0; i < 40; i++) {
            file("test/%s/%d.png".formatted(i < 38 ? "common" : "rare" + i, i), png(i));
            file("train/common/%d.png".formatted(100 + i), png(100 + i));
        }
        Dataset dataset = desk.imported(
                ImportOptions.of("p").withPlan(new SplitPlan.Random(new Seed(1), SplitPlan.Shares.USUAL)), in());
        assertThat(samples(dataset, Split.TRAIN).stream().map(PictureImportTest::label))
                .contains("rare38", "rare39");
        assertThat(samples(dataset, Split.TEST).stream().map(Sample::origin)).anyMatch(o -> o.contains("/train/"));
    }

    @Test
    void a_table_gives_captions_labels_and_splits_and_leaves_out_what_it_does_not_name() throws IOException {
        file("images/1.png", png(1));
        file("images/2.png", png(2));
        file("images/3.png", png(3));
        file(
                "metadata.csv",
                "file_name,caption,kind,split\nimages/1.png,a cat,x,train\nimages/2.png,\"a dog, wet\",,test\n");
        Dataset dataset = run(in());
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
        file("train/1.png", png(1));
        file("train/metadata.jsonl", "{\"file_name\": \"1.png\", \"text\": \"one\", \"label\": \"odd\"}\n");
        file("test/1.png", png(2));
        file("test/metadata.jsonl", "{\"file_name\": \"1.png\", \"text\": \"two\", \"label\": \"even\"}\n");
        Dataset dataset = run(in());
        assertThat(by(dataset, Sample::text)).isEqualTo(Map.of(1, "one", 2, "two"));
        assertThat(by(dataset, PictureImportTest::label)).isEqualTo(Map.of(1, "odd", 2, "even"));
        assertThat(samples(dataset, Split.TEST)).hasSize(1);
    }

    @Test
    void a_flat_folder_has_no_labels() throws IOException {
        file("1.png", png(1));
        file("2.png", png(2));
        Dataset dataset = run(in());
        assertThat(dataset.manifest().fields()).isEmpty();
        assertThat(dataset.manifest().label()).isEmpty();
        assertThat(samples(dataset)).hasSize(2);
    }

    @Test
    void a_zip_is_read_like_its_folder_also_with_a_table_beside_it() throws IOException {
        Path zip = zip("a.zip", Map.of("top/cats/1.png", png(1), "top/dogs/2.png", png(2)));
        assertThat(by(run(zip), PictureImportTest::label)).isEqualTo(Map.of(1, "cats", 2, "dogs"));
        Path table = file("names.tsv", "file\tsaid\n2.png\tthe second\n");
        Dataset dataset = desk.imported(ImportOptions.of("q").withColumns("said", "", List.of()), zip, table);
        assertThat(by(dataset, Sample::text)).isEqualTo(Map.of(2, "the second"));
    }

    private Path zip(String name, Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : new TreeMap<>(entries).entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file(name, bytes.toByteArray());
    }

    private static byte[] idx(int magic, int[] sizes, int... numbers) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(magic);
        for (int size : sizes) {
            out.writeInt(size);
        }
        for (int number : numbers) {
            out.writeByte(number);
        }
        return bytes.toByteArray();
    }

    private static byte[] gz(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    @Test
    void idx_files_are_read_with_their_labels_packed_or_not_alone_or_in_a_zip() throws IOException {
        byte[] pictures = idx(0x803, new int[] {2, 1, 2}, 10, 11, 20, 21);
        byte[] labels = idx(0x801, new int[] {2}, 7, 9);
        Path train = file("train-images-idx3-ubyte.gz", gz(pictures));
        file("train-labels-idx1-ubyte.gz", gz(labels));
        file("t10k-images.idx3-ubyte", idx(0x803, new int[] {1, 1, 2}, 30, 31));
        file("t10k-labels.idx1-ubyte", idx(0x801, new int[] {1}, 3));
        Dataset both = run(in());
        assertThat(by(both, PictureImportTest::label)).isEqualTo(Map.of(10, "7", 20, "9", 30, "3"));
        assertThat(samples(both, Split.TEST)).hasSize(1);
        assertThat(by(both, Sample::origin)).containsEntry(20, train + "#1");
        assertThat(Png.read(samples(both, Split.TEST).getFirst().media().bytes()))
                .isEqualTo(new Image(2, 1, 1, new byte[] {30, 31}));
        assertThat(by(run(train), PictureImportTest::label)).as("labels beside").isEqualTo(Map.of(10, "7", 20, "9"));
        Path zip = zip("m.zip", Map.of("train-images-idx3-ubyte", pictures, "train-labels-idx1-ubyte", labels));
        assertThat(by(run(zip), PictureImportTest::label)).isEqualTo(Map.of(10, "7", 20, "9"));
    }

    @Test
    void cifar_files_are_read_with_the_names_of_their_classes() throws IOException {
        byte[] record = new byte[3073];
        record[0] = 1;
        Arrays.fill(record, 1, 1025, (byte) 200); // red, then green, then blue
        Arrays.fill(record, 1025, 2049, (byte) 100);
        Arrays.fill(record, 2049, 3073, (byte) 50);
        file("cifar/data_batch_1.bin", record);
        file("cifar/batches.meta.txt", "airplane\nautomobile\n");
        Sample sample = samples(run(in())).getFirst();
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
        file("train.bin", record);
        file("fine_label_names.txt", "apple\naquarium_fish\n");
        file("coarse_label_names.txt", "aquatic_mammals\nfish\n");
        assertThat(samples(run(in())).getFirst().fields())
                .isEqualTo(Map.of("label", "aquarium_fish", "coarse_label", "aquatic_mammals"));
    }

    @Test
    void what_is_exported_is_imported_as_it_was() throws IOException {
        for (int i = 0; i < 30; i++) {
            file("%s/%d.png".formatted(i % 2 == 0 ? "even" : "odd", i), png(i));
        }
        Dataset first = run(in());
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
        Path picture = file("1.png", png(9));
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
        file("a/1.png", png(1));
        file("b/2.png", Png.write(new Image(40, 30, 3, new byte[3600])));
        ImageForm form = ImageForm.SOURCE.withFrame(new Frame.Crop(8, 8)).withShades(Shades.COLOR);
        Dataset dataset = desk.imported(ImportOptions.of("p").withMedia(MediaForms.USUAL.withImages(form)), in());
        assertThat(dataset.manifest().forms()).containsExactly(Map.entry("8x8 colour", 2L));
    }

    @Test
    void a_folder_of_texts_with_a_picture_stays_texts() throws IOException {
        file("1.txt", "one\ntwo\n");
        file("2.txt", "three\nfour\n");
        file("logo.png", png(1));
        assertThat(run(in()).kind()).isEqualTo(Kind.TEXT);
    }

    // ---------------------------------------------------------------------------------------------- what is broken

    @Test
    void broken_pictures_go_to_quarantine_and_stop_nothing() throws IOException {
        file("good/1.png", png(1));
        file("good/jpeg-called.txt.png", png(2));
        Path cut = file("good/cut.png", Arrays.copyOf(png(3), 40));
        Path text = file("good/text.png", "these are words");
        Path empty = file("good/empty.gif", new byte[0]);
        file("other/4.png", png(4));
        Dataset dataset = run(in());
        assertThat(samples(dataset)).hasSize(3);
        assertThat(dataset.quarantined().stream().map(Quarantined::file))
                .containsExactly(cut.toString(), empty.toString(), text.toString());
        assertThat(dataset.quarantined().getLast())
                .isEqualTo(new Quarantined(
                        text.toString(),
                        "is no picture that can be read: it is text",
                        "Expected PNG, JPEG, GIF, BMP or WebP: convert it to one of these, or leave it out"));
        assertThat(Files.readString(dataset.folder().resolve("report.json"))).contains("\"quarantined\" : 3");
        assertThat(dataset.notes().getFirst())
                .startsWith("3 of 6 pictures cannot be used and were left out, with the reason in quarantine.jsonl");
    }

    @Test
    void a_row_that_names_no_file_goes_to_quarantine_with_its_line() throws IOException {
        file("1.png", png(1));
        file("a/2.png", png(2));
        file("b/2.png", png(3));
        Path table = file("metadata.csv", "file_name,text\n1.png,one\n9.png,nine\n,none\nc/../2.png,two\n");
        Dataset dataset = run(in());
        assertThat(dataset.quarantined().stream().map(Quarantined::toString))
                .containsExactly(
                        table + ":3 names \"9.png\", which is not there. Add the file, or delete the row",
                        table + ":4 names no file. Write the file's name there, or delete the row",
                        table + ":5 names \"c/../2.png\", which is not there. Add the file, or delete the row");
    }

    @Test
    void a_name_that_several_files_have_is_not_guessed() throws IOException {
        file("a/2.png", png(2));
        file("b/2.png", png(3));
        file("c/1.png", png(1));
        file("metadata.csv", "file_name,text\n1.png,one\n2.png,two\n");
        assertThat(run(in()).quarantined()).singleElement().asString().contains("\"2.png\", which 2 files are");
    }

    private void refused(Path source, String... words) {
        assertThatThrownBy(() -> run(source)).isInstanceOf(DataException.class).hasMessageContainingAll(words);
        assertThat(desk.datasets().versions("p")).isEmpty();
    }

    @Test
    void nothing_but_broken_pictures_is_refused_and_leaves_nothing() throws IOException {
        Path one = file("1.png", "words");
        refused(one, one + " is no picture that can be read: it is text. Expected PNG");
        file("2.png", "words");
        refused(in(), "none of the 2 pictures can be used; the first: " + one + " is no picture");
    }

    @Test
    void idx_files_that_lie_are_refused() throws IOException {
        Path bomb = file("bomb-images-idx3-ubyte", idx(0x803, new int[] {1, 100_000, 100_000}));
        refused(bomb, "claims 1 pictures of 100000 x 100000: expected at least one, of at most 4096 x 4096");
        Path cut = file("cut-images-idx3-ubyte", idx(0x803, new int[] {3, 1, 2}, 1, 2, 3));
        refused(cut, "breaks off in picture 1 of 3: fetch it again");
        Path other = file("other-images-idx3-ubyte", idx(0x802, new int[] {3, 1, 2}, 1, 2, 3));
        refused(other, "begins with 00000802: expected 00000803");
        Path few = file("few-images-idx3-ubyte", idx(0x803, new int[] {1, 1, 1}, 1));
        file("few-labels-idx1-ubyte", idx(0x801, new int[] {2}, 1, 2));
        refused(few, "has 2 labels and", "has 1 picture: fetch both again");
    }

    @Test
    void a_cifar_file_that_breaks_off_is_refused() throws IOException {
        refused(file("test_batch.bin", new byte[4000]), "breaks off in picture 1: expected 3073 bytes for each");
    }

    @Test
    void a_zip_that_points_outside_or_unfolds_beyond_belief_is_refused() throws IOException {
        refused(zip("evil.zip", Map.of("../1.png", png(1))), "\"../1.png\", which points outside of the archive");
        refused(file("broken.zip", "text"), "broken.zip is no zip, or a broken one", "Fetch or pack it again");
        byte[] zeros = new byte[40 << 20];
        refused(zip("bomb.zip", Map.of("1.png", zeros)), "it looks like a zip bomb");
    }

    @Test
    void a_table_called_metadata_that_names_nothing_is_refused() throws IOException {
        file("1.png", png(1));
        file("metadata.csv", "name,text\nx,one\n");
        refused(in(), "metadata.csv names no file that is there: expected a column file_name", "it has name, text");
    }

    @Test
    void a_column_that_is_not_there_is_answered_with_those_that_are() throws IOException {
        file("1.png", png(1));
        file("metadata.csv", "file_name,captoin,kind\n1.png,one,x\n");
        assertThatThrownBy(() -> desk.imported(ImportOptions.of("p").withColumns("caption", "", List.of()), in()))
                .hasMessage("there is no column \"caption\" (did you mean \"captoin\"?); there are captoin, kind");
    }

    @Test
    void a_column_with_the_name_of_the_picture_column_is_refused() throws IOException {
        file("1.png", png(1));
        file("metadata.csv", "file_name,Image\n1.png,one\n");
        refused(in(), "the column \"Image\" has a name that every dataset uses itself");
    }

    @Test
    void a_class_with_one_sample_is_learnt_from_and_said() throws IOException {
        for (int i = 0; i < 20; i++) {
            file("many/%d.png".formatted(i), png(i));
        }
        file("single/99.png", png(99));
        Dataset dataset = run(in());
        assertThat(samples(dataset, Split.TRAIN).stream().map(PictureImportTest::label))
                .contains("single");
        assertThat(dataset.notes())
                .containsExactly(
                        "1 of 2 labels come with one sample, which is for training: nothing is left to measure by; the first: single");
    }

    @Test
    void labels_that_all_differ_are_taken_for_captions_perhaps() throws IOException {
        for (int i = 0; i < 5; i++) {
            file(i + ".png", png(i));
        }
        file("metadata.csv", "file_name,label\n0.png,a\n1.png,b\n2.png,c\n3.png,d\n4.png,e\n");
        assertThat(run(in()).notes())
                .containsExactly(
                        "label has 5 values for 5 pictures: if it is what is to be seen in each, import it with --text label");
    }

    // -------------------------------------------------------------------------------------------------- afterwards

    @Test
    void cleaning_drops_pictures_that_are_there_already_and_knows_no_lengths() throws IOException {
        file("a/1.png", png(1));
        file("a/2.png", png(1));
        file("b/3.png", png(3));
        Dataset dataset = run(in());
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
            file("%s/%d.png".formatted(i < 50 ? "train" : "test", i), png(i));
        }
        Dataset divided = Divider.run(
                desk.datasets(),
                run(in()),
                new SplitPlan.Automatic(new Seed(2), SplitPlan.Shares.USUAL),
                Divider.Together.SIMILAR);
        assertThat(divided.count(Split.TRAIN)).isBetween(65L, 92L);
        assertThat(by(divided, Sample::id)).hasSize(100);
    }
}
