package dev.athanor.train.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.torch.AdamW;
import org.junit.jupiter.api.Test;

class HandAdamWTest {
    /// The setting, data and values of `AdamWTest` in torch, which are those of `torch.optim.AdamW` of PyTorch
    /// 2.13.0: the loss is the sum of the squares of x · wᵀ for two rows x.
    @Test
    void five_steps_are_those_of_pytorch_however_they_are_shared() {
        HandAdamW optimizer = new HandAdamW(8, 6, new AdamW.Settings(0.9, 0.99, 1e-8, 0.1));
        System.arraycopy(new float[] {1, -2, 3, -4, 5, -6, 0.5f, 0.5f}, 0, optimizer.weights(), 0, 8);
        for (int step = 0; step < 5; step++) {
            float[] gradient = gradient(optimizer.weights());
            HandAdamW.Step next = optimizer.next(0.05);
            optimizer.apply(next, gradient, 0, 4);
            optimizer.apply(next, gradient, 4, 8);
        }
        float[] golden = {0.7283701f, -1.7035435f, 2.6788418f, -3.6537957f, 4.6290312f, -5.6042886f, 0.5f, 0.5f};
        assertThat(optimizer.weights()).containsExactly(golden, within(1e-6f));
        assertThat(optimizer.steps()).isEqualTo(5);
    }

    private static float[] gradient(float[] weights) {
        float[][] rows = {{0.5f, -1, 2}, {1, 1, 1}};
        float[] gradient = new float[8];
        for (float[] x : rows) {
            for (int out = 0; out < 2; out++) {
                float y = 0;
                for (int i = 0; i < 3; i++) {
                    y += x[i] * weights[out * 3 + i];
                }
                for (int i = 0; i < 3; i++) {
                    gradient[out * 3 + i] += 2 * y * x[i];
                }
            }
        }
        return gradient;
    }
}
