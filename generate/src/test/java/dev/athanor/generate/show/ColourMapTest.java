package dev.athanor.generate.show;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.athanor.data.image.Image;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ColourMapTest {
    private static final ColourMap.Range UNIT = new ColourMap.Range(0, 1);

    @Test
    void colours_are_those_of_matplotlib() throws IOException {
        JsonNode golden;
        try (InputStream in = getClass().getResourceAsStream("colours.json")) {
            golden = JsonMapper.shared().readTree(in);
        }
        float[][] levels = new float[256][1];
        for (int level = 0; level < 256; level++) {
            levels[level][0] = level / 255f;
        }
        for (ColourMap map : List.of(ColourMap.VIRIDIS, ColourMap.MAGMA)) {
            byte[] expected = HexFormat.of()
                    .parseHex(golden.path(map.name().toLowerCase(java.util.Locale.ROOT))
                            .asString());
            byte[] drawn = map.picture(levels, UNIT).pixels();
            double sum = 0;
            for (int i = 0; i < expected.length; i++) {
                int off = Math.abs((expected[i] & 255) - (drawn[i] & 255));
                assertThat(off).as("%s, level %d", map, i / 3).isLessThanOrEqualTo(4); // a curve through 16 of 256
                sum += off;
            }
            assertThat(sum / expected.length).isLessThan(0.3);
        }
        assertThat(ColourMap.GREY.picture(levels, UNIT).at(77, 0, 1)).isEqualTo(77);
    }

    @Test
    void time_goes_right_and_pitch_goes_up() {
        Image picture = ColourMap.GREY.picture(new float[][] {{0, 0, 1}, {0, 0, 0}}, UNIT);
        assertThat(List.of(picture.width(), picture.height())).containsExactly(2, 3);
        assertThat(picture.at(0, 0, 0)).isEqualTo(255);
        assertThat(picture.at(0, 2, 0)).isZero();
        assertThat(picture.at(1, 0, 0)).isZero();
    }

    @Test
    void the_range_is_that_of_the_numbers_or_the_one_given() {
        float[][] numbers = {{-3, 5}};
        assertThat(ColourMap.Range.of(numbers)).isEqualTo(new ColourMap.Range(-3, 5));
        Image clipped = ColourMap.GREY.picture(numbers, UNIT);
        assertThat(List.of(clipped.at(0, 0, 0), clipped.at(0, 1, 0))).containsExactly(255, 0);
        float[][] same = {{7, 7}};
        assertThat(ColourMap.GREY.picture(same, ColourMap.Range.of(same)).at(0, 0, 0))
                .isZero();
    }

    @Test
    void what_has_no_colour_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ColourMap.GREY.picture(new float[][] {{0, Float.NaN}}, UNIT))
                .withMessage("number 1 of column 0 is NaN, which has no colour: expected a number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ColourMap.GREY.picture(new float[][] {{0, 1}, {0}}, UNIT))
                .withMessage("column 1 has 1 numbers and column 0 has 2: expected as many in each");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ColourMap.GREY.picture(new float[0][], UNIT))
                .withMessage("a matrix of 0 columns of 0 numbers has nothing to show: expected at least one of one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ColourMap.Range.of(new float[][] {{0, Float.NaN}}))
                .withMessage("colours from NaN to NaN: expected two finite numbers, the lower first");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ColourMap.Range(2, 1))
                .withMessage("colours from 2.0 to 1.0: expected two finite numbers, the lower first");
    }
}
