package dev.athanor.data;

import java.util.SplittableRandom;

/// The number that divides a sample from the others by chance.
final class SplitChance {
    private SplitChance() {}

    /// A number from 0 to below 1 that depends on the plan's seed and on what must stay together.
    static double of(SplitPlan plan, Sample sample) {
        return switch (plan) {
            case SplitPlan.Random(Seed seed, var _) -> of(seed, content(sample));
            case SplitPlan.Automatic(Seed seed, var _) -> of(seed, content(sample));
            case SplitPlan.Group(String field, Seed seed, var _) ->
                of(seed, sample.fields().getOrDefault(field, ""));
            case SplitPlan.Stratified(var _, Seed seed, var _) -> of(seed, content(sample));
            case SplitPlan.Time _, SplitPlan.Sequential _, SplitPlan.Given _ -> 0;
        };
    }

    /// Equal pictures stay together whatever their captions: a text that differs makes no new picture.
    static String content(Sample sample) {
        return sample.media().isEmpty()
                ? sample.textOrRow()
                : Hashes.sha256(sample.media().bytes());
    }

    private static double of(Seed seed, String text) {
        return new SplittableRandom(seed.branch(text).value()).nextDouble();
    }
}
