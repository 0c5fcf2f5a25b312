package dev.athanor.data.clean;

import dev.athanor.data.DataException;
import dev.athanor.data.Kind;
import dev.athanor.data.Sample;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Drops texts that a language model finds too surprising, which are mostly no sentences of its language, or hardly at
/// all, which are mostly copies and forms (Wenzek et al. 2020, CCNet, section 4.2). What is much or little depends on
/// model and tokenizer: without limits nothing is dropped, and the spread that the report tells says where they are.
@About(
        "drop texts by their perplexity under a language model of yours; without limits its spread is told. Slow: about 9,000 tokens a second with a Transformer of a million parameters, a tenth of that with ten million")
record Perplexity(
        @About("the language model, by its name in athanor models list; must be given")
        String model,

        @About("perplexity for each token above which a text is dropped")
        double highest,

        @About("perplexity below which a text is dropped") double lowest)
        implements Step {
    static final Perplexity USUAL = new Perplexity("", Double.POSITIVE_INFINITY, 0);

    private static final String SHORT = "too short to tell";

    Perplexity {
        if (!(lowest >= 0 && highest >= lowest)) {
            throw new IllegalArgumentException(
                    "highest %s and lowest %s: expected 0 or more, and highest at least lowest"
                            .formatted(highest, lowest));
        }
    }

    @Override
    public boolean suits(Kind kind) {
        return kind == Kind.TEXT;
    }

    @Override
    public Treatment open(Surroundings around) {
        if (model.isEmpty()) {
            throw new IllegalArgumentException(
                    "the step perplexity needs a model, for example  - perplexity: {model: my-model, highest: 500}");
        }
        Scorer scorer = around.models().open(model);
        return new Treatment() {
            private final Counter found = new Counter();

            @Override
            public Outcome of(Sample sample) {
                Scorer.Score score = scorer.of(sample);
                if (score.tokens() == 0) {
                    found.add(SHORT);
                    return new Outcome.Kept(sample);
                }
                double perplexity = checked(score.perplexity(), sample);
                found.add(Spread.bucket(perplexity));
                return perplexity > highest
                        ? new Outcome.Dropped("perplexity too high")
                        : perplexity < lowest ? new Outcome.Dropped("perplexity too low") : new Outcome.Kept(sample);
            }

            @Override
            public SequencedMap<String, Long> drainFound() {
                return found.drain();
            }
        };
    }

    private double checked(double perplexity, Sample sample) {
        if (Double.isNaN(perplexity)) {
            throw new DataException(
                    "the model %s has no number for %s: its weights are none. Train it again, or take another"
                            .formatted(model, sample.origin()));
        }
        return perplexity;
    }

    @Override
    public SequencedMap<String, Number> told(Map<String, Long> found) {
        SequencedMap<String, Long> buckets = new TreeMap<>(found);
        Long tooShort = buckets.remove(SHORT);
        SequencedMap<String, Number> told = new LinkedHashMap<>(Spread.of(buckets));
        if (tooShort != null) {
            told.put(SHORT, tooShort);
        }
        return told;
    }
}
