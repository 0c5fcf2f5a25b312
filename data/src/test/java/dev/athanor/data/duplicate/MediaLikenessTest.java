package dev.athanor.data.duplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.data.DataException;
import dev.athanor.data.Media;
import dev.athanor.data.Sample;
import dev.athanor.data.Seed;
import dev.athanor.data.image.Decoder;
import dev.athanor.data.image.Frame;
import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import dev.athanor.data.image.Rgb;
import dev.athanor.data.sound.Resampler;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.Wav;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MediaLikenessTest {
    private static final PictureLikeness PICTURES =
            new PictureLikeness(PictureLikeness.USUAL, PictureLikeness.USUAL_THRESHOLD);
    private static final SoundLikeness SOUNDS = new SoundLikeness(SoundLikeness.USUAL);

    private static Sample sample(byte[] bytes) {
        return new Sample("s", "", new Media(bytes, "m"), new LinkedHashMap<>(), "folder/m");
    }

    private static boolean areAlike(Likeness likeness, byte[] first, byte[] second) {
        Likeness.Print a = likeness.print(sample(first));
        Likeness.Print b = likeness.print(sample(second));
        double similarity = likeness.similarity(a.features(), b.features());
        assertThat(likeness.similarity(b.features(), a.features())).isEqualTo(similarity);
        boolean met =
                LongStream.of(a.keys()).anyMatch(key -> LongStream.of(b.keys()).anyMatch(other -> other == key));
        return met && similarity >= likeness.threshold();
    }

    // ---------------------------------------------------------------------------------------------------- pictures

    /// Soft spots of chance colours on a white ground.
    private static Image picture(long seed) {
        RandomGenerator random = new Seed(seed).random();
        float[] level = new float[96 * 96 * 3];
        Arrays.fill(level, 255);
        for (int spot = 0; spot < 6; spot++) {
            double cx = random.nextDouble(96);
            double cy = random.nextDouble(96);
            double size = 8 + random.nextDouble(16);
            int color = random.nextInt();
            for (int i = 0; i < level.length; i++) {
                double x = i / 3 % 96 - cx;
                double y = i / 3 / 96 - cy;
                double share = Math.exp(-(x * x + y * y) / (2 * size * size));
                int part = color >>> 8 * (i % 3) & 0xFF;
                level[i] += (float) (share * (part - level[i]));
            }
        }
        byte[] pixels = new byte[level.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Math.round(level[i]);
        }
        return new Image(96, 96, 3, pixels);
    }

    private static byte[] jpeg(Image image) throws IOException {
        BufferedImage buffered = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                buffered.setRGB(x, y, image.at(x, y, 0) << 16 | image.at(x, y, 1) << 8 | image.at(x, y, 2));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(buffered, "jpeg", out);
        return out.toByteArray();
    }

    private static Image mirrored(Image image) {
        byte[] pixels = new byte[image.pixels().length];
        for (int i = 0; i < pixels.length; i++) {
            int x = i / 3 % image.width();
            pixels[i] = image.pixels()[i + 3 * (image.width() - 1 - 2 * x)];
        }
        return new Image(image.width(), image.height(), 3, pixels);
    }

    private static Image recolored(Image image) {
        byte[] pixels = new byte[image.pixels().length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = image.pixels()[i / 3 * 3 + (i + 1) % 3];
        }
        return new Image(image.width(), image.height(), 3, pixels);
    }

    @Test
    void hashes_are_those_of_imagehash() throws IOException {
        for (JsonNode golden : ShinglesTest.golden().path("hashes")) {
            int state = golden.path("seed").asInt();
            byte[] pixels = new byte[9 * 8];
            for (int i = 0; i < pixels.length; i++) {
                state = (int) ((state * 1103515245L + 12345) & 0x7FFFFFFF);
                pixels[i] = (byte) ((state >> 16) % 64 * 4);
            }
            assertThat(PictureLikeness.hash(new Image(9, 8, 1, pixels)))
                    .isEqualTo(Long.parseUnsignedLong(golden.path("hash").asString(), 16));
        }
    }

    @Test
    void a_smaller_and_a_compressed_copy_are_alike() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            Image image = picture(seed);
            byte[] png = Png.write(image);
            Image half = new Frame.Crop(48, 48).of(image, Rgb.WHITE);
            assertThat(areAlike(PICTURES, png, Png.write(half)))
                    .as("half %d", seed)
                    .isTrue();
            Image compressed = Decoder.decode(jpeg(image), Rgb.WHITE);
            assertThat(areAlike(PICTURES, png, Png.write(compressed)))
                    .as("jpeg %d", seed)
                    .isTrue();
        }
    }

    @Test
    void other_mirrored_and_recolored_pictures_are_not() {
        for (int seed = 0; seed < 20; seed++) {
            Image image = picture(seed);
            byte[] png = Png.write(image);
            assertThat(areAlike(PICTURES, png, Png.write(picture(seed + 100))))
                    .as("other %d", seed)
                    .isFalse();
            assertThat(areAlike(PICTURES, png, Png.write(mirrored(image))))
                    .as("mirrored %d", seed)
                    .isFalse();
            assertThat(areAlike(PICTURES, png, Png.write(recolored(image))))
                    .as("recolored %d", seed)
                    .isFalse();
        }
    }

    @Test
    void any_two_hashes_within_the_distance_share_a_key() {
        RandomGenerator random = new Seed(21).random();
        for (int distance = 0; distance <= 8; distance++) {
            PictureLikeness likeness = new PictureLikeness(distance, 1);
            for (int round = 0; round < 50; round++) {
                long hash = random.nextLong();
                long other = hash;
                for (int bit = 0; bit < distance; bit++) {
                    other ^= 1L << random.nextInt(64);
                }
                long[] keys = likeness.keys(other);
                assertThat(LongStream.of(likeness.keys(hash))
                                .anyMatch(key -> LongStream.of(keys).anyMatch(k -> k == key)))
                        .as("%d bits of %x", distance, hash)
                        .isTrue();
            }
        }
    }

    @Test
    void what_cannot_be_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PictureLikeness(9, 1))
                .withMessage("hashes 9 bits apart: expected 0 to 8, 4 for example. Give it with --distance");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PictureLikeness(4, 0))
                .withMessage(
                        "a threshold of 0.0 for pictures: expected a similarity of colours above 0 and at most 1, 0.98 for example");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SoundLikeness(0.5))
                .withMessage(
                        "a threshold of 0.5 for sounds: expected a share of bits above 0.5, which is chance, and at most 1, 0.9 for example");
        assertThatThrownBy(() -> PICTURES.print(sample(new byte[] {1, 2, 3})))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("the picture of folder/m is no picture that can be read");
    }

    // ------------------------------------------------------------------------------------------------------ sounds

    /// Twenty tones of chance height and length, two at a time, with some noise.
    private static float[] melody(long seed, int rate) {
        RandomGenerator random = new Seed(seed).random();
        float[] samples = new float[rate * 2];
        for (int tone = 0; tone < 20; tone++) {
            double frequency = 250 * Math.pow(8, random.nextDouble());
            int begin = samples.length / 20 * tone;
            int end = Math.min(samples.length, begin + rate / 5);
            double phase = random.nextDouble(6);
            for (int i = begin; i < end; i++) {
                double time = (i - begin) / (double) rate;
                samples[i] += (float) (0.3 * Math.exp(-8 * time) * Math.sin(2 * Math.PI * frequency * time + phase));
            }
        }
        return samples;
    }

    private static byte[] wav(int rate, float[] samples) {
        return Wav.write(new Sound(rate, samples));
    }

    @Test
    void a_copy_that_is_softer_noisy_begins_later_or_has_another_rate_is_alike() {
        for (int seed = 0; seed < 10; seed++) {
            float[] samples = melody(seed, 16_000);
            byte[] wav = wav(16_000, samples);
            RandomGenerator random = new Seed(seed + 50).random();
            float[] worse = new float[samples.length];
            for (int i = 0; i < worse.length; i++) {
                worse[i] = 0.4f * samples[i] + (float) (0.0002 * random.nextGaussian());
            }
            assertThat(areAlike(SOUNDS, wav, wav(16_000, worse)))
                    .as("worse %d", seed)
                    .isTrue();
            float[] later = Arrays.copyOfRange(samples, 700, samples.length);
            assertThat(areAlike(SOUNDS, wav, wav(16_000, later)))
                    .as("later %d", seed)
                    .isTrue();
            Sound other = new Resampler(16_000, 11_025).resample(new Sound(16_000, samples));
            assertThat(areAlike(SOUNDS, wav, Wav.write(other)))
                    .as("rate %d", seed)
                    .isTrue();
        }
    }

    @Test
    void other_longer_and_silent_sounds_are_not() {
        byte[] silence = wav(16_000, new float[32_000]);
        for (int seed = 0; seed < 10; seed++) {
            float[] samples = melody(seed, 16_000);
            byte[] wav = wav(16_000, samples);
            assertThat(areAlike(SOUNDS, wav, wav(16_000, melody(seed + 100, 16_000))))
                    .as("other %d", seed)
                    .isFalse();
            assertThat(areAlike(SOUNDS, wav, wav(16_000, Arrays.copyOf(samples, 48_000))))
                    .as("long %d", seed)
                    .isFalse();
            assertThat(areAlike(SOUNDS, wav, silence)).as("silence %d", seed).isFalse();
        }
        assertThat(SOUNDS.print(sample(silence)).keys()).isEmpty();
    }
}
