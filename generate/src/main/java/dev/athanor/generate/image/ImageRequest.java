package dev.athanor.generate.image;

import dev.athanor.data.Seed;
import dev.athanor.model.ImageFormat;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What a model of pictures is asked for.
///
/// @param fields what the pictures shall show, by the fields that the model was trained on; those left out
///     stay open
/// @param prompt the same in words, for models that read captions; may be empty
/// @param count how many
/// @param denoising how a diffusion model gets there
/// @param seed where chance comes from: the same request gives the same pictures
public record ImageRequest(
        SequencedMap<String, String> fields, String prompt, int count, Denoising denoising, Seed seed) {

    /// @param steps from noise to picture
    /// @param guidance how much more than told: 1 takes the model's word, above it overdoes what was asked for
    ///     (Ho and Salimans 2022, equation 6, where it is 1 + w)
    public record Denoising(Solver solver, int steps, double guidance) {
        public static final Denoising USUAL = new Denoising(Solver.DPM_SOLVER, 20, 1.5);

        /// Of sounds, which must be understood more than they must be varied, and at once.
        public static final Denoising HEARD = new Denoising(Solver.DPM_SOLVER, 12, 2);

        /// Of codes that are written one by one: they know no steps, and stray farther from what is asked.
        public static final Denoising WRITTEN = new Denoising(Solver.DPM_SOLVER, 20, 3);

        public Denoising {
            if (steps < 1 || steps > 1000) {
                throw new IllegalArgumentException("%d steps: expected 1 to 1000, usually 10 to 50".formatted(steps));
            }
            if (!(guidance >= 0 && guidance <= 100)) {
                throw new IllegalArgumentException(
                        "guidance %s: expected a number from 0 to 100, usually 1 to 4".formatted(guidance));
            }
        }
    }

    public ImageRequest {
        fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
        if (count < 1) {
            throw new IllegalArgumentException(
                    "count %d: expected how many pictures to make, 1 or more".formatted(count));
        }
    }

    /// @param strength how much of a picture is given up
    static void refuseUnlessStrength(double strength) {
        if (!(strength > 0 && strength <= 1)) {
            throw new IllegalArgumentException(
                    "strength %s: expected a number above 0, which leaves the picture as it is, up to 1, which leaves nothing of it"
                            .formatted(strength));
        }
    }

    void refuseUnlessTwo() {
        if (count < 2) {
            throw new IllegalArgumentException(
                    "count %d: going from one picture to another takes at least 2".formatted(count));
        }
    }

    /// For a model that reads no prompts.
    public void refuseIfPrompted(ImageFormat format) {
        if (!prompt.isEmpty()) {
            throw new IllegalArgumentException(
                    "this model reads no prompts: it was trained without captions; ask with --label NAME=VALUE%s"
                            .formatted(
                                    format.fields().isEmpty()
                                            ? " from one that was trained on labels"
                                            : ", where NAME is one of " + String.join(", ", format.names())));
        }
    }
}
