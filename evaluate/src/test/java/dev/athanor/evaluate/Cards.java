package dev.athanor.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A report card's parts with numbers that were made up for the tests.
final class Cards {
    private Cards() {}

    static SampleQuality good() {
        return quality(
                new NearestSample(
                        "pixels",
                        List.of(new NearestSample.Match(0, 41, 3, 0.9), new NearestSample.Match(1, 7, 2.5, 0.75)),
                        10 / 3.0,
                        0,
                        0.02),
                new Variety(0.97, 0.93, 500, 500, 500),
                List.of("cup", "pot", "茶"),
                List.of("cup", "pot", "茶"));
    }

    static SampleQuality collapsed() {
        return quality(
                new NearestSample(
                        "pixels",
                        List.of(new NearestSample.Match(0, 41, 0.1, 0.03), new NearestSample.Match(1, 41, 0, 0)),
                        3.3,
                        1,
                        0.02),
                new Variety(0.1, 0, 2, 500, 500),
                List.of("cup", "pot", "<b>|\n"),
                List.of("cup", "cup", "cup"));
    }

    private static SampleQuality quality(
            NearestSample nearest, Variety variety, List<String> asked, List<String> recognised) {
        Recognition real = new Recognition(
                "classifier shop",
                "kind",
                95,
                100,
                Map.of("kind", Map.of("cup", new Recognition.Count(95, 100))),
                List.of(),
                List.of());
        return new SampleQuality(
                new Fidelity(
                        "classifier shop",
                        500,
                        scores(12.5, 0.031, new PrecisionRecall(0.81, 0.62, 0.9, 0.7, 5)),
                        scores(2.25, -0.0002, new PrecisionRecall(0.97, 0.96, 1.01, 0.95, 5))),
                Optional.of(new Judgement(Recognition.of("classifier shop", "kind", told(asked), recognised), real)),
                nearest,
                variety);
    }

    private static List<Map<String, String>> told(List<String> kinds) {
        return kinds.stream().map(kind -> Map.of("kind", kind)).toList();
    }

    private static Fidelity.Scores scores(double frechet, double kernel, PrecisionRecall precisionRecall) {
        return new Fidelity.Scores(
                new FrechetDistance(frechet, 1000, 500, 64), new KernelDistance(kernel, 0.0012, 250), precisionRecall);
    }
}
