package dev.athanor.data.sound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.Unusable;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// That files of libsndfile are read as it reads them is in [SoundReaderTest]. Files that these tests write
/// were held to `flac -t` 1.4.2, which also compares the check sum of all samples, and to libsndfile 1.2.2.
class FlacTest {
    private static void assertKept(float[] samples) throws Unusable {
        Sound back = SoundReader.read(Flac.write(new Sound(16_000, samples))).sound();
        assertThat(back.samples()).isEqualTo(samples); // containsExactly would take the square of the length
        assertThat(back.rate()).isEqualTo(16_000);
    }

    private static float[] noise(int count, double loudness) {
        Random random = new Random(count);
        float[] samples = new float[count];
        for (int i = 0; i < count; i++) {
            samples[i] = Math.clamp(Math.round(random.nextGaussian() * loudness * 32768), -32768, 32767) / 32768f;
        }
        return samples;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 4095, 4096, 4097, 20_000})
    void any_length_comes_back_without_loss(int count) throws Unusable {
        assertKept(noise(count, 0.01));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.0001, 0.01, 0.3, 30})
    void any_loudness_comes_back_without_loss(double loudness) throws Unusable {
        assertKept(noise(5000, loudness));
    }

    @Test
    void more_blocks_than_a_byte_can_count_come_back_without_loss() throws Unusable {
        assertKept(noise(4096 * 130 + 1, 0.001));
        float[] silence = new float[4096 * 2100]; // numbers of 1, 2 and 3 bytes
        silence[silence.length - 1] = 0.5f;
        assertKept(silence);
    }

    @Test
    void a_tone_takes_about_half_of_what_wav_takes() throws Unusable {
        Sound tone = Golden.tones(16_000, 16_000, 440, 800);
        assertThat(Flac.write(tone).length).isLessThan(Wav.write(tone).length * 11 / 20);
    }

    @Test
    void noise_at_full_scale_takes_little_more_than_wav() throws Unusable {
        float[] noise = noise(16_000, 30);
        assertThat(Flac.write(new Sound(16_000, noise)).length).isLessThan(44 + 2 * noise.length + 200);
    }
}
