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
    ///
    /// @param told what each sample was told, of all fields
    Optional<Judgement> judgement(List<? extends Map<String, String>> told, Seen made, Seen real) {
        List<Map<String, String>> asked = new ArrayList<>();
        List<String> ofMade = new ArrayList<>();
        List<String> ofReal = new ArrayList<>();
        for (int i = 0; i < told.size(); i++) {
            if (judge.values().contains(told.get(i).getOrDefault(judge.field(), ""))) {
                asked.add(told.get(i));
                ofMade.add(made.recognised().get(i));
                ofReal.add(real.recognised().get(i));
            }
        }
        return asked.isEmpty()
                ? Optional.empty()
                : Optional.of(new Judgement(
                        Recognition.of(name, judge.field(), asked, ofMade),
                        Recognition.of(name, judge.field(), asked, ofReal)));
    }
}
