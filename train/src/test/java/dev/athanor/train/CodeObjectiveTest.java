package dev.athanor.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.model.CodeGrid;
import dev.athanor.model.ImageShape;
import dev.athanor.model.SoundCodec;
import dev.athanor.torch.AdamW;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.torch.FlatParameters;
import dev.athanor.torch.Tensors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class CodeObjectiveTest {
    private static final Engine ENGINE = Engine.start(Device.CPU);
    private static final SoundCodec.Config TINY = new SoundCodec.Config(
            new ImageShape(1, 4, 6),
            new SoundCodec.Coding(new CodeGrid(List.of(5, 3)), 2, 8, 1),
            List.of(2),
            new SoundCodec.Speech(1, 2, 8));
    private static final Recipe RECIPE = RecipeFile.read("audio-codec", List.of("training.weightDecay=0.5"));

    private static ImageBatch batch() {
        float[] pixels = new float[2 * 24];
        for (int k = 0; k < pixels.length; k++) {
            pixels[k] = (float) Math.cos(0.3 * k);
        }
        return new ImageBatch(pixels, TINY.shape(), new int[] {1, 2}, new int[0], 2);
    }

    private static List<float[]> values(Collection<Tensor> weights) {
        return weights.stream().map(Tensors::floats).toList();
    }

    /// Two stages of six steps, with a large decay, which moves what has no gradient.
    @Test
    void each_stage_leaves_the_weights_of_the_other_as_they_are() {
        try (PointerScope _ = new PointerScope()) {
            SoundCodec model = new SoundCodec(TINY);
            FlatParameters parameters = new FlatParameters(model);
            Learner.ByTorch<ImageBatch> learner = new Learner.ByTorch<>(
                    new Learner.Subject<>(
                            model,
                            CodeObjective.of(model, RECIPE, ENGINE.place()),
                            parameters,
                            new AdamW(parameters, new AdamW.Settings(0.9, 0.99, 1e-8, 0.5)),
                            parameters.values().clone()),
                    RECIPE.training());
            List<List<float[]>> coder = new ArrayList<>();
            List<List<float[]>> speaker = new ArrayList<>();
            for (int step = 0; step < 12; step++) {
                if (step % 6 == 0) {
                    coder.add(values(model.coder().values()));
                    speaker.add(values(model.speaker().values()));
                }
                double used = step < 6 ? 0.3 : 0.4;
                learner.step(List.of(batch()), new Learner.Moment(step, used, 0.01));
            }
            assertThat(coder.get(1)).usingRecursiveComparison().isNotEqualTo(coder.get(0));
            assertThat(speaker.get(1)).usingRecursiveComparison().isEqualTo(speaker.get(0));
            assertThat(values(model.coder().values()))
                    .usingRecursiveComparison()
                    .isEqualTo(coder.get(1));
            assertThat(values(model.speaker().values()))
                    .usingRecursiveComparison()
                    .isNotEqualTo(speaker.get(1));
        }
    }

    @Test
    void each_stage_is_a_run_of_its_own_from_0_to_1() {
        try (PointerScope _ = new PointerScope()) {
            CodeObjective objective = CodeObjective.of(new SoundCodec(TINY), RECIPE, ENGINE.place());
            assertThat(objective.part(0).done()).isZero();
            assertThat(objective.part(0.2).done()).isEqualTo(0.5);
            assertThat(objective.part(0.4).done()).isZero();
            assertThat(objective.part(0.7).done()).isCloseTo(0.5, within(1e-12));
            assertThat(objective.part(1).done()).isEqualTo(1);
        }
    }

    @Test
    void before_the_transformer_has_learnt_it_counts_as_one_that_takes_all_tokens_for_equally_likely() {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            SoundCodec model = new SoundCodec(TINY);
            model.coder().values().forEach(Tensor::zero_); // what comes back is 0 everywhere
            CodeObjective objective = CodeObjective.of(model, RECIPE, ENGINE.place());
            double error = 0;
            for (float number : batch().pixels()) {
                error += Math.abs(number) / 48;
            }
            float sum = objective.part(0).objective().sum(batch()).item_float();
            assertThat(sum).isCloseTo((float) (2 * (error + Math.log(15 + 1 + 3))), within(1e-5f));
        }
    }
}
