package dev.athanor.data.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SpectrogramTest {
    private static MelSettings settings(JsonNode of) {
        return new MelSettings(
                of.get("rate").asInt(),
                of.get("fft").asInt(),
                of.get("hop").asInt(),
                of.get("mels").asInt(),
                of.get("lowest").asDouble(),
                of.get("highest").asDouble());
    }

    private static Sound noise(int rate, int count) {
        Random random = new Random(count);
        float[] samples = new float[count];
        for (int i = 0; i < count; i++) {
            samples[i] = (float) random.nextGaussian() * 0.1f;
        }
        return new Sound(rate, samples);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 32, 128, 256})
    void the_transform_is_the_sum_that_defines_it(int size) {
        Fourier fourier = new Fourier(size, 2);
        Random random = new Random(size);
        double[] real = random.doubles(size, -1, 1).toArray();
        double[] imaginary = random.doubles(size, -1, 1).toArray();
        for (int n = 0; n < size; n++) {
            fourier.real()[n][1] = (float) real[n];
            fourier.imaginary()[n][1] = (float) imaginary[n];
        }
        fourier.transform();
        for (int k = 0; k < size; k++) {
            double re = 0;
            double im = 0;
            for (int n = 0; n < size; n++) {
                double angle = -2 * Math.PI * k * n / size;
                re += real[n] * Math.cos(angle) - imaginary[n] * Math.sin(angle);
                im += real[n] * Math.sin(angle) + imaginary[n] * Math.cos(angle);
            }
            assertThat((double) fourier.real()[k][1]).isCloseTo(re, within(2e-5));
            assertThat((double) fourier.imaginary()[k][1]).isCloseTo(im, within(2e-5));
            assertThat(fourier.real()[k][0]).as("the other signal").isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void spectrum_and_bands_are_those_of_librosa(int number) {
        JsonNode expected = Golden.VALUES.at("/spectrograms").get(number);
        MelSettings settings = settings(expected);
        Sound sound = Golden.tones(settings.rate(), settings.rate() / 4, 300, 1234, 0.4 * settings.rate());
        Spectrum spectrum = new ShortTimeFourier(settings.fft(), settings.hop()).spectrum(sound.samples());
        Spectrogram picture = Spectrogram.of(sound, settings);
        assertThat(picture.frames()).isEqualTo(expected.get("frames").asInt());
        // Sums of a thousand float32 numbers of size 1.
        expected.get("real")
                .forEachEntry((bin, row) -> assertRow(row, spectrum.real()[Integer.parseInt(bin)], 0, 2e-4));
        expected.get("imaginary")
                .forEachEntry((bin, row) -> assertRow(row, spectrum.imaginary()[Integer.parseInt(bin)], 0, 2e-4));
        // Near silence the logarithm magnifies the error of the sums.
        expected.get("logMel")
                .forEachEntry(
                        (mel, row) -> assertRow(row, picture.values(), Integer.parseInt(mel) * picture.frames(), 2e-3));
    }

    private static void assertRow(JsonNode expected, float[] values, int from, double tolerance) {
        double[] numbers = Golden.numbers(expected);
        for (int t = 0; t < numbers.length; t++) {
            assertThat((double) values[from + t]).isCloseTo(numbers[t], within(tolerance));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void the_presets_have_the_bands_of_librosa(int number) {
        JsonNode expected = Golden.VALUES.at("/banks").get(number);
        MelSettings settings = MelSettings.forRate(expected.get("rate").asInt());
        assertThat(settings.fft()).isEqualTo(expected.get("fft").asInt());
        assertThat(settings.mels()).isEqualTo(expected.get("mels").asInt());
        float[][] matrix = new MelFilters(settings).matrix();
        double[] sums = Golden.numbers(expected.get("sums"));
        double[] centres = Golden.numbers(expected.get("centres"));
        for (int m = 0; m < matrix.length; m++) {
            double sum = 0;
            for (float weight : matrix[m]) {
                sum += weight;
            }
            assertThat(sum).as("band %d", m).isCloseTo(sums[m], within(1e-6));
            for (int k = 0; k < settings.bins(); k++) {
                assertThat(matrix[m][k]).isLessThanOrEqualTo(matrix[m][(int) centres[m]] + 1e-7f);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 129, 512, 8000, 20_001})
    void the_way_there_and_back_gives_the_sound_again(int count) {
        Sound sound = noise(8000, count);
        for (int hop : new int[] {64, 128, 256}) {
            ShortTimeFourier fourier = new ShortTimeFourier(512, hop);
            Spectrum spectrum = fourier.spectrum(sound.samples());
            float[] back = fourier.samples(spectrum);
            assertThat(back).hasSize(count / hop * hop);
            for (int i = 0; i < back.length; i++) {
                assertThat(back[i]).isCloseTo(sound.samples()[i], within(1e-6f));
            }
        }
    }

    @Test
    void magnitudes_found_for_bands_have_these_bands() {
        MelSettings settings = MelSettings.of8000();
        MelFilters filters = new MelFilters(settings);
        float[][] wanted = filters.bands(new ShortTimeFourier(512, 128)
                .spectrum(noise(8000, 8000).samples())
                .magnitudes());
        float[][] found = filters.magnitudes(wanted);
        float[][] bands = filters.bands(found);
        double error = 0;
        double size = 0;
        for (int m = 0; m < wanted.length; m++) {
            for (int t = 0; t < wanted[m].length; t++) {
                error += Math.pow(bands[m][t] - wanted[m][t], 2);
                size += Math.pow(wanted[m][t], 2);
            }
        }
        assertThat(Math.sqrt(error / size)).isLessThan(0.02); // librosa's own way back leaves 0.03 to 0.06 on speech
        for (float[] row : found) {
            for (float value : row) {
                assertThat(value).isNotNegative();
            }
        }
    }

    @Test
    void silence_has_the_lowest_value_everywhere() {
        Spectrogram picture = Spectrogram.of(new Sound(8000, new float[1000]), MelSettings.of8000());
        assertThat(picture.values()).containsOnly(Spectrogram.SILENCE);
        assertThat(picture.frames()).isEqualTo(8).isEqualTo(MelSettings.of8000().frames(1000));
        for (float[] row : picture.magnitudes()) {
            assertThat(row).containsOnly(0);
        }
    }

    @Test
    void settings_that_cannot_be_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MelSettings(8000, 500, 125, 64, 0, 4000))
                .withMessage("frames of 500 samples: expected a power of two, 512 or 1024 for example");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MelSettings(8000, 512, 100, 64, 0, 4000))
                .withMessage("frames of 512 samples, 100 apart: expected a distance that divides 256");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MelSettings(8000, 512, 128, 64, 0, 8000))
                .withMessageContaining("frequencies from 0.0 to 8000.0 hertz at 8000 samples a second")
                .withMessageContaining("4000.0 at most");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MelSettings(8000, 512, 128, 400, 0, 4000))
                .withMessageContaining("holds none of the frequencies that a frame of 512 samples tells apart")
                .withMessageContaining("take fewer bands or longer frames");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MelSettings.forRate(44_100))
                .withMessageContaining("expected 8000, 16000 or 22050. Import the sounds with --rate");
    }

    @Test
    void a_sound_of_another_rate_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Spectrogram.of(noise(16_000, 1000), MelSettings.of8000()))
                .withMessageContaining("a sound at 16000 samples a second under settings for 8000")
                .withMessageContaining("--rate 8000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Spectrogram(MelSettings.of8000(), 2, new float[64]))
                .withMessage("64 values for 64 bands and 2 frames: expected 128");
    }
}
