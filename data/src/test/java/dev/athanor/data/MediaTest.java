package dev.athanor.data;

import static dev.athanor.data.Samples.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Samples with pictures or sounds, in and out of a dataset.
class MediaTest {
    private final Desk desk;

    MediaTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    private Dataset write(Kind kind, SplitPlan plan, List<Sample> samples) {
        return desk.written(
                new VersionWriter.Schema("m", kind, "label", List.of("label")),
                plan,
                writer -> samples.forEach(sample -> writer.add(sample, Optional.empty())));
    }

    private static Sample sample(int number, String label, int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return new Sample(
                "s" + number,
                "",
                new Media(Png.write(new Image(bytes.length, 1, 1, content)), number + ".png"),
                new LinkedHashMap<>(Map.of("label", label)),
                "folder/" + number + ".png");
    }

    @Test
    void bytes_and_names_come_out_as_they_went_in() {
        List<Sample> given = List.of(sample(0, "a", 0, 255, 128, 13, 10), sample(1, "b", 7));
        for (Kind kind : List.of(Kind.IMAGE, Kind.SOUND)) {
            Dataset dataset = write(kind, new SplitPlan.Given(), given);
            assertThat(dataset.kind()).isEqualTo(kind);
            assertThat(Dataset.open(dataset.folder()).kind()).isEqualTo(kind);
            assertThat(samples(dataset, Split.TRAIN)).isEqualTo(given);
        }
        assertThat(write(Kind.IMAGE, new SplitPlan.Given(), given).manifest().forms())
                .containsExactly(Map.entry("1x1 grey", 1L), Map.entry("5x1 grey", 1L));
    }

    @Test
    void a_file_names_its_column_and_its_feature_as_hugging_face_does() throws SQLException {
        Dataset dataset = write(Kind.SOUND, new SplitPlan.Given(), List.of(sample(0, "a", 1)));
        String file = Tables.literal(dataset.folder().resolve("data/train-00000-of-00001.parquet"));
        try (Connection connection = Tables.connect();
                Statement sql = connection.createStatement();
                ResultSet type = sql.executeQuery("SELECT typeof(audio) FROM " + file)) {
            type.next();
            assertThat(type.getString(1)).isEqualTo("STRUCT(bytes BLOB, path VARCHAR)");
            try (ResultSet meta = sql.executeQuery(
                    "SELECT decode(value) FROM parquet_kv_metadata(%s) WHERE decode(key) = 'huggingface'"
                            .formatted(file))) {
                meta.next();
                assertThat(meta.getString(1)).contains("\"audio\":{\"_type\":\"Audio\"}");
            }
            try (ResultSet columns = sql.executeQuery(
                    "SELECT count(*) FROM parquet_schema(%s) WHERE repetition_type <> 'OPTIONAL'".formatted(file))) {
                columns.next();
                assertThat(columns.getLong(1)).as("the root alone is required").isEqualTo(1);
            }
        }
    }

    @Test
    void equal_pictures_stay_together_and_every_label_is_learnt_from() {
        List<Sample> given = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            given.add(sample(i, "common", i / 3, i / 3 >> 8));
        }
        for (int i = 0; i < 30; i++) {
            given.add(sample(1000 + i, "rare" + i, i, 99));
        }
        Dataset dataset = write(Kind.IMAGE, new SplitPlan.Automatic(new Seed(1), SplitPlan.Shares.USUAL), given);
        List<String> train = samples(dataset, Split.TRAIN).stream()
                .map(sample -> sample.fields().get("label"))
                .toList();
        assertThat(train).contains("rare0", "rare13", "rare29");
        assertThat(dataset.count(Split.TEST)).isBetween(9L, 60L).matches(count -> count % 3 == 0);
        assertThat(dataset.count(Split.VALIDATION)).isBetween(9L, 60L).matches(count -> count % 3 == 0);
    }

    @Test
    void by_position_no_picture_is_cut() {
        List<Sample> given = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            given.add(sample(i, "a", i));
        }
        Dataset dataset = write(Kind.IMAGE, new SplitPlan.Sequential(SplitPlan.Shares.USUAL), given);
        assertThat(samples(dataset, Split.TRAIN)).isEqualTo(given.subList(0, 8));
        assertThat(samples(dataset, Split.TEST)).isEqualTo(given.subList(9, 10));
    }

    @Test
    void a_manifest_that_names_no_kind_is_of_texts_and_an_unknown_kind_is_refused() throws IOException {
        Dataset dataset = write(Kind.IMAGE, new SplitPlan.Given(), List.of(sample(0, "a", 1)));
        Path file = dataset.folder().resolve(Manifest.FILE);
        String json = Files.readString(file);
        Files.writeString(file, json.replaceFirst("\\s*\"kind\" : \"image\",", ""));
        assertThat(Manifest.read(dataset.folder()).kind()).isEqualTo(Kind.TEXT);
        Files.writeString(file, json.replaceFirst("\"image\"", "\"smell\""));
        assertThatThrownBy(() -> Manifest.read(dataset.folder()))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("smell", "text, table, image or sound");
    }

    @Test
    void many_megabytes_go_to_several_files_and_come_out_in_order() {
        List<Sample> given = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            byte[] head = sample(i, "a", i).media().bytes();
            byte[] large = java.util.Arrays.copyOf(head, 30 << 20);
            java.util.Arrays.fill(large, head.length, large.length, (byte) i);
            given.add(new Sample("s" + i, "", new Media(large, i + ".png"), new LinkedHashMap<>(), "" + i));
        }
        Dataset dataset = write(Kind.IMAGE, new SplitPlan.Given(), given);
        assertThat(dataset.manifest().files().keySet())
                .containsExactly("data/train-00000-of-00002.parquet", "data/train-00001-of-00002.parquet");
        assertThat(samples(dataset, Split.TRAIN)).isEqualTo(given);
    }
}
