package dev.athanor.data;

import static dev.athanor.data.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a text is read as where its bytes leave room for doubt.
class EncodingsTest {
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final String LINE = "第%d条，这家茶馆的热水很好喝，下次还会再来买的。\n";

    private final Desk desk;

    EncodingsTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    private static byte[] table(int lines) {
        StringBuilder text = new StringBuilder("评论\n");
        for (int i = 0; i < lines; i++) {
            text.append(LINE.formatted(i));
        }
        return text.toString().getBytes(GB18030);
    }

    private static String detected(byte[] bytes) throws IOException {
        return Encodings.open("t", new ByteArrayInputStream(bytes), "auto")
                .charset()
                .name();
    }

    private static byte[] without(byte[] bytes, int at) {
        byte[] rest = Arrays.copyOf(bytes, bytes.length - 1);
        System.arraycopy(bytes, at + 1, rest, at, rest.length - at);
        return rest;
    }

    private static int lineBegin(byte[] bytes, int line) {
        int at = 0;
        for (int i = 1; i < line; at++) {
            i += bytes[at] == '\n' ? 1 : 0;
        }
        return at;
    }

    private Dataset imported(String name, byte[] bytes) throws IOException {
        Path table = Files.write(desk.folder().resolve(name + ".csv"), bytes);
        return desk.imported(ImportOptions.of(name), table);
    }

    @Test
    void a_bad_byte_in_chinese_costs_its_line() throws IOException {
        byte[] bytes = table(40);
        bytes[lineBegin(bytes, 5) + 12] = (byte) 0xff;
        Dataset dataset = imported("bad", bytes);
        assertThat(texts(dataset))
                .hasSize(39)
                .contains(LINE.formatted(2).strip(), LINE.formatted(4).strip());
        assertThat(dataset.quarantined())
                .singleElement()
                .satisfies(row -> assertThat(row.toString())
                        .contains("bad.csv line 5 is not GB18030 (which its beginning looks like) at character"));
    }

    @Test
    void chinese_cut_in_the_middle_of_a_character_costs_its_last_line() throws IOException {
        byte[] small = "评论\n好喝的龙井茶\n茶馆里的热水".getBytes(GB18030);
        Dataset dataset = imported("cut", Arrays.copyOf(small, small.length - 1));
        assertThat(texts(dataset)).containsExactly("好喝的龙井茶");
        assertThat(dataset.quarantined()).extracting(Quarantined::line).containsExactly(3L);
    }

    @Test
    void a_lost_byte_anywhere_in_a_long_text_leaves_it_chinese() throws IOException {
        byte[] bytes = table(3000);
        assertThat(bytes.length).isGreaterThan(1 << 16);
        for (int at = 10_000; at < 10_060; at++) {
            assertThat(detected(without(bytes, at))).as("without byte %d", at).isEqualTo("GB18030");
        }
        for (int length = 70; length < 200; length++) {
            assertThat(detected(Arrays.copyOf(bytes, length)))
                    .as("%d bytes", length)
                    .isEqualTo("GB18030");
        }
    }

    @Test
    void western_text_with_accents_is_not_taken_for_chinese() throws IOException {
        List<String> western = List.of(
                "Café crème très bon\nÀ bientôt mon ami, où êtes-vous né\n",
                "Ä\n",
                "ÜBER DIE MÜHLEN UND STRASSEN IN KÖLN, GRÖSSE UND ÄRGER\nFür Größe und Äpfel\n",
                "ÁÉÍÓÚ ÑÜ\n",
                "ÁÉÍÓÚÁÉÍÓÚÁÉÍÓÚ and so on, é as in café, niño, pingüino, corazón, acción\n",
                "L’été, c’est «déjà» l’hiver… – Œuvre à 5 € – naïveté\n",
                "Rødgrød med fløde på øen, ÆØÅ æøå, smørrebrød\n",
                "NAÇÃO, CORAÇÃO, PÃO, IRMÃ, AÇÕES, não são ações\n");
        for (String text : western) {
            for (int times : new int[] {1, 50, 5000}) {
                byte[] bytes = text.repeat(times).getBytes(Charset.forName("windows-1252"));
                assertThat(detected(bytes)).as(text).isEqualTo("ISO-8859-1");
            }
        }
    }

    @Test
    void noise_and_half_chinese_are_not_taken_for_chinese() throws IOException {
        ByteArrayOutputStream half = new ByteArrayOutputStream();
        for (int i = 0; i < 40; i++) {
            half.write(LINE.formatted(i).getBytes(GB18030));
            half.write("né à l'été, déjà là\n".getBytes(Charset.forName("windows-1252")));
        }
        assertThat(detected(half.toByteArray())).isEqualTo("ISO-8859-1");
        assertThat(detected("這家茶館的熱水很好喝，下次還會再來買的。\n".repeat(40).getBytes(Charset.forName("Big5"))))
                .isEqualTo("ISO-8859-1");
    }

    @Test
    void what_fits_nothing_is_told_to_be_a_guess() throws IOException {
        Path table = Files.write(
                desk.folder().resolve("t.csv"), "text\n這家茶館的熱水很好喝，下次還會再來買的。\n".getBytes(Charset.forName("Big5")));
        assertThat(Importer.look(ImportOptions.of("look"), List.of(table)).notes())
                .singleElement()
                .satisfies(note -> assertThat(note)
                        .contains("taken for ISO-8859-1, which is a guess", "--encoding, for example Big5"));
        Dataset dataset = desk.imported(ImportOptions.of("t").withEncoding("Big5"), table);
        assertThat(texts(dataset)).containsExactly("這家茶館的熱水很好喝，下次還會再來買的。");
        assertThat(dataset.notes()).noneMatch(note -> note.contains("guess"));
    }
}
