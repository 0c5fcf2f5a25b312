package dev.athanor.data;

import static dev.athanor.data.Samples.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.sound.Fade;
import dev.athanor.data.sound.Loudness;
import dev.athanor.data.sound.Preparation;
import dev.athanor.data.sound.Recording;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.SoundFormat;
import dev.athanor.data.sound.SoundReader;
import dev.athanor.data.sound.Wav;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoundImportTest {
    private final Desk desk;
    private final Path source;

    SoundImportTest(@TempDir Path folder) {
        desk = new Desk(folder);
        source = folder.resolve("source");
    }

    /// A tone of half a second.
    private static Sound tone(int rate, double frequency) {
        float[] samples = new float[rate / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.3 * Math.sin(2 * Math.PI * frequency * i / rate));
        }
        return Fade.soft().apply(new Sound(rate, samples));
    }

    private Path write(String path, byte[] bytes) throws IOException {
        Path file = source.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    private void write(String path, Sound sound) throws IOException {
        write(path, Wav.write(sound));
    }

    private Dataset run(ImportOptions options) {
        return desk.imported(options, source);
    }

    private Dataset run() {
        return run(given());
    }

    /// Without what sounds are usually made into.
    private static ImportOptions given() {
        return ImportOptions.of("s").withPlan(new SplitPlan.Given());
    }

    private static ImportOptions prepared(Preparation preparation) {
        return given().withMedia(MediaForms.USUAL.withSounds(preparation));
    }

    private static Recording read(Sample sample) {
        return SoundReader.read(sample.origin(), sample.media().bytes());
    }

    @Test
    void a_folder_with_a_sub_folder_for_each_class_gives_labelled_sounds() throws IOException {
        write("bell/a.wav", tone(8000, 400));
        write("horn/a.wav", tone(8000, 200));
        Dataset dataset = run();
        assertThat(dataset.kind()).isEqualTo(Kind.SOUND);
        assertThat(dataset.manifest().label()).isEqualTo("label");
        assertThat(dataset.manifest().forms()).containsExactly(Map.entry("8000 Hz", 2L));
        assertThat(samples(dataset, Split.TRAIN))
                .extracting(sample -> sample.fields().get("label"))
                .containsExactly("bell", "horn");
        Recording kept = read(samples(dataset, Split.TRAIN).getFirst());
        assertThat(kept.format()).isEqualTo(SoundFormat.WAV);
        assertThat(kept.channels()).isEqualTo(1);
        assertThat(kept.coding()).isEqualTo("16 bits");
        assertThat(samples(dataset, Split.TRAIN).getFirst().media().path()).isEqualTo("a.wav");
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata.csv", "metadata.txt"})
    void lines_like_those_of_ljspeech_name_sounds_without_their_end(String list) throws IOException {
        write("wavs/LJ001-0001.wav", tone(22_050, 300));
        write("wavs/LJ001-0002.wav", tone(22_050, 400));
        write(
                list,
                "LJ001-0001|Printing, in 1440, \"so to say|Printing, in fourteen forty, \"so to say\nLJ001-0002|Tea, please.|Tea, please.\n"
                        .getBytes());
        Dataset dataset = run();
        List<Sample> samples = samples(dataset, Split.TRAIN);
        assertThat(samples).extracting(Sample::text).containsExactly("Printing, in 1440, \"so to say", "Tea, please.");
        assertThat(samples.getFirst().fields())
                .containsExactly(Map.entry("normalized_text", "Printing, in fourteen forty, \"so to say"));
        assertThat(samples.getFirst().origin()).endsWith("wavs/LJ001-0001.wav");
        assertThat(read(samples.getFirst()).sound().rate()).isEqualTo(22_050);
    }

    @Test
    void a_line_with_another_number_of_fields_is_left_out_with_its_place() throws IOException {
        write("1.wav", tone(8000, 300));
        write("metadata.csv", "1|one\n2|two|three\n".getBytes());
        Dataset dataset = run();
        assertThat(dataset.quarantined())
                .singleElement()
                .satisfies(
                        row -> assertThat(row.toString())
                                .contains(
                                        "metadata.csv line 2, column 3, has 3 fields, and the first line has 2. Mend the line"));
        assertThat(dataset.notes().toString()).contains("1 row of tables was left out, with place, reason");
    }

    @Test
    void tables_name_sounds_with_captions_and_labels_in_a_zip_too() throws IOException {
        Files.createDirectories(source);
        try (OutputStream out = Files.newOutputStream(source.resolve("all.zip"));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < 2; i++) {
                zip.putNextEntry(new ZipEntry("clips/" + i + ".wav"));
                zip.write(Wav.write(tone(8000, 300 + 100 * i)));
            }
            zip.putNextEntry(new ZipEntry("clips/metadata.jsonl"));
            zip.write("""
                    {"file_name": "0.wav", "transcription": "low", "speaker": "a"}
                    {"file_name": "1.wav", "transcription": "high", "speaker": "b"}
                    """.getBytes());
        }
        List<Sample> samples = samples(run(), Split.TRAIN);
        assertThat(samples).extracting(Sample::text).containsExactly("low", "high");
        assertThat(samples).extracting(sample -> sample.fields().get("speaker")).containsExactly("a", "b");
    }

    @Test
    void what_is_exported_as_a_folder_or_as_parquet_is_imported_as_it_was() throws IOException {
        write("train/bell/a.wav", tone(8000, 400));
        write("test/horn/b.wav", tone(8000, 200));
        Dataset first = run();
        for (Exporter.Format format : List.of(Exporter.Format.FOLDER, Exporter.Format.PARQUET)) {
            Path out = desk.folder().resolve("out-" + format);
            Exporter.run(first, format, out);
            Dataset again = desk.imported(given(), out);
            assertThat(again.kind()).isEqualTo(Kind.SOUND);
            for (Split split : List.of(Split.TRAIN, Split.TEST)) {
                Sample before = samples(first, split).getFirst();
                Sample after = samples(again, split).getFirst();
                assertThat(after.fields()).isEqualTo(before.fields());
                assertThat(read(after).sound().samples())
                        .hasSameSizeAs(read(before).sound().samples());
                for (int i = 0; i < 1000; i++) { // made as loud once more: a step of 16 bits
                    assertThat(read(after).sound().samples()[i])
                            .isCloseTo(read(before).sound().samples()[i], within(1e-4f));
                }
            }
        }
        assertThat(desk.folder().resolve("out-FOLDER/train/metadata.jsonl"))
                .content()
                .contains("\"file_name\":\"s00000001.wav\"");
    }

    @Test
    void sounds_come_to_one_rate_one_loudness_and_lose_silence_at_their_ends() throws IOException {
        float[] samples = Arrays.copyOf(tone(44_100, 500).samples(), 44_100 * 2); // 1.5 seconds of silence behind
        write("a.wav", new Sound(44_100, samples));
        write("b.wav", tone(96_000, 500));
        Dataset dataset = run();
        for (Sample sample : samples(dataset, Split.TRAIN)) {
            Sound sound = read(sample).sound();
            assertThat(sound.rate()).isEqualTo(22_050);
            assertThat(sound.length().toMillis()).isBetween(490L, 560L);
            assertThat(Loudness.of(sound).lufs()).isCloseTo(-23, within(0.3));
        }
        assertThat(dataset.notes())
                .contains(
                        "The sounds came with 44100 or 96000 samples a second; --rate chooses another rate than 22050",
                        "Silence at the ends of sounds was cut off, 1 second in all; --no-trim keeps it")
                .anySatisfy(note -> assertThat(note).contains("2 sounds of 0.50 to", "at 22050 samples a second"));
    }

    @Test
    void what_is_not_asked_for_is_left_alone() throws IOException {
        Sound sound = new Sound(8000, Arrays.copyOf(tone(8000, 500).samples(), 8000));
        write("a.wav", sound);
        Preparation bare = new Preparation(8000, new Preparation.Level.Own(), new Preparation.Ends.Own());
        Sample sample = samples(run(prepared(bare)), Split.TRAIN).getFirst();
        assertThat(sample.media().bytes()).isEqualTo(Wav.write(sound));
    }

    @Test
    void silence_is_left_out_with_its_reason_since_it_would_be_learned_as_its_label() throws IOException {
        write("a/tone.wav", tone(8000, 500));
        write("a/silence.wav", new Sound(8000, new float[8000]));
        float[] constant = new float[8000];
        Arrays.fill(constant, 0.1f);
        write("a/off.wav", new Sound(8000, constant));
        Dataset dataset = run();
        assertThat(dataset.count(Split.TRAIN)).isEqualTo(1);
        assertThat(dataset.quarantined())
                .extracting(Quarantined::reason)
                .containsOnly("is silent: nowhere is it louder than -70 LUFS");
        assertThat(dataset.quarantined().getFirst().remedy()).isEqualTo("Record it again, or leave it out");
    }

    @Test
    void broken_sounds_are_left_out_with_their_reasons_and_the_others_stay() throws IOException {
        byte[] whole = Wav.write(tone(8000, 500));
        write("good.wav", whole);
        write("empty.wav", new byte[0]);
        write("letter.wav", "Dear sirs, please find".getBytes());
        write("truncated.wav", Arrays.copyOf(whole, 1000));
        write("phone.m4a", "\0\0\0\u0018ftypM4A ".getBytes());
        Dataset dataset = run();
        assertThat(dataset.count(Split.TRAIN)).isEqualTo(1);
        assertThat(dataset.quarantined())
                .extracting(quarantined -> Path.of(quarantined.file()).getFileName() + " " + quarantined.reason())
                .containsExactlyInAnyOrder(
                        "empty.wav is empty: it has no bytes",
                        "letter.wav is no sound, whatever its name says: it begins with \"Dear sirs, p\"",
                        "truncated.wav claims 8000 bytes of samples and has 956: it is truncated, or was never finished",
                        "phone.m4a is no sound, whatever its name says: it begins with \"....ftypM4A \"");
        assertThat(dataset.notes())
                .anySatisfy(note -> assertThat(note).contains("4 of 5 sounds cannot be used and were left out"));
    }

    @Test
    void clipped_and_peaky_sounds_are_kept_and_counted() throws IOException {
        float[] clipped = tone(8000, 100).samples();
        for (int i = 0; i < clipped.length; i++) {
            clipped[i] = Math.clamp(10 * clipped[i], -1, 1);
        }
        write("clipped.wav", new Sound(8000, clipped));
        float[] peaky = new float[8000];
        for (int i = 100; i < peaky.length; i += 1500) {
            peaky[i] = 0.9f;
        }
        write("peaky.wav", new Sound(8000, peaky));
        Dataset dataset = run();
        assertThat(dataset.count(Split.TRAIN)).isEqualTo(2);
        assertThat(dataset.notes())
                .contains(
                        "Sounds that were recorded too loudly, so that their peaks are missing: 1. They were kept",
                        "Sounds that stay quieter than asked for, since their peaks would be cut off: 1");
    }

    @Test
    void the_rate_follows_the_first_sound_to_one_that_models_take() {
        assertThat(Preparation.USUAL.rate(8000)).isEqualTo(8000);
        assertThat(Preparation.USUAL.rate(11_025)).isEqualTo(8000);
        assertThat(Preparation.USUAL.rate(4000)).isEqualTo(8000);
        assertThat(Preparation.USUAL.rate(16_000)).isEqualTo(16_000);
        assertThat(Preparation.USUAL.rate(44_100)).isEqualTo(22_050);
        assertThat(Preparation.USUAL.withRate(44_100).rate(8000)).isEqualTo(44_100);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Preparation.USUAL.withRate(5))
                .withMessage("5 samples a second: expected 1000 to 768000, 16000 for example");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new Preparation.Level.Target(23))
                .withMessage("a loudness of 23.0 LUFS: expected -70 to 0, -23 for example");
    }

    @Test
    void spoken_digits_say_in_their_names_what_they_are() throws IOException {
        Catalog.Entry known = Catalog.known().entry("free_spoken_digits");
        Path zip = desk.folder().resolve("recordings.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : List.of("3_theo_0", "7_george_9", "0_jackson_10", "9_nicolas_49")) {
                out.putNextEntry(new ZipEntry("recordings/" + name + ".wav"));
                out.write(Wav.write(tone(8000, 500)));
            }
        }
        Catalog.Source made = new Catalog.Source(
                known.sources().getFirst().published(), "recordings.zip", Hashes.sha256(zip), Catalog.Source.Form.MADE);
        Catalog.Entry entry = new Catalog.Entry(
                known.name(), known.about(), known.licence(), List.of(made), known.options(), known.knowledge());
        Dataset dataset = Catalog.read(desk.datasets(), entry, desk.folder());
        assertThat(dataset.manifest().fields()).containsExactly("label", "speaker");
        Sample test = samples(dataset, Split.TEST).getFirst();
        assertThat(test.text()).isEqualTo("three");
        assertThat(test.fields()).containsExactly(Map.entry("label", "3"), Map.entry("speaker", "theo"));
        assertThat(samples(dataset, Split.VALIDATION)).extracting(Sample::text).containsExactly("seven");
        assertThat(samples(dataset, Split.TRAIN)).extracting(Sample::text).containsExactly("zero", "nine");
    }
}
