package dev.athanor.data;

import static dev.athanor.data.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A zip may be packed where names are not UTF-8.
class ZipNamesTest {
    private static final List<Charset> WRITTEN_IN = List.of(Charset.forName("GB18030"), StandardCharsets.UTF_8);

    private final Desk desk;

    ZipNamesTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    private Path zip(Charset names, Map<String, byte[]> entries) throws IOException {
        Path file = desk.folder().resolve(names.name() + ".zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file), names)) {
            for (Map.Entry<String, byte[]> entry : new TreeMap<>(entries).entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return file;
    }

    @Test
    void texts_in_a_zip_are_found_by_chinese_names() throws IOException {
        for (Charset names : WRITTEN_IN) {
            Path zip = zip(names, Map.of("评论/茶馆.txt", "好喝的龙井茶\n".getBytes(StandardCharsets.UTF_8)));
            Dataset dataset =
                    desk.imported(ImportOptions.of("t-" + names.name()).withUnit(ImportOptions.Unit.LINE), zip);
            assertThat(texts(dataset)).containsExactly("好喝的龙井茶");
            assertThat(dataset.samples(Split.TRAIN).findFirst().orElseThrow().origin())
                    .startsWith(zip + "/评论/茶馆.txt");
        }
    }

    @Test
    void pictures_in_a_zip_are_labelled_by_chinese_names() throws IOException {
        for (Charset names : WRITTEN_IN) {
            Path zip = zip(names, Map.of("茶杯/图1.png", PictureDesk.png(1), "茶壶/图2.png", PictureDesk.png(2)));
            Dataset dataset = desk.imported(ImportOptions.of("p-" + names.name()), zip);
            assertThat(dataset.values("label")).containsOnlyKeys("茶杯", "茶壶");
        }
    }

    @Test
    void a_zip_that_is_broken_elsewhere_is_still_refused() throws IOException {
        Path zip = zip(WRITTEN_IN.getFirst(), Map.of("茶杯/图1.png", PictureDesk.png(1)));
        byte[] bytes = Files.readAllBytes(zip);
        Files.write(zip, Arrays.copyOf(bytes, bytes.length - 30));
        assertThatThrownBy(() -> ZipTree.of(zip))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("is no zip, or a broken one", "Fetch or pack it again");
    }
}
