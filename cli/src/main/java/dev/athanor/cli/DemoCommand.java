package dev.athanor.cli;

import dev.athanor.data.Cleaner;
import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.ImportOptions;
import dev.athanor.data.Importer;
import dev.athanor.data.Seed;
import dev.athanor.data.Split;
import dev.athanor.data.Workspace;
import dev.athanor.data.shop.Shop;
import dev.athanor.evaluate.Evaluator;
import dev.athanor.generate.Content;
import dev.athanor.generate.Ledger;
import dev.athanor.generate.Origin;
import dev.athanor.generate.TextGenerator;
import dev.athanor.generate.TextOutputs;
import dev.athanor.generate.TextRequest;
import dev.athanor.generate.WrittenText;
import dev.athanor.model.ModelFolder;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.train.Recipe;
import dev.athanor.train.RecipeFile;
import dev.athanor.train.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = "The whole loop on the built-in sample business, a small tea shop: offline, in minutes.")
final class DemoCommand implements Callable<Integer> {
    private static final Seed SEED = new Seed(2026);

    @Mixin
    private Setting setting;

    @Option(names = "--quick", description = "A smaller model, under a minute.")
    private boolean quick;

    @Option(names = "--no-serve", description = "End when it is done. (There is no server yet: it always does.)")
    private boolean noServe;

    @Override
    public Integer call() {
        Terminal terminal = setting.terminal();
        Workspace workspace = setting.workspace();
        Datasets datasets = new Datasets(workspace);

        terminal.result("1. The shop writes its texts: Crane & Kettle, 鹤壶茶舍");
        Path shop = workspace.root().resolve("sample-business");
        if (!Files.exists(shop)) {
            new Shop(SEED.branch("shop"), quick ? 500 : 1500).write(shop);
        }

        terminal.result("2. Import and clean");
        ImportOptions options = ImportOptions.of("shop").withLicence("Apache-2.0");
        Dataset raw = Importer.run(
                datasets, options, List.of(shop.resolve(Shop.COPY_ENGLISH), shop.resolve(Shop.COPY_CHINESE)));
        DataCommand.tell(terminal, raw);
        Dataset clean = Cleaner.run(datasets, raw, Cleaner.Limits.NONE);
        DataCommand.tell(terminal, clean);

        terminal.result("3. Train a language model");
        Recipe recipe = RecipeFile.read(
                "text-transformer",
                List.of(
                        "name=demo",
                        "data.fields=category,product,tone",
                        "data.verbatim=product",
                        "model.width=" + (quick ? 96 : 160),
                        "model.layers=" + (quick ? 2 : 4),
                        "training.minutes=" + (quick ? 0.35 : 2),
                        "training.evaluateEvery=" + (quick ? 50 : 100)));
        Trainer.Outcome outcome = TrainCommand.run(setting, recipe, clean);
        if (outcome.interrupted()) {
            return Main.INTERRUPTED;
        }
        ModelFolder model = outcome.model().orElseThrow();

        terminal.result("4. Measure it");
        Evaluator evaluator =
                new Evaluator(Engine.start(Device.AUTO), new Evaluator.Settings(30, 96, SEED.branch("report")));
        terminal.result(
                evaluator.evaluate(model, clean, Split.TEST).toMarkdown().strip());

        terminal.result("");
        terminal.result("5. Generate");
        write(workspace, model, Map.of("category", "green tea", "product", "Lakeside Longjing", "tone", "elegant"));
        write(workspace, model, Map.of("category", "绿茶", "product", "春螺碧螺春", "tone", "温暖"));

        terminal.result("");
        terminal.result("Everything is in %s. Go on with:".formatted(workspace.root()));
        String place = " --workspace " + workspace.root();
        terminal.result("  athanor generate %s --field \"category=green tea\"%s".formatted(model.name(), place));
        terminal.result("  athanor data import YOUR-FILES --name mine" + place);
        return 0;
    }

    private void write(Workspace workspace, ModelFolder model, Map<String, String> fields) {
        Terminal terminal = setting.terminal();
        TextRequest request = TextRequest.of("", SEED).withFields(new LinkedHashMap<>(fields));
        terminal.piece(new java.util.TreeMap<>(fields) + ": ");
        List<WrittenText> written = TextGenerator.open(model).write(request, piece -> terminal.piece(piece.text()));
        terminal.piece("\n");
        List<Content> contents = new TextOutputs(Ledger.in(workspace.outputs()), Origin.of(model), "Crane & Kettle")
                .enter(new TextOutputs.Batch(request, written, Instant.now()));
        terminal.result(
                "  " + dev.athanor.generate.AiMark.notice(contents.getFirst().id()));
    }
}
