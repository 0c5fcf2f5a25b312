package dev.athanor.train;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/// Where a run stands after a step.
///
/// @param step steps done
/// @param used share of the budget, from 0 to 1
/// @param loss of the step
/// @param validation the newest loss on the validation split
/// @param rate of learning
/// @param norm of the gradient before clipping
/// @param perSecond over the last step
/// @param counted what is counted there: tokens or pictures
/// @param spent time in training, over all starts of the run
/// @param remarks what a look right before this step noticed in the model, for people
public record Progress(
        long step,
        double used,
        double loss,
        OptionalDouble validation,
        double rate,
        double norm,
        double perSecond,
        String counted,
        Duration spent,
        List<String> remarks) {

    /// How long the rest will take if it goes on like this.
    public Duration remaining() {
        return used <= 0 ? Duration.ZERO : Duration.ofMillis((long) (spent.toMillis() * (1 - used) / used));
    }
}
