package dev.athanor.cli;

import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.Seed;
import dev.athanor.data.Split;
import dev.athanor.data.Workspace;
import dev.athanor.evaluate.Evaluator;
import dev.athanor.evaluate.ReportCard;
import dev.athanor.model.ModelFolder;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
            description =
                    "train, validation or test. Default: test, or validation where the dataset has no test split.")
    private Optional<Split> split = Optional.empty();

    @Option(names = "--samples", description = "Texts to generate and measure. Default: ${DEFAULT-VALUE}.")
    private int samples = 50;

    @Option(
            names = "--length",
            paramLabel = "TOKENS",
            description = "How long each may get. Default: ${DEFAULT-VALUE}.")
    private int length = 128;

    @Option(names = "--seed", description = "Of the samples. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--device", description = "auto, cpu or cuda. Default: auto.")
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
        ReportCard card = new Evaluator(Engine.start(device), new Evaluator.Settings(samples, length, new Seed(seed)))
                .evaluate(folder, dataset, split.orElse(dataset.count(Split.TEST) > 0 ? Split.TEST : Split.VALIDATION));
        Terminal terminal = setting.terminal();
        terminal.result(
                json ? card.toJson().toPrettyString() : card.toMarkdown().strip());
        terminal.note("Kept in " + folder.folder().resolve(Evaluator.MARKDOWN));
        return 0;
    }
}
