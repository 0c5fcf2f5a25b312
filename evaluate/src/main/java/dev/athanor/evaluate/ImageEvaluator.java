package dev.athanor.evaluate;

import dev.athanor.data.Dataset;
import dev.athanor.data.Durable;
import dev.athanor.data.Sample;
import dev.athanor.data.Seed;
import dev.athanor.data.Split;
import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import dev.athanor.data.sound.Wav;
import dev.athanor.evaluate.page.Block;
import dev.athanor.generate.image.ImageRequest;
import dev.athanor.generate.show.ContactSheet;
import dev.athanor.model.Judge;
import dev.athanor.model.ModelFolder;
import dev.athanor.torch.Engine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Measures a model of pictures or of sounds: what it makes is held against a split that it has not seen, and
/// against what it learnt from.
public final class ImageEvaluator {
    public static final String PAGE = "report.html";

    private static final int SHOWN = 64; // on the contact sheet
    private static final int CLIPS = 20; // sounds on the page
    private static final int PAIRS = 12; // of a sample and what it is nearest to
    private static final int MOST_REFERENCE = 10_000; // pictures that features are compared with

    private final Engine engine;
    private final Settings settings;

    /// @param samples pictures to make, told what the split's pictures show
    /// @param denoising how a diffusion model gets to them
    /// @param vocoder what a model of sounds speaks with; none: Griffin-Lim
    /// @param judge a classifier whose features are compared, and which says what it sees; none: pixels are
    ///     compared
    public record Settings(
            int samples,
            ImageRequest.Denoising denoising,
            Optional<ModelFolder> vocoder,
            Optional<ModelFolder> judge,
            Seed seed) {}

    public ImageEvaluator(Engine engine, Settings settings) {
        this.engine = engine;
        this.settings = settings;
    }

    /// Measures, and writes `report.md`, `report.json` and `report.html` into the model's folder.
    public ImageReportCard evaluate(ModelFolder folder, Dataset dataset, Split split) {
        Examples examples = Examples.of(
                folder,
                engine,
                dataset,
                new Examples.Lot(split, settings.samples(), settings.denoising(), settings.vocoder(), settings.seed()));
        Learnt learnt = learnt(dataset, examples);
        Optional<Rebuilt> rebuilt = Rebuilt.of(folder, engine, examples);
        ImageReportCard card = new ImageReportCard(
                folder.name(),
                dataset.reference(),
                split.word(),
                Made.of(folder.config(), settings.denoising(), examples.voice()),
                quality(examples, learnt),
                rebuilt.map(pictures -> pictures.measured(learnt.mean())));
        List<Block> blocks = shown(dataset, examples, learnt.nearest());
        rebuilt.map(pictures -> pictures.shown(examples)).ifPresent(blocks::addAll);
        Durable.file(folder.folder().resolve(Evaluator.MARKDOWN), card.toMarkdown());
        Durable.file(folder.folder().resolve(Evaluator.JSON), card.toJson().toPrettyString());
        Durable.file(folder.folder().resolve(PAGE), card.toPage(blocks).toHtml());
        return card;
    }

    /// @param reference pictures whose features are compared
    /// @param mean of all of them
    private record Learnt(List<Image> reference, Image mean, NearestSample nearest) {}

    private static Learnt learnt(Dataset dataset, Examples examples) {
        NearestSample.Search search =
                new NearestSample.Search(Features.pixels(examples.made()), Features.pixels(examples.real()));
        List<Image> reference = new ArrayList<>();
        MeanPicture mean = new MeanPicture();
        Spread spread = new Spread(dataset.count(Split.TRAIN), MOST_REFERENCE);
        long[] number = {0};
        try (Stream<Sample> samples = dataset.samples(Split.TRAIN)) {
            samples.forEach(sample -> {
                Image picture = examples.picture(sample);
                search.add(Features.pixels(picture));
                mean.add(picture);
                if (spread.takes(number[0]++)) {
                    reference.add(picture);
                }
            });
        }
        NearestSample nearest = search.result(); // refuses a split without samples
        return new Learnt(reference, mean.image(), nearest);
    }

    private SampleQuality quality(Examples examples, Learnt learnt) {
        List<Image> made = examples.made();
        List<Image> real = examples.real();
        Seed seed = settings.seed().branch("measures");
        if (settings.judge().isEmpty()) {
            Features generated = Features.fewPixels(made);
            Features heldOut = Features.fewPixels(real);
            return new SampleQuality(
                    Fidelity.of(Features.fewPixels(learnt.reference()), heldOut, generated, seed),
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
                    jury.judgement(examples.fields(), generated, heldOut),
                    learnt.nearest(),
                    Variety.of(heldOut.features(), generated.features(), seed));
        }
    }

    private List<Block> shown(Dataset dataset, Examples examples, NearestSample nearest) {
        List<Image> made = examples.made();
        List<Image> some = examples.shown(Examples.spread(made, SHOWN));
        List<NearestSample.Match> closest = nearest.nearest(PAIRS);
        Map<Integer, Image> learnt = pictures(
                dataset,
                examples,
                closest.stream().map(NearestSample.Match::training).toList());
        PairSheet pairs = new PairSheet(
                examples.shown(
                        closest.stream().map(match -> made.get(match.sample())).toList()),
                examples.shown(closest.stream()
                        .map(match -> learnt.get(match.training()))
                        .toList()));
        List<Block> blocks = new ArrayList<>(List.of(
                new Block.Section("Samples", ""),
                new Block.Gallery(List.of(new Block.Picture(
                        "%d of the %d that were measured".formatted(some.size(), made.size()),
                        Png.write(ContactSheet.of(some).draw(some))))),
                new Block.Section(
                        "Copied?",
                        "The samples that come closest to a picture of the training split, and below each that picture."),
                pairs.block("above: made; below: learnt from")));
        blocks.addAll(heard(examples));
        return blocks;
    }

    /// Some of the sounds, to listen to.
    private static List<Block> heard(Examples examples) {
        List<Block.Clip> clips = new ArrayList<>();
        int count = Math.min(CLIPS, examples.sounds().size());
        for (int i = 0; i < count; i++) {
            int which = (int) ((long) i * examples.sounds().size() / count);
            String told = String.join(", ", examples.fields().get(which).values());
            Image spectrogram =
                    examples.shown(List.of(examples.made().get(which))).getFirst();
            clips.add(new Block.Clip(
                    told,
                    Wav.write(examples.sounds().get(which)),
                    Optional.of(new Block.Picture(told, Png.write(spectrogram)))));
        }
        return clips.isEmpty()
                ? List.of()
                : List.of(
                        new Block.Section(
                                "To listen to",
                                examples.voice().map("Spoken by %s."::formatted).orElse("")),
                        new Block.Sounds(clips));
    }

    private static Map<Integer, Image> pictures(Dataset dataset, Examples examples, List<Integer> numbers) {
        Map<Integer, Image> found = new LinkedHashMap<>();
        try (Stream<Sample> samples = dataset.samples(Split.TRAIN)) {
            int[] number = {0};
            samples.forEach(sample -> {
                if (numbers.contains(number[0]++)) {
                    found.put(number[0] - 1, examples.picture(sample));
                }
            });
        }
        return found;
    }
}
