package dev.athanor.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.athanor.data.DataException;
import dev.athanor.data.Seed;
import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import dev.athanor.data.sound.Flac;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.Wav;
import dev.athanor.generate.mark.Carrier;
import dev.athanor.generate.mark.Notice;
import dev.athanor.generate.show.Animation;
import dev.athanor.generate.show.ContactSheet;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class MediaLineageTest {
    private static final Instant TIME = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    Path folder;

    private final Origin origin =
            new Origin("shop", "ab12", "run-7", "teas@2", "f00d", List.of("teas.csv", "more/news.txt"));

    private final MediaRequest request = MediaRequest.of(new Seed(9))
            .withFields(new LinkedHashMap<>(Map.of("label", "茶壶")))
            .withPrompt("a red pot")
            .withDenoising(new MediaRequest.Denoising("heun", 20, 3.5, 1));

    private ImageOutputs pictures(Notice notice) {
        return new ImageOutputs(Ledger.in(folder), origin, "Tea Shop Ltd", notice);
    }

    private SoundOutputs sounds(Notice notice) {
        return new SoundOutputs(Ledger.in(folder), origin, "Tea Shop Ltd", notice);
    }

    private Tracer tracer() {
        return new Tracer(Ledger.in(folder));
    }

    /// A tracer on another machine.
    private Tracer stranger() {
        return new Tracer(Ledger.in(folder.resolve("elsewhere")));
    }

    private static Image picture(int side, int channels, long seed) {
        byte[] pixels = new byte[side * side * channels];
        new SplittableRandom(seed).nextBytes(pixels);
        return new Image(side, side, channels, pixels);
    }

    private static Sound sound(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] samples = new float[3000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) random.nextDouble(-1.1, 1.1); // clipped when it is written
        }
        return new Sound(16000, samples);
    }

    /// One of each kind of file that carries a mark.
    private List<Content> oneOfEach(Notice notice) {
        Content grey = pictures(notice)
                .write(new ImageOutputs.Batch(request, List.of(picture(28, 1, 1)), TIME), folder)
                .getFirst();
        Content colour = pictures(notice)
                .write(new ImageOutputs.Batch(request, List.of(picture(96, 3, 2)), 1, TIME), folder)
                .getFirst();
        List<Image> frames = List.of(picture(32, 3, 3), picture(32, 3, 4), picture(32, 3, 5));
        Content animation = pictures(notice)
                .animation(
                        Animation.of(frames, Duration.ofMillis(50), Duration.ofSeconds(1)),
                        List.of(colour),
                        folder,
                        TIME);
        SoundOutputs.Batch batch = new SoundOutputs.Batch(request, List.of(sound(6)), TIME);
        Content wav = sounds(notice).write(batch, folder, SoundOutputs.Kind.WAV).getFirst();
        SoundOutputs.Batch other = new SoundOutputs.Batch(request, List.of(sound(7)), TIME);
        Content flac =
                sounds(notice).write(other, folder, SoundOutputs.Kind.FLAC).getFirst();
        return List.of(grey, colour, animation, wav, flac);
    }

    private static byte[] bytes(Content content) throws IOException {
        return Files.readAllBytes(Path.of(content.file()));
    }

    @Test
    void every_kind_of_file_leads_back_to_model_run_dataset_and_sources() {
        for (Notice notice : Notice.values()) {
            for (Content content : oneOfEach(notice)) {
                Tracer.Trace trace = tracer().file(Path.of(content.file())).getFirst();
                assertThat(trace.content()).isEqualTo(content);
                assertThat(trace.state()).as(content.file()).isEqualTo(Tracer.State.INTACT);
                assertThat(trace.missing()).isEmpty();
                assertThat(trace.explain())
                        .contains(
                                "unchanged since",
                                "producer Tea Shop Ltd",
                                "model    shop",
                                "run      run-7",
                                "dataset  teas@2",
                                "source   teas.csv");
                assertThat(tracer().id(content.id()).content()).isEqualTo(content);
            }
        }
    }

    @Test
    void a_picture_tells_what_was_asked_for() {
        MediaRequest edit =
                request.from(MediaRequest.Task.INPAINT, List.of(MediaRequest.Source.of("pot.png", picture(28, 1, 1))));
        Content content = pictures(Notice.NONE)
                .write(new ImageOutputs.Batch(edit, List.of(picture(28, 1, 2)), 4, TIME), folder)
                .getFirst();
        assertThat(content.making()).isEqualTo(new Making.Picture(edit, 4));
        assertThat(tracer().file(Path.of(content.file())).getFirst().explain())
                .isEqualTo("""
                        content  %s, made 2026-03-01T10:00:00Z, pixels unchanged since
                        file     %s
                        producer Tea Shop Ltd
                        task     inpaint
                        prompt   a red pot
                        from     pot.png, sha256 %s
                        field    label: 茶壶
                        sampler  heun, 20 steps, guidance 3.5, strength 1.0
                        seed     9, picture 4
                        model    shop
                        weights  ab12
                        run      run-7
                        dataset  teas@2
                        content# f00d
                        source   teas.csv
                        source   more/news.txt""".formatted(content.id(), content.file(), Content.hash(picture(28, 1, 1))));
    }

    @Test
    void a_file_alone_names_producer_model_run_and_dataset() {
        for (Content content : oneOfEach(Notice.NONE)) {
            Tracer.Trace trace = stranger().file(Path.of(content.file())).getFirst();
            assertThat(trace.content().id()).isEqualTo(content.id());
            assertThat(trace.content().making()).isEqualTo(content.making());
            assertThat(trace.state()).isEqualTo(Tracer.State.INTACT);
            assertThat(trace.explain())
                    .contains(
                            "content  " + content.id(),
                            "producer Tea Shop Ltd",
                            "model    shop",
                            "weights  ab12",
                            "run      run-7",
                            "dataset  teas@2",
                            "missing  no line in",
                            "missing  the source files of the dataset: they stand in the ledger")
                    .doesNotContain("teas.csv", folder.toString() + "/" + content.id());
        }
    }

    @Test
    void the_mark_in_a_file_names_no_folder_and_no_source_file() throws IOException {
        for (Content content : oneOfEach(Notice.NONE)) {
            JsonNode lineage = Carrier.of(bytes(content))
                    .orElseThrow()
                    .read(bytes(content), "x")
                    .orElseThrow()
                    .lineage();
            assertThat(lineage.has("file")).isFalse();
            assertThat(lineage.has("sources")).isFalse();
            assertThat(lineage.path("digitalSourceType").asString()).isEqualTo("trainedAlgorithmicMedia");
        }
    }

    @Test
    void what_a_model_changed_in_a_picture_is_called_a_composite() throws IOException {
        MediaRequest edit = request.from(MediaRequest.Task.RESTORE, List.of(new MediaRequest.Source("a.png", "00")));
        Content content = pictures(Notice.NONE)
                .write(new ImageOutputs.Batch(edit, List.of(picture(8, 3, 2)), TIME), folder)
                .getFirst();
        assertThat(new String(bytes(content), java.nio.charset.StandardCharsets.UTF_8))
                .contains("digitalsourcetype/compositeWithTrainedAlgorithmicMedia");
    }

    @Test
    void a_copy_without_its_mark_is_found_by_what_it_shows_or_plays() throws IOException {
        Content picture = oneOfEach(Notice.NONE).get(1);
        Path stripped = Files.write(folder.resolve("stripped.png"), Png.write(picture(96, 3, 2)));
        Tracer.Trace trace = tracer().file(stripped).getFirst();
        assertThat(trace.content()).isEqualTo(picture);
        assertThat(trace.state()).isEqualTo(Tracer.State.INTACT);
        assertThat(trace.missing()).containsExactly("the mark: the file carries none, and was found by its pixels");
        Path other = Files.write(folder.resolve("other.flac"), Flac.write(sound(6))); // it was a WAV file
        assertThat(tracer().file(other).getFirst().missing())
                .containsExactly("the mark: the file carries none, and was found by its samples");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> stranger().file(stripped))
                .withMessageContaining("stripped.png carries no mark and its pixels stand in no line of")
                .withMessageContaining("it was not generated here, or was changed");
    }

    @Test
    void a_grey_picture_that_was_saved_in_colour_is_still_found() throws IOException {
        Content grey = oneOfEach(Notice.NONE).getFirst();
        Image image = picture(28, 1, 1);
        BufferedImage colour = new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 28 * 28; i++) {
            colour.setRGB(i % 28, i / 28, image.at(i % 28, i / 28, 0) * 0x010101);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(colour, "bmp", out);
        Path bitmap = Files.write(folder.resolve("copy.bmp"), out.toByteArray());
        assertThat(tracer().file(bitmap).getFirst().content()).isEqualTo(grey);
    }

    @Test
    void an_edited_copy_is_said_to_have_changed() throws IOException {
        Content picture = oneOfEach(Notice.NONE).get(1);
        Image edited = picture(96, 3, 2);
        edited.pixels()[5000] ^= 1;
        byte[] marked = Carrier.PNG.insert(
                Png.write(edited), Carrier.PNG.read(bytes(picture), "x").orElseThrow(), "x");
        Path file = Files.write(folder.resolve("edited.png"), marked);
        for (Tracer tracer : List.of(tracer(), stranger())) {
            Tracer.Trace trace = tracer.file(file).getFirst();
            assertThat(trace.content().id()).isEqualTo(picture.id());
            assertThat(trace.state()).isEqualTo(Tracer.State.CHANGED);
            assertThat(trace.explain()).contains(", PIXELS CHANGED SINCE: the hash is not the one recorded");
        }
        Content wav = oneOfEach(Notice.NONE).get(3);
        byte[] louder = bytes(wav);
        louder[louder.length - 2] ^= 8;
        Path sound = Files.write(folder.resolve("edited.wav"), louder);
        assertThat(tracer().file(sound).getFirst().explain()).contains(", SAMPLES CHANGED SINCE: ");
    }

    @Test
    void a_file_that_breaks_off_still_leads_back_and_says_what_it_lacks() throws IOException {
        for (Content content : oneOfEach(Notice.NONE)) {
            byte[] whole = bytes(content);
            Path file = folder.resolve(
                    "cut" + content.file().substring(content.file().lastIndexOf('.')));
            Files.write(file, Arrays.copyOf(whole, whole.length - 300));
            Tracer.Trace trace = tracer().file(file).getFirst();
            assertThat(trace.content()).isEqualTo(content);
            assertThat(trace.state()).as(file.toString()).isEqualTo(Tracer.State.UNCHECKED);
            assertThat(trace.missing())
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains(", so whether they changed is not known: " + file);
            Files.write(file, Arrays.copyOf(whole, 60));
            assertThatExceptionOfType(DataException.class)
                    .isThrownBy(() -> tracer().file(file))
                    .withMessageStartingWith(file + " breaks off: ")
                    .withMessageEndingWith("Get the whole file again");
        }
    }

    @Test
    void a_file_of_somebody_else_is_not_taken_for_ours() throws IOException {
        Path plain = Files.write(folder.resolve("plain.wav"), Wav.write(sound(99)));
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> tracer().file(plain))
                .withMessageContaining("plain.wav carries no mark and its samples stand in no line of");
        var foreign = new dev.athanor.generate.mark.HiddenMark(
                new AiMark("1", "Elsewhere Ltd", "x-7", "", "", "", "").toJson(),
                tools.jackson.databind.node.JsonNodeFactory.instance.objectNode());
        Path marked =
                Files.write(folder.resolve("foreign.wav"), Carrier.WAV.insert(Files.readAllBytes(plain), foreign, "x"));
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> tracer().file(marked))
                .withMessageContaining(
                        "foreign.wav is marked as AI content (Label 1) by \"Elsewhere Ltd\" under the id \"x-7\"")
                .withMessageContaining("carries no lineage and")
                .withMessageContaining("ask the producer, or trace it in the workspace that made it");
    }

    @Test
    void a_sheet_leads_to_all_that_it_shows() {
        List<Image> images = List.of(picture(28, 1, 1), picture(28, 1, 2));
        List<Content> contents = pictures(Notice.NONE).write(new ImageOutputs.Batch(request, images, TIME), folder);
        Content sheet = pictures(Notice.GIVEN).sheet(ContactSheet.of(images).draw(images), contents, folder, TIME);
        assertThat(tracer().file(Path.of(sheet.file())).getFirst().explain())
                .contains("shows    contact sheet of %s, %s"
                        .formatted(contents.get(0).id(), contents.get(1).id()));
    }

    @Test
    void what_is_only_shown_is_entered_and_marked_all_the_same() {
        MarkedMedia shown = pictures(Notice.NONE)
                .enter(new ImageOutputs.Batch(request, List.of(picture(28, 1, 1)), TIME))
                .getFirst();
        assertThat(shown.content().file()).isEmpty();
        assertThat(tracer().id(shown.content().id()).content()).isEqualTo(shown.content());
        assertThat(Carrier.PNG
                        .read(shown.file(), "x")
                        .orElseThrow()
                        .lineage()
                        .path("id")
                        .asString())
                .isEqualTo(shown.content().id());
        MarkedMedia heard = sounds(Notice.NONE)
                .enter(new SoundOutputs.Batch(request, List.of(sound(1)), TIME), SoundOutputs.Kind.FLAC)
                .getFirst();
        assertThat(Carrier.FLAC.read(heard.file(), "x")).isPresent();
    }

    @Test
    void lines_that_were_written_before_there_were_pictures_are_read_as_texts() throws IOException {
        Files.writeString(folder.resolve("ledger.jsonl"), """
                {"id":"c-0123456789abcdef","time":"2026-03-01T10:00:00Z","model":"shop","weights":"ab12","run":"run-7",\
                "dataset":"teas@2","fingerprint":"f00d","sources":["teas.csv"],"prompt":"Tea ","fields":{"tone":"warm"},\
                "maximumTokens":256,"sampling":{"repetitionPenalty":1.0,"temperature":0.8,"topK":0,"topP":0.95,"minP":0.0},\
                "seed":9,"index":1,"sha256":"00","file":"a.txt"}
                """);
        Tracer.Trace trace = tracer().id("c-0123456789abcdef");
        assertThat(trace.content().making())
                .isEqualTo(new Making.Text(
                        "Tea ",
                        new LinkedHashMap<>(Map.of("tone", "warm")),
                        256,
                        new Sampling(1, 0.8, 0, 0.95, 0),
                        9,
                        1,
                        Content.Sources.NONE));
        assertThat(trace.explain()).contains("prompt   Tea ", "field    tone: warm", "seed     9, text 1");
        assertThat(trace.content().producer()).isEmpty();
    }

    @Test
    void an_unknown_kind_or_task_is_named_with_those_that_are_known() throws IOException {
        Content content = oneOfEach(Notice.NONE).getFirst();
        Path ledger = folder.resolve("ledger.jsonl");
        String lines = Files.readString(ledger);
        Files.writeString(ledger, lines.replace("\"kind\":\"picture\"", "\"kind\":\"statue\""));
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> tracer().id(content.id()))
                .withMessageContaining("the record's kind is \"statue\": expected text, picture, sound or display");
        Files.writeString(ledger, lines.replace("\"task\":\"generate\"", "\"task\":\"dream\""));
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> tracer().id(content.id()))
                .withMessageContaining(
                        "the record's task is \"dream\": expected generate, variation, inpaint, restore or interpolate");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new MediaRequest.Denoising("ddim", 10, 1, 1.5))
                .withMessage("strength 1.5: expected a number from 0 (the source as it is) to 1 (nothing of it)");
    }
}
