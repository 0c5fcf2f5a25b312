package dev.athanor.data.duplicate;

import dev.athanor.data.Sample;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.node.ObjectNode;

/// Samples are like nothing but their equals.
public record EqualOnly() implements Likeness {

    @Override
    public Print print(Sample sample) {
        return Print.NONE;
    }

    @Override
    public ToDoubleFunction<byte[]> similarTo(byte[] features) {
        return _ -> 0;
    }

    @Override
    public double threshold() {
        return 1;
    }

    @Override
    public void describe(ObjectNode report) {
        report.put("similar", "not looked for");
    }
}
