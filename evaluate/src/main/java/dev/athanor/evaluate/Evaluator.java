package dev.athanor.evaluate;

import dev.athanor.data.Dataset;
import dev.athanor.data.Durable;
import dev.athanor.data.Sample;
import dev.athanor.data.Seed;
import dev.athanor.data.Split;
import dev.athanor.data.text.Tokenizer;
import dev.athanor.generate.Sampling;
import dev.athanor.generate.TextGenerator;
import dev.athanor.generate.TextRequest;
import dev.athanor.generate.TextVariations;
import dev.athanor.generate.WrittenText;
import dev.athanor.model.LanguageModel;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.TextVae;
import dev.athanor.torch.Engine;
import dev.athanor.train.Corpus;
import dev.athanor.train.Recipe;
import dev.athanor.train.TextObjective;
import dev.athanor.train.TokenBatch;
import dev.athanor.train.TokenBatches;
import dev.athanor.train.TrainingPart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/// Measures a model on a split: the loss over all of it, and what its own texts are like.
public final class Evaluator {
    public static final String MARKDOWN = "report.md";
    public static final String JSON = "report.json";

    private static final int ROWS = 16;

    private final Engine engine;
    private final Settings settings;

    /// @param samples texts to generate, one of each set of fields where the model is conditioned
    /// @param length tokens each may have
    public record Settings(int samples, int length, Seed seed) {}

    public Evaluator(Engine engine, Settings settings) {
        this.engine = engine;
        this.settings = settings;
    }

    /// Measures, and writes `report.md` and `report.json` into the model's folder.
    public ReportCard evaluate(ModelFolder folder, Dataset dataset, Split split) {
        if (dataset.count(split) == 0) {
            throw new IllegalArgumentException(
                    "the dataset %s has no %s split: choose another with --split, or divide it anew"
                            .formatted(dataset.reference(), split.word()));
        }
        HeldOut heldOut = heldOut(folder, dataset, split);
        List<Map<String, String>> wishes = new ArrayList<>();
        List<List<String>> references = new ArrayList<>();
        wishes(folder, dataset, split, wishes, references);
        List<String> texts = write(folder, wishes);
        Copying.Index index = new Copying.Index();
        try (Stream<Sample> samples = dataset.samples(Split.TRAIN)) {
            samples.forEach(sample -> index.add(sample.text()));
        }
        boolean conditioned = !folder.format().fields().isEmpty();
        ReportCard card = new ReportCard(
                folder.name(),
                dataset.reference(),
                split.word(),
                heldOut,
                Diversity.of(texts),
                Copying.of(texts, index),
                conditioned ? Optional.of(Bleu.corpus(texts, references).score()) : Optional.empty(),
                conditioned ? Optional.of(Coverage.of(texts, wishes)) : Optional.empty(),
                texts);
        Durable.file(folder.folder().resolve(MARKDOWN), card.toMarkdown());
        Durable.file(folder.folder().resolve(JSON), card.toJson().toPrettyString());
        return card;
    }

    /// The loss over the whole split in fixed windows. For a vae it is the bound, an upper one, with one draw a
    /// text.
    public HeldOut heldOut(ModelFolder folder, Dataset dataset, Split split) {
        Tokenizer tokenizer = folder.tokenizer();
        Corpus corpus = Corpus.read(dataset, split, tokenizer, folder.format());
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            engine.seed(settings.seed().branch("held out").value());
            LanguageModel model = (LanguageModel) folder.open();
            model.module().to(engine.place(), false);
            model.module().eval();
            // A single lane for models that carry their state: the text as it stands, whatever the batch in training.
            int rows = model instanceof dev.athanor.model.Lstm || model instanceof dev.athanor.model.Gru ? 1 : ROWS;
            TextObjective objective = TextObjective.of(model, batchOf(rows), engine.place());
            double nats = 0;
            long tokens = 0;
            for (TokenBatch batch : TokenBatches.once(corpus, folder.language(), folder.format(), rows)) {
                try (PointerScope _ = new PointerScope()) {
                    nats += objective.sum(batch).item_double();
                    tokens += batch.asked();
                }
            }
            return new HeldOut(nats, tokens, corpus.characters(), corpus.bytes());
        }
    }

    private static TrainingPart batchOf(int rows) {
        TrainingPart usual = Recipe.DEFAULTS.training();
        return usual.withBatch(rows);
    }

    /// The first different sets of fields of the split, each with all its texts.
    private void wishes(
            ModelFolder folder,
            Dataset dataset,
            Split split,
            List<Map<String, String>> wishes,
            List<List<String>> references) {
        Map<Map<String, String>, List<String>> groups = new LinkedHashMap<>();
        try (Stream<Sample> samples = dataset.samples(split)) {
            samples.forEach(sample -> {
                Map<String, String> wish = new LinkedHashMap<>();
                folder.format().fields().forEach(field -> {
                    if (sample.fields().containsKey(field)) {
                        wish.put(field, sample.fields().get(field));
                    }
                });
                if (groups.containsKey(wish) || groups.size() < settings.samples()) {
                    groups.computeIfAbsent(wish, _ -> new ArrayList<>()).add(sample.text());
                }
            });
        }
        groups.forEach((wish, texts) -> {
            wishes.add(wish);
            references.add(texts);
        });
    }

    private List<String> write(ModelFolder folder, List<Map<String, String>> wishes) {
        TextRequest request =
                TextRequest.of("", settings.seed().branch("samples")).withMaximumTokens(settings.length());
        Function<TextRequest, List<WrittenText>> writer = writer(folder);
        if (folder.format().fields().isEmpty()) {
            return texts(writer.apply(request.withCount(settings.samples())));
        }
        List<String> texts = new ArrayList<>();
        TextRequest likeliest = request.withSampling(Sampling.greedy());
        wishes.forEach(wish -> texts.addAll(texts(writer.apply(likeliest.withFields(wish)))));
        return texts;
    }

    private static Function<TextRequest, List<WrittenText>> writer(ModelFolder folder) {
        if (folder.config() instanceof TextVae.Config) {
            TextVariations vae = TextVariations.open(folder);
            return request -> vae.sample(request, _ -> {});
        }
        return TextGenerator.open(folder)::write;
    }

    private static List<String> texts(List<WrittenText> written) {
        return written.stream().map(WrittenText::text).toList();
    }
}
