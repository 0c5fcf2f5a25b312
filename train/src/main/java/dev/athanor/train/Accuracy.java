package dev.athanor.train;

import dev.athanor.data.Split;
import dev.athanor.model.ImageClassifier;
import dev.athanor.torch.Engine;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import tools.jackson.databind.node.ObjectNode;

/// How often a classifier is right on pictures that it has not learnt from: those of the test split where
/// there are any, else those of the validation split, by which its best weights were chosen.
///
/// @param right out of `all`
record Accuracy(Split split, long right, long all) {

    static Accuracy of(ImageClassifier model, Engine engine, ImageCourse course) {
        boolean tested = !course.testing().isEmpty();
        List<ImageBatch> batches = tested ? course.testing() : course.looking();
        ImageObjective.Classifying judging = new ImageObjective.Classifying(model, engine.place());
        model.eval();
        long right = 0;
        for (ImageBatch batch : batches) {
            try (PointerScope _ = new PointerScope();
                    NoGradGuard _ = new NoGradGuard()) {
                right += judging.right(batch);
            }
        }
        return new Accuracy(
                tested ? Split.TEST : Split.VALIDATION,
                right,
                batches.stream().mapToLong(ImageBatch::rows).sum());
    }

    void write(ObjectNode metrics) {
        if (all > 0) {
            metrics.put("accuracy", (double) right / all);
            metrics.put("accuracyOf", split.word());
        }
    }
}
