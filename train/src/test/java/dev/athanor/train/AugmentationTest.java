package dev.athanor.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.athanor.model.ImageShape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AugmentationTest {
    private static final ImageShape SHAPE = new ImageShape(1, 3, 3);
    private static final float[] PICTURE = {1, 2, 3, 4, 5, 6, 7, 8, 9};

    private static List<Float> changed(Augmentation augmentation, int seed) {
        ImageBatch batch = new ImageBatch(PICTURE.clone(), SHAPE, new int[0], new int[0], 1);
        augmentation.change(batch, new SplittableRandom(seed));
        return java.util.stream.IntStream.range(0, 9)
                .mapToObj(i -> batch.pixels()[i])
                .toList();
    }

    private static Set<List<Float>> all(Augmentation augmentation) {
        Set<List<Float>> seen = new HashSet<>();
        for (int seed = 0; seed < 200; seed++) {
            seen.add(changed(augmentation, seed));
        }
        return seen;
    }

    @Test
    void pictures_moved_by_one_pixel_are_seen_in_nine_places_with_their_edges_drawn_out() {
        assertThat(all(new Augmentation(false, 1)))
                .hasSize(9)
                .contains(
                        List.of(1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f),
                        List.of(1f, 1f, 2f, 1f, 1f, 2f, 4f, 4f, 5f), // down and to the right
                        List.of(5f, 6f, 6f, 8f, 9f, 9f, 8f, 9f, 9f)); // up and to the left
    }

    @Test
    void a_picture_is_seen_as_it_is_or_as_in_a_mirror() {
        assertThat(all(new Augmentation(true, 0)))
                .containsExactlyInAnyOrder(
                        List.of(1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f), List.of(3f, 2f, 1f, 6f, 5f, 4f, 9f, 8f, 7f));
        assertThat(all(new Augmentation(false, 0))).hasSize(1);
    }

    @Test
    void every_plane_of_a_colour_picture_moves_alike() {
        float[] planes = {1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24};
        ImageBatch batch = new ImageBatch(planes, new ImageShape(3, 2, 2), new int[0], new int[0], 1);
        new Augmentation(true, 1).change(batch, new SplittableRandom(3));
        for (int i = 0; i < 4; i++) {
            assertThat(planes[i + 4]).isEqualTo(planes[i] + 10);
            assertThat(planes[i + 8]).isEqualTo(planes[i] + 20);
        }
    }

    @Test
    void a_shift_below_0_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecipeFile.read("image-classifier", List.of("image.shifted=-1")))
                .withMessageContaining(
                        "image.shifted is -1: give the pixels by which pictures are moved at most, 0 for none, usually 2");
    }
}
