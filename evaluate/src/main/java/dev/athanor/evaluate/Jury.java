package dev.athanor.evaluate;

import dev.athanor.data.image.Image;
import dev.athanor.model.ImageClassifier;
import dev.athanor.model.Judge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A classifier at work on pictures: what it recognises, and its features.
///
/// @param name of its model
record Jury(String name, Judge judge) {

    /// @param recognised the likeliest value of each picture
    record Seen(List<String> recognised, Features features) {}

    Seen see(List<Image> pictures) {
        int size = judge.shape().numbers();
        float[] planes = new float[pictures.size() * size];
        for (int row = 0; row < pictures.size(); row++) {
            System.arraycopy(judge.shape().planes(pictures.get(row)), 0, planes, row * size, size);
        }
        Judge.Verdict verdict = judge.judge(planes, pictures.size());
        List<String> recognised = new ArrayList<>();
        float[][] features = new float[pictures.size()][];
        for (int row = 0; row < features.length; row++) {
            recognised.add(judge.values().get(verdict.likeliest(row)));
            features[row] = Arrays.copyOfRange(
                    verdict.features(), row * ImageClassifier.FEATURES, (row + 1) * ImageClassifier.FEATURES);
        }
        return new Seen(recognised, new Features("the classifier " + name, features));
    }

    /// How often it recognises what was asked for, where its field was asked for at all.
    Optional<SampleQuality.Judgement> judgement(List<? extends Map<String, String>> asked, Seen made, Seen real) {
        List<String> labels = new ArrayList<>();
        List<String> ofMade = new ArrayList<>();
        List<String> ofReal = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            String label = asked.get(i).getOrDefault(judge.field(), "");
            if (judge.values().contains(label)) {
                labels.add(label);
                ofMade.add(made.recognised().get(i));
                ofReal.add(real.recognised().get(i));
            }
        }
        return labels.isEmpty()
                ? Optional.empty()
                : Optional.of(new SampleQuality.Judgement(
                        Recognition.of(name, labels, ofMade), Recognition.of(name, labels, ofReal)));
    }
}
