package dev.athanor.evaluate.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

class PageTest {
    /// A red point: the smallest PNG there is, as Pillow 12.3 writes it.
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC");

    private static final byte[] WAV = "RIFF\4\0\0\0WAVE".getBytes(StandardCharsets.ISO_8859_1);
    private static final String ATTACK = "</script><script>alert('x')</script>\"><img src=x onerror=alert(1)>&amp;";

    @Test
    void it_opens_without_a_network_and_runs_no_script() {
        String html = everything("tea").toHtml();
        assertThat(html).startsWith("<!DOCTYPE html>\n<html lang=\"en\">");
        assertThat(html)
                .contains("content=\"default-src 'none'; img-src data:; media-src data:; style-src 'unsafe-inline';");
        assertThat(html).contains("name=\"viewport\"").contains("@media (prefers-color-scheme: dark)");
        assertThat(html).doesNotContain("<script", "http://", "https://", "@import", "url(");
    }

    @Test
    void pictures_and_sounds_stand_inside_it() {
        String html = everything("tea").toHtml();
        assertThat(html)
                .contains("src=\"data:image/png;base64," + Base64.getEncoder().encodeToString(PNG) + "\"");
        assertThat(html)
                .contains("src=\"data:audio/wav;base64," + Base64.getEncoder().encodeToString(WAV) + "\"");
    }

    @Test
    void no_text_of_a_user_becomes_markup_wherever_it_stands() throws Exception {
        Document safe = parse(everything("tea"));
        Document attacked = parse(everything(ATTACK));
        assertThat(attacked.getElementsByTagName("*").getLength())
                .isEqualTo(safe.getElementsByTagName("*").getLength());
        assertThat(attacked.getElementsByTagName("script").getLength()).isZero();
        assertThat(attacked.getElementsByTagName("h1").item(0).getTextContent()).isEqualTo(ATTACK);
        assertThat(attacked.getElementsByTagName("img")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("alt")
                        .getTextContent())
                .isEqualTo(ATTACK);
        assertThat(attacked.getElementsByTagName("td").item(0).getTextContent()).isEqualTo(ATTACK);
    }

    @Test
    void chinese_is_marked_as_such_within_an_english_page() {
        assertThat(body(new Block.Text("Oolong 乌龙茶，清香 (50 g)")))
                .contains("Oolong <span lang=\"zh\">乌龙茶，清香</span> (50 g)");
        assertThat(body(new Block.Text("茶"))).contains("<span lang=\"zh\">茶</span>");
        assertThat(new Page("zh", "茶", "", List.of()).toHtml())
                .contains("<html lang=\"zh\">")
                .contains("<h1>茶</h1>");
    }

    @Test
    void characters_that_html_forbids_are_shown_as_missing() {
        assertThat(body(new Block.Text("a\u0000b\u0007c\uD800d\r\n😀"))).contains("a\uFFFDb\uFFFDc\uFFFDd \n😀");
    }

    @Test
    void small_pictures_are_enlarged_by_whole_numbers() {
        Block.Picture point = new Block.Picture("", PNG);
        assertThat(body(new Block.Gallery(List.of(point)))).contains("<img class=\"pixels\" width=\"8\" alt=\"\"");
        byte[] wide = PNG.clone();
        wide[18] = 1; // 257 pixels
        assertThat(body(new Block.Gallery(List.of(new Block.Picture("", wide)))))
                .contains("<img class=\"pixels\" width=\"514\"");
        assertThat(body(new Block.Gallery(List.of(new Block.Picture("", wide), point))))
                .contains("<img width=\"257\"");
    }

    @Test
    void bars_are_parts_of_the_longest() {
        String html = body(new Block.Bars(
                "real ones",
                List.of(
                        new Block.Bar("cup", 2, "2 of 4", OptionalDouble.of(4)),
                        new Block.Bar("pot", -1, "-1", OptionalDouble.empty()))));
        assertThat(html).contains("class=\"bar\" width=\"50.00\"", "<line x1=\"100.00\" x2=\"100.00\"");
        assertThat(html)
                .contains("class=\"bar\" width=\"0.00\"")
                .contains("2 of 4")
                .contains("real ones");
        assertThat(body(new Block.Bars("", List.of(new Block.Bar("cup", 0, "0", OptionalDouble.empty())))))
                .contains("class=\"bar\" width=\"0.00\"")
                .doesNotContain("<figcaption>");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Block.Bar("cup", Double.NaN, "?", OptionalDouble.empty()))
                .withMessageContaining("a bar \"cup\" of NaN")
                .withMessageContaining("expected finite numbers");
    }

    @Test
    void a_table_whose_rows_do_not_fit_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Block.Table(List.of("a", "b"), List.of(List.of("1", "2"), List.of("3"))))
                .withMessage("row 1 has 1 cells and the table 2 columns: give one of each");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Block.Table(List.of(), List.of(List.of())))
                .withMessage("a table without columns: give at least one");
    }

    @Test
    void only_files_that_cannot_carry_a_script_are_let_in() {
        byte[] svg = "<svg onload=\"alert(1)\"/>".getBytes(StandardCharsets.UTF_8);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Block.Picture("cup", svg))
                .withMessage("the picture \"cup\" is no PNG, JPEG, GIF or WebP file: give the bytes of one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Block.Clip("jingle", PNG, Optional.empty()))
                .withMessage("the sound \"jingle\" is no WAV, FLAC, MP3 or OGG file: give the bytes of one");
    }

    @Test
    void kinds_of_files_are_told_by_their_first_bytes() {
        assertThat(Media.picture(bytes("GIF89a"), "")).isEqualTo("image/gif");
        assertThat(Media.picture(bytes("\u00ff\u00d8\u00ff\u00e0"), "")).isEqualTo("image/jpeg");
        assertThat(Media.picture(bytes("RIFF1234WEBP"), "")).isEqualTo("image/webp");
        assertThat(Media.sound(bytes("fLaC"), "")).isEqualTo("audio/flac");
        assertThat(Media.sound(bytes("OggS"), "")).isEqualTo("audio/ogg");
        assertThat(Media.sound(bytes("ID3"), "")).isEqualTo("audio/mpeg");
        assertThat(Media.sound(bytes("\u00ff\u00fb"), "")).isEqualTo("audio/mpeg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "//example.org/x", "/etc/passwd", "a\\b", ""})
    void links_lead_nowhere_but_beside_the_page(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Block.Link("x", path))
                .withMessage("\"%s\" is no path beside the page: give a relative one with slashes, without colon"
                        .formatted(path));
    }

    @Test
    void links_to_any_file_name_work() {
        assertThat(body(new Block.Links(List.of(new Block.Link("wave", "sounds/茶 50%.wav")))))
                .contains("<a href=\"sounds/%E8%8C%B6%2050%25.wav\">wave</a>");
    }

    @Test
    void a_language_that_is_none_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Page("en\"><b>", "t", "", List.of()))
                .withMessage("\"en\"><b>\" is no language tag: give one like en or zh-Hans");
    }

    private static Page everything(String words) {
        Block.Picture picture = new Block.Picture(words, PNG);
        return Page.titled(words, words)
                .with(new Block.Section(words, words))
                .with(new Block.Text(words))
                .with(new Block.Notice(Block.Tone.WARNING, words))
                .with(new Block.Facts(List.of(new Block.Fact(words, words, words))))
                .with(new Block.Table(List.of(words, words), List.of(List.of(words, words))))
                .with(new Block.Bars(words, List.of(new Block.Bar(words, 1, words, OptionalDouble.of(1)))))
                .with(new Block.Gallery(List.of(picture, picture)))
                .with(new Block.Sounds(List.of(new Block.Clip(words, WAV, Optional.of(picture)))))
                .with(new Block.Links(List.of(new Block.Link(words, "a.png"))));
    }

    private static String body(Block block) {
        String html = Page.titled("t", "").with(block).toHtml();
        return html.substring(html.indexOf("<main>"));
    }

    /// The page is written so that, tags without an end apart, it is XML as well: a parser that knows no mercy.
    private static Document parse(Page page) throws Exception {
        String html = page.toHtml();
        String xml = html.substring(html.indexOf("<body>"), html.indexOf("</body>") + "</body>".length())
                .replaceAll("(<img [^>]*)>", "$1/>")
                .replace("<audio controls ", "<audio ");
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] bytes(String latin) {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }
}
