package dev.athanor.data.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.Unusable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SoundReaderTest {
    private static byte[] file(String name) {
        return Base64.getDecoder()
                .decode(Golden.VALUES.at("/files").get(name).get("file").asString());
    }

    /// A WAV header with any claims, and bytes behind it.
    private static byte[] wav(int tag, int channels, int rate, int bits, long claimed, byte... samples) {
        ByteBuffer out = ByteBuffer.allocate(44 + samples.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF____WAVEfmt ".getBytes(StandardCharsets.ISO_8859_1)).putInt(16);
        out.putShort((short) tag)
                .putShort((short) channels)
                .putInt(rate)
                .putInt(0)
                .putShort((short) 0);
        out.putShort((short) bits)
                .put("data".getBytes(StandardCharsets.ISO_8859_1))
                .putInt((int) claimed);
        return out.put(samples).array();
    }

    private static void assertRefused(byte[] bytes, String... words) {
        assertThatExceptionOfType(Unusable.class)
                .isThrownBy(() -> SoundReader.read(bytes))
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(words));
    }

    // MP3 and Vorbis are computed with another order of sums; two steps of 16 bits are 6e-5.
    @ParameterizedTest
    @CsvSource({
        "pcm8.wav, WAV, 8 bits, 1e-7",
        "pcm16.wav, WAV, 16 bits, 1e-7",
        "pcm24.wav, WAV, 24 bits, 1e-7",
        "pcm32.wav, WAV, 32 bits, 1e-7",
        "float32.wav, WAV, '32 bits, floating point', 1e-7",
        "float64.wav, WAV, '64 bits, floating point', 1e-7",
        "extensible.wav, WAV, 24 bits, 1e-7",
        "alaw.wav, WAV, '8 bits, A-law', 1e-7",
        "mulaw.wav, WAV, '8 bits, mu-law', 1e-7",
        "bits8.flac, FLAC, 8 bits, 1e-7",
        "bits16.flac, FLAC, 16 bits, 1e-7",
        "bits24.flac, FLAC, 24 bits, 1e-7",
        "mono.mp3, MP3, MPEG layer III, 6e-5",
        "stereo.mp3, MP3, MPEG layer III, 6e-5",
        "stereo.ogg, OGG, Vorbis, 1e-6"
    })
    void a_file_of_another_program_is_read_as_that_program_reads_it(
            String name, SoundFormat format, String coding, double tolerance) throws Unusable {
        JsonNode expected = Golden.VALUES.at("/files").get(name);
        Recording read = SoundReader.read(file(name));
        assertThat(read.format()).isEqualTo(format);
        assertThat(read.coding()).isEqualTo(coding);
        assertThat(read.channels()).isEqualTo(expected.get("channels").asInt());
        assertThat(read.sound().rate()).isEqualTo(expected.get("rate").asInt());
        assertThat(read.sound().samples()).hasSize(expected.get("count").asInt());
        double[] values = Golden.numbers(expected.get("every16th"));
        for (int i = 0; i < values.length; i++) {
            assertThat((double) read.sound().samples()[16 * i])
                    .as("sample %d", 16 * i)
                    .isCloseTo(values[i], within(tolerance));
        }
    }

    @Test
    void wav_of_16_bits_goes_and_comes_without_loss() throws Unusable {
        float[] samples = {0, 1 / 32768f, -1, 32767 / 32768f, -0.25f};
        byte[] bytes = Wav.write(new Sound(8000, samples));
        assertThat(bytes).hasSize(44 + 10);
        Sound back = SoundReader.read(bytes).sound();
        assertThat(back.samples()).containsExactly(samples);
        assertThat(back.rate()).isEqualTo(8000);
    }

    @Test
    void what_is_louder_than_full_scale_is_cut_off_when_written() throws Unusable {
        Sound back = SoundReader.read(Wav.write(new Sound(8000, new float[] {1.5f, -3})))
                .sound();
        assertThat(back.samples()).containsExactly(32767 / 32768f, -1);
    }

    @Test
    void a_sound_of_96_kHz_is_read_as_it_is() throws Unusable {
        Sound sound = Golden.tones(96_000, 960, 440);
        assertThat(SoundReader.read(Wav.write(sound)).sound().rate()).isEqualTo(96_000);
    }

    @Test
    void a_clipped_recording_is_kept_and_counted() throws Unusable {
        float[] samples = new float[8000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) Math.clamp(2 * Math.sin(2 * Math.PI * 50 * i / 8000), -1, 1);
        }
        // Two thirds of each wave lie above half of its height.
        assertThat(SoundReader.read(Wav.write(new Sound(8000, samples))).clipped())
                .isBetween(5200, 5400);
        assertThat(SoundReader.read(Wav.write(Golden.tones(8000, 8000, 50))).clipped())
                .isZero();
    }

    @Test
    void a_file_of_no_bytes_is_refused() throws Unusable {
        assertRefused(new byte[0], "is empty: it has no bytes");
    }

    @Test
    void a_header_with_nothing_behind_is_refused() throws Unusable {
        assertRefused(Wav.write(new Sound(8000, new float[0])), "holds no samples");
    }

    @Test
    void a_text_called_wav_is_refused_with_its_beginning() throws Unusable {
        assertRefused(
                "Dear sirs, please".getBytes(StandardCharsets.UTF_8),
                "is no sound, whatever its name says: it begins with \"Dear sirs, p\"",
                "Expected WAV, FLAC, MP3 or Ogg Vorbis");
        assertRefused("héllo".getBytes(StandardCharsets.UTF_16LE), "is no sound");
        byte[] marked = ("\uFEFF" + "hi there").getBytes(StandardCharsets.UTF_16LE); // begins with FF FE
        assertRefused(marked, "is no sound");
    }

    @Test
    void a_header_that_claims_four_gigabytes_is_refused_before_memory_is_taken() throws Unusable {
        assertRefused(
                wav(1, 1, 8000, 16, 0xffff_fff0L, (byte) 1, (byte) 2),
                "claims 2147483640 samples, 268435 seconds: at most 67108864");
        assertRefused(
                wav(1, 1, 8000, 16, 100_000_000L, (byte) 1, (byte) 2), "claims 100000000 bytes of samples and has 2");
    }

    @Test
    void absurd_rates_and_channels_are_refused() throws Unusable {
        assertRefused(wav(1, 1, -1, 16, 2, new byte[2]), "claims -1 samples a second".replace("-1", "4294967295"));
        assertRefused(wav(1, 1, 3, 16, 2, new byte[2]), "claims 3 samples a second: expected 1000 to 768000");
        assertRefused(wav(1, 0, 8000, 16, 2, new byte[2]), "claims 0 channels: expected 1 to 32");
        assertRefused(wav(1, 900, 8000, 16, 2, new byte[2]), "claims 900 channels");
    }

    @Test
    void unknown_codings_are_refused_with_those_that_are_known() throws Unusable {
        assertRefused(
                wav(2, 1, 8000, 4, 2, new byte[2]),
                "is stored in form 2 with 4 bits",
                "expected whole numbers of 8, 16, 24 or 32 bits",
                "Convert it to 16 bits");
        assertRefused(wav(1, 1, 8000, 12, 2, new byte[2]), "form 1 with 12 bits");
    }

    @Test
    void numbers_that_are_no_sound_are_refused() throws Unusable {
        ByteBuffer samples = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        assertRefused(
                wav(
                        3,
                        1,
                        8000,
                        32,
                        8,
                        samples.putFloat(0, 0.5f).putFloat(4, Float.NaN).array()),
                "has NaN as sample 1: expected numbers from -1 to 1");
        assertRefused(
                wav(3, 1, 8000, 32, 8, samples.putFloat(0, 12_000).array()), "has 12000.0 as sample 0", "divide by");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pcm16.wav", "bits16.flac", "stereo.mp3", "stereo.ogg"})
    void a_file_that_is_cut_off_is_refused(String name) {
        byte[] whole = file(name);
        assertRefused(Arrays.copyOf(whole, whole.length - 7), "truncated", "Copy or write it again");
        for (int length = 1; length < whole.length; length += 97) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(Unusable.class)
                    .as("the first %d bytes", length)
                    .isThrownBy(() -> SoundReader.read(part));
        }
    }

    @Test
    void garbage_between_the_frames_of_an_mp3_is_refused_with_its_place() throws Unusable {
        byte[] bytes = file("stereo.mp3");
        byte[] garbled = new byte[bytes.length + 50];
        System.arraycopy(bytes, 0, garbled, 0, bytes.length);
        Arrays.fill(garbled, bytes.length, garbled.length, (byte) 0x55);
        assertRefused(garbled, "is damaged at byte %d: ".formatted(bytes.length), "is no frame");
    }

    @Test
    void tags_around_an_mp3_are_passed_over() throws Unusable {
        byte[] bytes = file("mono.mp3");
        byte[] tagged = new byte[10 + 300 + bytes.length + 128];
        System.arraycopy("ID3\u0003\0\0\0\0\u0002\u002c".getBytes(StandardCharsets.ISO_8859_1), 0, tagged, 0, 10);
        System.arraycopy(bytes, 0, tagged, 310, bytes.length);
        System.arraycopy("TAG".getBytes(StandardCharsets.ISO_8859_1), 0, tagged, 310 + bytes.length, 3);
        assertThat(SoundReader.read(tagged).sound().samples())
                .isEqualTo(SoundReader.read(bytes).sound().samples());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bits16.flac", "stereo.ogg"})
    void one_changed_bit_in_a_file_with_check_sums_is_noticed(String name) {
        byte[] bytes = file(name);
        bytes[bytes.length - 40] ^= 4;
        assertRefused(bytes, "is damaged at byte", "check sum");
    }

    @Test
    void opus_is_refused_with_what_to_do() throws Unusable {
        byte[] bytes = file("stereo.ogg");
        System.arraycopy("OpusHead".getBytes(StandardCharsets.ISO_8859_1), 0, bytes, 28, 8);
        int sum = 0;
        for (int i = 0; i < 58; i++) {
            sum = Crc.OGG_PAGE.next(sum, i >= 22 && i < 26 ? 0 : bytes[i]);
        }
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(22, sum);
        assertRefused(bytes, "is Ogg with Opus inside: expected Vorbis", "Convert it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pcm24.wav", "extensible.wav", "bits24.flac", "stereo.mp3", "stereo.ogg"})
    void damage_anywhere_is_read_or_refused_but_never_breaks_the_program(String name) {
        byte[] whole = file(name);
        for (long seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            byte[] damaged = whole.clone();
            for (int i = 0; i < 3; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(SoundReader.read(damaged).sound().peak())
                        .as("seed %d", seed)
                        .isLessThan(9);
            } catch (Unusable refused) {
                assertThat(refused.reason()).as("seed %d", seed).isNotBlank();
            }
        }
    }
}
