package dev.athanor.evaluate;

import dev.athanor.data.Dataset;
import dev.athanor.data.Durable;
import dev.athanor.data.Sample;
import dev.athanor.data.Seed;
import dev.athanor.data.Split;
import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import dev.athanor.evaluate.page.Block;
import dev.athanor.generate.image.ImageGenerator;
import dev.athanor.generate.image.ImageRequest;
import dev.athanor.generate.show.ContactSheet;
import dev.athanor.model.ImageFormat;
import dev.athanor.model.ImageShape;
import dev.athanor.model.Judge;
import dev.athanor.model.ModelFolder;
import dev.athanor.torch.Engine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// Measures a model of pictures: what it makes is held against a split that it has not seen, and against what it
/// learnt from.
public final class ImageEvaluator {
    public static final String PAGE = "report.html";

    private static final int SHOWN = 64; // on the contact sheet
    private static final int PAIRS = 12; // of a sample and what it is nearest to
    private static final int MOST_REFERENCE = 10_000; // pictures that features are compared with

    private final Engine engine;
    private final Settings settings;

    /// @param samples pictures to make, told what the split's pictures show
    /// @param judge a classifier whose features are compared, and which says what it sees; none: pixels are compared
    public record Settings(int samples, Optional<ModelFolder> judge, Seed seed) {}

    public ImageEvaluator(Engine engine, Settings settings) {
        this.engine = engine;
        this.settings = settings;
    }

    /// Measures, and writes `report.md`, `report.json` and `report.html` into the model's folder.
    public ImageReportCard evaluate(ModelFolder folder, Dataset dataset, Split split) {
        ImageShape shape;
        List<Wish> wishes;
        List<Image> made = new ArrayList<>();
        try (ImageGenerator generator = ImageGenerator.open(folder, engine)) {
            shape = generator.shape();
            wishes = wishes(folder.images(), dataset, split, shape);
            wishes = make(generator, wishes, made);
        }
        List<Image> real = wishes.stream().map(Wish::real).toList();
        Learnt learnt = learnt(dataset, shape, new NearestSample.Search(Features.pixels(made), Features.pixels(real)));
        SampleQuality quality = quality(wishes, made, learnt);
        ImageReportCard card = new ImageReportCard(
                folder.name(), dataset.reference(), split.word(), quality, Optional.empty());
        Durable.file(folder.folder().resolve(Evaluator.MARKDOWN), card.toMarkdown());
        Durable.file(folder.folder().resolve(Evaluator.JSON), card.toJson().toPrettyString());
        Durable.file(
                folder.folder().resolve(PAGE),
                card.toPage(shown(dataset, shape, made, learnt.nearest())).toHtml());
        return card;
    }

    /// A picture of the split, and what it shows by the fields that the model knows.
    private record Wish(SequencedMap<String, String> fields, Image real) {}

    /// The first pictures of the split.
    private List<Wish> wishes(ImageFormat format, Dataset dataset, Split split, ImageShape shape) {
        try (Stream<Sample> samples = dataset.samples(split)) {
            return samples.limit(settings.samples())
                    .map(sample -> {
                        SequencedMap<String, String> fields = new LinkedHashMap<>();
                        for (ImageFormat.Field field : format.fields()) {
                            String value = sample.fields().getOrDefault(field.name(), "");
                            if (field.values().contains(value)) {
                                fields.put(field.name(), value);
                            }
                        }
                        return new Wish(fields, picture(sample, shape));
                    })
                    .toList();
        }
    }

    private static Image picture(Sample sample, ImageShape shape) {
        return shape.image(shape.planes(Png.read(sample.media().bytes())));
    }

    /// One picture for each wish, those that are told the same together.
    ///
    /// @return the wishes in the order that their pictures were made in
    private List<Wish> make(ImageGenerator generator, List<Wish> wishes, List<Image> made) {
        Map<SequencedMap<String, String>, List<Wish>> alike = new LinkedHashMap<>();
        wishes.forEach(wish -> alike.computeIfAbsent(wish.fields(), _ -> new ArrayList<>())
                .add(wish));
        List<Wish> ordered = new ArrayList<>();
        alike.forEach((fields, group) -> {
            ImageRequest request = new ImageRequest(
                    fields,
                    "",
                    group.size(),
                    ImageRequest.Denoising.USUAL,
                    settings.seed().branch("samples " + fields));
            made.addAll(generator.generate(request, _ -> {}));
            ordered.addAll(group);
        });
        return ordered;
    }

    /// @param reference pictures whose features are compared
    private record Learnt(List<Image> reference, NearestSample nearest) {}

    private static Learnt learnt(Dataset dataset, ImageShape shape, NearestSample.Search search) {
        List<Image> reference = new ArrayList<>();
        try (Stream<Sample> samples = dataset.samples(Split.TRAIN)) {
            samples.forEach(sample -> {
                Image picture = picture(sample, shape);
                search.add(Features.pixels(picture));
                if (reference.size() < MOST_REFERENCE) {
                    reference.add(picture);
                }
            });
        }
        return new Learnt(reference, search.result());
    }

    private SampleQuality quality(List<Wish> wishes, List<Image> made, Learnt learnt) {
        List<Image> real = wishes.stream().map(Wish::real).toList();
        Seed seed = settings.seed().branch("measures");
        if (settings.judge().isEmpty()) {
            Features generated = Features.pixels(made);
            Features heldOut = Features.pixels(real);
            return new SampleQuality(
                    Fidelity.of(Features.pixels(learnt.reference()), heldOut, generated, seed),
                    Optional.empty(),
                    learnt.nearest(),
                    Variety.of(heldOut, generated, seed));
        }
        try (Judge judge = Judge.open(settings.judge().get(), engine)) {
            Jury jury = new Jury(settings.judge().get().name(), judge);
            Jury.Seen generated = jury.see(made);
            Jury.Seen heldOut = jury.see(real);
            Features reference = jury.see(learnt.reference()).features();
            return new SampleQuality(
                    Fidelity.of(reference, heldOut.features(), generated.features(), seed),
                    jury.judgement(wishes.stream().map(Wish::fields).toList(), generated, heldOut),
                    learnt.nearest(),
                    Variety.of(heldOut.features(), generated.features(), seed));
        }
    }

    private List<Block> shown(Dataset dataset, ImageShape shape, List<Image> made, NearestSample nearest) {
        List<Image> some = spread(made);
        List<NearestSample.Match> closest = nearest.nearest(PAIRS);
        List<Image> pairs = new ArrayList<>();
        Map<Integer, Image> learnt = pictures(
                dataset, shape, closest.stream().map(NearestSample.Match::training).toList());
        closest.forEach(match -> pairs.add(made.get(match.sample())));
        closest.forEach(match -> pairs.add(learnt.get(match.training())));
        return List.of(
                new Block.Section("Samples", ""),
                new Block.Gallery(List.of(new Block.Picture(
                        "%d of the %d that were measured".formatted(some.size(), made.size()),
                        Png.write(ContactSheet.of(some).draw(some))))),
                new Block.Section(
                        "Copied?",
                        "The samples that come closest to a picture of the training split, and below each that picture."),
                new Block.Gallery(List.of(new Block.Picture(
                        "above: made; below: learnt from",
                        Png.write(ContactSheet.of(pairs)
                                .withColumns(closest.size())
                                .draw(pairs))))));
    }

    /// Some of them from all over the list, which is in the order of labels.
    private static List<Image> spread(List<Image> made) {
        int count = Math.min(SHOWN, made.size());
        List<Image> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(made.get((int) ((long) i * made.size() / count)));
        }
        return some;
    }

    private static Map<Integer, Image> pictures(Dataset dataset, ImageShape shape, List<Integer> numbers) {
        Map<Integer, Image> found = new LinkedHashMap<>();
        try (Stream<Sample> samples = dataset.samples(Split.TRAIN)) {
            int[] number = {0};
            samples.forEach(sample -> {
                if (numbers.contains(number[0]++)) {
                    found.put(number[0] - 1, picture(sample, shape));
                }
            });
        }
        return found;
    }
}
