package dev.athanor.model;

import dev.athanor.torch.cpu.Curve;
import dev.athanor.torch.cpu.Dense;
import dev.athanor.torch.cpu.NormedCurve;
import dev.athanor.torch.cpu.Scratch;
import dev.athanor.torch.cpu.Winograd;
import java.util.Map;

/// Where each weight of a model stands in the row of all of them, by its name in the model's folder, and the
/// layers by hand that stand there.
record Places(Map<String, Integer> places, Scratch scratch) {

    int at(String name) {
        Integer place = places.get(name);
        if (place == null) {
            throw new IllegalArgumentException("no weight \"%s\" among %s"
                    .formatted(name, places.keySet().stream().sorted().toList()));
        }
        return place;
    }

    Dense dense(String name, int inputs, int outputs) {
        return new Dense(at(name + ".weight"), at(name + ".bias"), inputs, outputs);
    }

    /// Of 3 x 3.
    Winograd convolution(String name, int inputs, int outputs) {
        return new Winograd(dense(name, inputs, outputs), scratch);
    }

    NormedCurve norm(String name, int channels, Curve curve) {
        return new NormedCurve(
                new NormedCurve.Form(channels, GroupNorm.GROUPS, curve),
                at(name + ".weight"),
                at(name + ".bias"),
                scratch);
    }
}
