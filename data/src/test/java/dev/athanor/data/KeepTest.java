package dev.athanor.data;

import static dev.athanor.data.Samples.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.athanor.data.duplicate.EqualOnly;
import dev.athanor.data.duplicate.Likeness;
import dev.athanor.data.duplicate.PictureLikeness;
import dev.athanor.data.duplicate.SoundLikeness;
import dev.athanor.data.duplicate.TextLikeness;
import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.Wav;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeepTest {
    private static final String PROSE =
            "The first leaves of the year are picked before the rains come to the hills of Anji, and whoever has a garden there is up long before the sun. They are dried on the same day in a wide iron pan, and that is work for people who have done it with their fathers. In the evening the tea is weighed, and nobody talks of anything else.";

    private final Desk desk;

    KeepTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    private static Sample text(String id, String text, Map<String, String> fields) {
        return new Sample(id, text, new LinkedHashMap<>(fields), "list:" + id);
    }

    private static Sample media(String id, byte[] bytes) {
        return new Sample(id, "", new Media(bytes, id), new LinkedHashMap<>(), "folder/" + id);
    }

    private Dataset write(Kind kind, List<String> fields, Sample... samples) {
        return desk.written(new VersionWriter.Schema("d", kind, "", fields), new SplitPlan.Given(), writer -> {
            for (Sample sample : samples) {
                writer.add(sample, Optional.of(Split.TRAIN));
            }
        });
    }

    private List<String> kept(Dataset dataset, Likeness likeness, Keep keep) {
        Deduplicator.Plan plan = new Deduplicator.Plan(likeness, keep, Optional.empty());
        Dataset written =
                Deduplicator.run(desk.datasets(), dataset, plan).written().orElseThrow();
        return samples(written, Split.TRAIN).stream().map(Sample::id).toList();
    }

    private static Likeness texts() {
        return new TextLikeness(TextLikeness.Settings.USUAL);
    }

    @Test
    void the_best_text_has_fewest_flaws_then_most_fields_then_most_characters() {
        String flawed = PROSE + " ### ### ### ###";
        Dataset flaws = write(Kind.TEXT, List.of(), text("flawed", flawed, Map.of()), text("clean", PROSE, Map.of()));
        assertThat(kept(flaws, texts(), new Keep.Best())).containsExactly("clean");
        assertThat(kept(flaws, texts(), new Keep.Longest())).containsExactly("flawed");
        Dataset fields = write(
                Kind.TEXT,
                List.of("price", "tone"),
                text("longer", PROSE + " So it is.", Map.of("price", "3", "tone", " ")),
                text("filled", PROSE, Map.of("price", "3", "tone", "warm")),
                text("again", PROSE, Map.of("price", "3", "tone", "warm")));
        assertThat(kept(fields, texts(), new Keep.Best())).containsExactly("filled");
        Dataset lengths = write(
                Kind.TEXT,
                List.of(),
                text("short", PROSE, Map.of()),
                text("longer", PROSE + " So it is.", Map.of()),
                text("again", PROSE + " So it is.", Map.of()));
        assertThat(kept(lengths, texts(), new Keep.Best())).containsExactly("longer");
    }

    @Test
    void the_greatest_number_in_a_field_is_best_where_that_is_asked_for() {
        Dataset dataset = write(
                Kind.TEXT,
                List.of("likes"),
                text("none", "tea", Map.of()),
                text("word", "tea", Map.of("likes", "12d")),
                text("low", "tea", Map.of("likes", "-7.5")),
                text("high", "tea", Map.of("likes", " 1e2 ")),
                text("same", "tea", Map.of("likes", "100")),
                text("middle", "tea", Map.of("likes", "99.9")),
                text("no number", "milk", Map.of("likes", "many")),
                text("negative", "milk", Map.of("likes", "-1e300")));
        assertThat(kept(dataset, new EqualOnly(), Keep.of("best:likes"))).containsExactly("high", "negative");
        assertThat(desk.datasets().open("d@2").notes())
                .contains("best:likes: 3 of 8 samples have no number there and count as least");
        assertThat(desk.datasets()
                        .open("d@2")
                        .report()
                        .path("duplicates")
                        .path("keep")
                        .asString())
                .isEqualTo("best:likes");
    }

    @Test
    void the_best_picture_has_most_pixels_and_the_best_sound_the_highest_rate() {
        Dataset pictures = write(
                Kind.IMAGE, List.of(), media("small", slope(18)), media("large", slope(36)), media("mid", slope(27)));
        assertThat(kept(pictures, new PictureLikeness(PictureLikeness.USUAL, 0.9), new Keep.Best()))
                .containsExactly("large");
        Dataset sounds = write(
                Kind.SOUND,
                List.of(),
                media("low", tone(8000, 8000)),
                media("high", tone(16000, 15000)),
                media("long", tone(16000, 16000)),
                media("again", tone(16000, 16000)));
        assertThat(kept(sounds, new SoundLikeness(SoundLikeness.USUAL), new Keep.Best()))
                .containsExactly("long");
    }

    private static byte[] slope(int width) {
        byte[] pixels = new byte[width * width];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (20 + 200 * (i % width) / width);
        }
        return Png.write(new Image(width, width, 1, pixels));
    }

    /// Three tones that rise.
    private static byte[] tone(int rate, int length) {
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            double seconds = (double) i / rate;
            for (int hertz : new int[] {400, 700, 1100}) {
                samples[i] += (float) (0.2 * Math.sin(2 * Math.PI * hertz * seconds * (1 + 0.4 * seconds)));
            }
        }
        return Wav.write(new Sound(rate, samples));
    }

    @Test
    void unknown_rules_and_fields_are_refused_with_the_nearest() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Keep.of("longst"))
                .withMessage(
                        "\"longst\" does not say which one stays (did you mean \"longest\"?): expected first, longest, best, or best:FIELD, where the greatest number in a field is best");
        assertThatIllegalArgumentException().isThrownBy(() -> Keep.of("best:")).withMessageContaining("best:FIELD");
        for (String word : List.of("first", "longest", "best", "best:likes")) {
            assertThat(Keep.of(word).word()).isEqualTo(word);
        }
        Dataset dataset = write(Kind.TEXT, List.of("likes"), text("a", "tea", Map.of()), text("b", "tea", Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kept(dataset, new EqualOnly(), Keep.of("best:like")))
                .withMessage("--keep best:like: d@1 has no field \"like\" (did you mean \"likes\"?); it has likes");
    }
}
