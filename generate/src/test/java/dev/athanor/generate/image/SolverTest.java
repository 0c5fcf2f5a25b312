package dev.athanor.generate.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.model.NoiseProcess;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Pictures of one number that is normally distributed: there the best prediction is known, and so is where the
/// probability flow goes: every x_t = α m + z √(α² d² + σ²) keeps its z.
class SolverTest {
    private static final double MEAN = 0.4;
    private static final double DEVIATION = 0.3;

    /// What a perfect model predicts.
    private static Solver.Answer perfect(NoiseProcess process) {
        return (x, time) -> {
            double alpha = process.alpha(time);
            double sigma = process.sigma(time);
            double variance = alpha * alpha * DEVIATION * DEVIATION + sigma * sigma;
            float[] prediction = new float[x.length];
            for (int i = 0; i < x.length; i++) {
                double off = (x[i] - alpha * MEAN) / variance;
                double clean = MEAN + alpha * DEVIATION * DEVIATION * off;
                double noise = sigma * off;
                prediction[i] = (float) process.wanted(clean, noise);
            }
            return Solver.Parts.of(process, time, x, prediction);
        };
    }

    /// How far from the true end the solver stops that begins at z = 1.5.
    private static double error(Solver solver, NoiseProcess process, int steps) {
        double[] times = Solver.times(process, 1, steps);
        double alpha = process.alpha(times[0]);
        double sigma = process.sigma(times[0]);
        double z = 1.5;
        float start = (float) (alpha * MEAN + z * Math.sqrt(alpha * alpha * DEVIATION * DEVIATION + sigma * sigma));
        float[] end = solver.solve(process, new float[] {start}, times, perfect(process), (x, _, _) -> x);
        return Math.abs(end[0] - (MEAN + z * DEVIATION));
    }

    static Stream<Arguments> ways() {
        return Stream.of(Solver.values())
                .flatMap(solver -> Stream.of(NoiseProcess.values()).map(process -> Arguments.of(solver, process)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void small_steps_end_where_the_flow_ends(Solver solver, NoiseProcess process) {
        assertThat(error(solver, process, 400)).isLessThan(0.004);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void twice_the_steps_halve_the_error_of_first_order_and_quarter_that_of_second(
            Solver solver, NoiseProcess process) {
        double gained = error(solver, process, 160) / error(solver, process, 320);
        boolean second = solver == Solver.HEUN || solver == Solver.DPM_SOLVER;
        assertThat(gained).isGreaterThan(second ? 2.5 : 1.6);
    }

    @Test
    void for_flow_matching_euler_and_ddim_are_the_same() {
        assertThat(error(Solver.EULER, NoiseProcess.FLOW_MATCHING, 10))
                .isCloseTo(error(Solver.DDIM, NoiseProcess.FLOW_MATCHING, 10), within(1e-6));
    }

    @Test
    void an_unknown_sampler_is_refused_with_the_known_ones() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Solver.of("plms"))
                .withMessage("there is no sampler \"plms\": expected ddim, euler, heun or dpm-solver");
    }
}
