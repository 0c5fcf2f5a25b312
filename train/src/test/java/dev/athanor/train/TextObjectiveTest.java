package dev.athanor.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.model.TextVae;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.junit.jupiter.api.Test;

class TextObjectiveTest {

    @Test
    void what_a_vae_is_given_costs_it_nothing() {
        Engine engine = Engine.start(Device.CPU);
        int[] inputs = {1, 7, 8, 9};
        TokenBatch all = new TokenBatch(inputs, new int[] {7, 8, 9, 2}, new int[] {4}, 4, true);
        int given = TokenBatch.IGNORED;
        TokenBatch last = new TokenBatch(inputs, new int[] {given, given, given, 2}, new int[] {4}, 4, true);
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            engine.seed(3);
            TextVae model = new TextVae.Config(11, 8, 6, 6, 2).open();
            TextObjective objective = TextObjective.of(model, Recipe.DEFAULTS.training(), engine.place());
            engine.seed(4);
            double whole = objective.sum(all).item_double();
            engine.seed(4);
            double asked = objective.sum(last).item_double();
            // A model that has learnt nothing pays about ln 11 = 2.4 nats for each of the three that are given.
            assertThat(whole - asked).isBetween(5.0, 9.5);
        }
    }
}
