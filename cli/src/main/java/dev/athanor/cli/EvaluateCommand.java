package dev.athanor.cli;

import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.Kind;
import dev.athanor.data.Seed;
import dev.athanor.data.Split;
import dev.athanor.data.Workspace;
import dev.athanor.evaluate.Evaluator;
import dev.athanor.evaluate.ImageEvaluator;
import dev.athanor.evaluate.ImageReportCard;
import dev.athanor.evaluate.ReportCard;
import dev.athanor.evaluate.SoundReportCard;
import dev.athanor.evaluate.VocoderEvaluator;
import dev.athanor.model.ImageClassifier;
import dev.athanor.model.ImageConfig;
import dev.athanor.model.LanguageConfig;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.SoundConfig;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "evaluate", description = "Measure a model: its report card, as Markdown and JSON.")
final class EvaluateCommand implements Callable<Integer> {
    @Mixin
    private Setting setting;

    @Parameters(paramLabel = "MODEL", description = "The model's name, or its folder.")
    private String model;

    @Option(names = "--data", paramLabel = "NAME", description = "The dataset. Default: the one it was trained on.")
    private Optional<String> data = Optional.empty();

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            description =
                    "train, validation or test. Default: test, or validation where the dataset has no test split.")
    private Optional<Split> split = Optional.empty();

    @Option(
            names = "--samples",
            paramLabel = "N",
            description =
                    "How many to generate and measure. Default: 50 texts, or 1000 pictures; of a vocoder, how many sounds it speaks again: 200.")
    private Optional<Integer> samples = Optional.empty();

    @Option(
            names = "--length",
            paramLabel = "TOKENS",
            description = "How long each text may get. Default: ${DEFAULT-VALUE}.")
    private int length = 128;

    @Option(
            names = "--judge",
            paramLabel = "MODEL",
            description =
                    "The classifier that looks at pictures. Default: the most accurate of the same dataset, where there is one.")
    private Optional<String> judge = Optional.empty();

    @ArgGroup(validate = false, heading = "%nModels of pictures and sounds that denoise:%n")
    private DenoisingOptions images = new DenoisingOptions();

    @ArgGroup(validate = false, heading = "%nModels of sounds:%n")
    private VoiceOption voice = new VoiceOption();

    @Option(names = "--seed", paramLabel = "N", description = "Of the samples. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--device", paramLabel = "DEVICE", description = "auto, cpu or cuda. Default: auto.")
    private Device device = Device.AUTO;

    @Option(names = "--json", description = "Print the card as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Workspace workspace = setting.workspace();
        ModelFolder folder = ModelsCommand.find(workspace, model);
        String reference = data.orElseGet(
                () -> folder.card().path("dataset").path("reference").asString(""));
        if (reference.isEmpty()) {
            throw new IllegalArgumentException(
                    "the card of %s names no dataset: say on which to measure, with --data NAME"
                            .formatted(folder.name()));
        }
        Dataset dataset = new Datasets(workspace).open(reference);
        if (dataset.kind() == Kind.TABLE) {
            throw new IllegalArgumentException(
                    "%s holds rows of a table, and models are measured on texts, pictures or sounds: choose another dataset with --data"
                            .formatted(dataset.reference()));
        }
        Split measured = split.orElse(dataset.count(Split.TEST) > 0 ? Split.TEST : Split.VALIDATION);
        if (dataset.count(measured) == 0) {
            throw new IllegalArgumentException(
                    "the dataset %s has no %s split: choose another with --split, or divide it anew"
                            .formatted(dataset.reference(), measured.word()));
        }
        refuseVoiceless(folder);
        Terminal terminal = setting.terminal();
        Printed printed = switch (folder.config()) {
            case LanguageConfig _ -> text(folder, dataset, measured);
            case ImageConfig _ -> image(workspace, folder, dataset, measured);
            case SoundConfig _ -> vocoder(folder, dataset, measured);
        };
        terminal.result(
                json ? printed.json().toPrettyString() : printed.markdown().strip());
        terminal.note("Kept in " + folder.folder().resolve(printed.file()));
        return 0;
    }

    private void refuseVoiceless(ModelFolder folder) {
        boolean speaks = folder.config() instanceof ImageConfig
                && folder.images().sound().isPresent();
        if (voice.isChosen() && !speaks) {
            throw new IllegalArgumentException(
                    "--vocoder chooses what a model of sounds speaks with, and %s is of the family %s, which makes none of spectrograms: leave it out"
                            .formatted(folder.name(), folder.config().family()));
        }
    }

    /// A card in both forms.
    ///
    /// @param file in the model's folder that people open
    private record Printed(String markdown, ObjectNode json, String file) {}

    private Printed text(ModelFolder folder, Dataset dataset, Split measured) {
        ReportCard card = new Evaluator(
                        Engine.start(device), new Evaluator.Settings(samples.orElse(50), length, new Seed(seed)))
                .evaluate(folder, dataset, measured);
        return new Printed(card.toMarkdown(), card.toJson(), Evaluator.MARKDOWN);
    }

    private Printed vocoder(ModelFolder folder, Dataset dataset, Split measured) {
        SoundReportCard card = new VocoderEvaluator(
                        Engine.start(device), new VocoderEvaluator.Settings(samples.orElse(200), new Seed(seed)))
                .evaluate(folder, dataset, measured);
        return new Printed(card.toMarkdown(), card.toJson(), ImageEvaluator.PAGE);
    }

    private Printed image(Workspace workspace, ModelFolder folder, Dataset dataset, Split measured) {
        Optional<ModelFolder> looking =
                judge.map(name -> ModelsCommand.find(workspace, name)).or(() -> judgeOf(workspace, dataset));
        if (looking.isEmpty()) {
            setting.terminal()
                    .note(
                            "No classifier was trained on %s: pixels are compared, and nobody says what the samples show. Better: athanor train image-classifier --data %s"
                                    .formatted(dataset.reference(), dataset.name()));
        }
        Optional<ModelFolder> speaker =
                folder.images().sound().flatMap(form -> voice.speaker(workspace, form.mel(), setting.terminal()));
        ImageReportCard card = new ImageEvaluator(
                        Engine.start(device),
                        new ImageEvaluator.Settings(
                                samples.orElse(1000), images.denoising(folder), speaker, looking, new Seed(seed)))
                .evaluate(folder, dataset, measured);
        return new Printed(card.toMarkdown(), card.toJson(), ImageEvaluator.PAGE);
    }

    private Optional<ModelFolder> judgeOf(Workspace workspace, Dataset dataset) {
        return ModelsCommand.all(workspace, setting.terminal()).stream()
                .filter(model -> model.config() instanceof ImageClassifier.Config)
                .filter(model -> model.card()
                        .path("dataset")
                        .path("reference")
                        .asString("")
                        .startsWith(dataset.name() + "@"))
                .max(Comparator.comparingDouble(
                        model -> model.card().path("metrics").path("accuracy").asDouble(0)));
    }
}
