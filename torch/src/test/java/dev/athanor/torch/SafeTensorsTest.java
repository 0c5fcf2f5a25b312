package dev.athanor.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsTest {
    @TempDir
    Path folder;

    private Path written() throws IOException {
        SequencedMap<String, SafeTensors.Values> values = new LinkedHashMap<>();
        values.put("a", floats(new long[] {2, 3}, 1, 2, 3, 4, 5, 6));
        values.put("b", floats(new long[] {1}, 7));
        Path file = folder.resolve("w.safetensors");
        SafeTensors.write(file, values, Map.of("who", "test"));
        return file;
    }

    private static SafeTensors.Values floats(long[] shape, float... numbers) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return new SafeTensors.Values(SafeTensors.Type.F32, shape, MemorySegment.ofBuffer(bytes));
    }

    private Path file(String header, int dataBytes) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        return Files.write(folder.resolve("made.safetensors"), bytes.array());
    }

    @Test
    void what_is_written_is_read_again() throws IOException {
        try (SafeTensors read = SafeTensors.open(written())) {
            assertThat(read.entries().keySet()).containsExactly("a", "b");
            assertThat(read.entries().get("a").shape()).containsExactly(2, 3);
            assertThat(read.entries().get("a").floats()).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(read.metadata()).containsEntry("who", "test").containsEntry("format", "pt");
        }
    }

    @Test
    void a_flipped_bit_in_the_numbers_is_noticed() throws IOException {
        Path file = written();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 3] ^= 4;
        Files.write(file, bytes);
        assertThatThrownBy(() -> SafeTensors.open(file))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("they were changed or damaged");
    }

    @Test
    void a_bit_flipped_anywhere_is_refused_or_changes_no_number() throws IOException {
        byte[] bytes = Files.readAllBytes(written());
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Path file = Files.write(folder.resolve("flipped.safetensors"), flipped);
            try (SafeTensors read = SafeTensors.open(file)) {
                float[][] numbers = read.entries().values().stream()
                        .map(SafeTensors.Entry::floats)
                        .toArray(float[][]::new);
                assertThat(numbers).as("bit %d", bit).isDeepEqualTo(new float[][] {{1, 2, 3, 4, 5, 6}, {7}});
            } catch (WeightsException refused) {
                assertThat(refused)
                        .as("bit %d", bit)
                        .hasMessageContainingAll(file.toString(), "is not a sound safetensors file", "from a backup");
            }
        }
    }

    @Test
    void a_file_cut_off_anywhere_is_refused() throws IOException {
        byte[] bytes = Files.readAllBytes(written());
        for (int length = 0; length < bytes.length; length++) {
            Path cut = Files.write(folder.resolve("cut.safetensors"), java.util.Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> SafeTensors.open(cut))
                    .isInstanceOf(WeightsException.class)
                    .hasMessageContaining("is not a sound safetensors file");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}|4|ends at byte 8 of the data, and there are 4",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}|4|needs 8 bytes and its data_offsets give 4",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|8|neither overlap nor leave holes",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}|8|cover 4 bytes of data and 8 are there",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,4]}}|8|must have a begin and an end behind it",
                "{\"a\":{\"dtype\":\"F31\",\"shape\":[1],\"data_offsets\":[0,4]}}|4|has the dtype \"F31\"",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}|4|whole numbers from 0",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[9223372036854775807,8],\"data_offsets\":[0,4]}}|4|which no memory holds",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}|4|is not JSON: Duplicate",
                "{\"__metadata__\":{\"n\":1}}|0|only strings are allowed",
                "[1]|0|does not begin with {",
                "{\"a\":|0|is not JSON",
            })
    void a_header_that_lies_is_refused(String header, int dataBytes, String words) throws IOException {
        Path file = file(header, dataBytes);
        assertThatThrownBy(() -> SafeTensors.open(file))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(words);
    }

    @Test
    void a_header_longer_than_the_format_allows_is_refused_before_it_is_read() throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(100_000_001L);
        Path file = Files.write(folder.resolve("long.safetensors"), bytes.array());
        assertThatThrownBy(() -> SafeTensors.open(file)).hasMessageContaining("claims a header of 100000001 bytes");
    }
}
