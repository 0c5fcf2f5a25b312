package dev.athanor.data.clean;

import dev.athanor.data.Kind;
import dev.athanor.data.Media;
import dev.athanor.data.Sample;
import java.util.LinkedHashMap;

/// One step on one text, as words: what it becomes, or `dropped: ` and why.
final class Treated {
    static final Surroundings TEXTS = new Surroundings(Kind.TEXT, "label", new Salt("0123456789abcdef".repeat(4)));

    private Treated() {}

    static String by(Step step, String text) {
        return with(open(step), text);
    }

    static Treatment open(Step step) {
        return step.open(TEXTS);
    }

    static String with(Treatment treatment, String text) {
        return words(treatment.of(sample(text)));
    }

    static String by(Step step, byte[] media) {
        Kind kind = step.suits(Kind.IMAGE) ? Kind.IMAGE : Kind.SOUND;
        Sample sample = new Sample("1", "", new Media(media, "file"), new LinkedHashMap<>(), "file");
        return words(step.open(new Surroundings(kind, "", TEXTS.salt())).of(sample));
    }

    static Sample sample(String text) {
        return new Sample("1", text, new LinkedHashMap<>(), "file:1");
    }

    private static String words(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Kept(Sample sample) -> sample.text();
            case Outcome.Dropped(String reason) -> "dropped: " + reason;
        };
    }
}
