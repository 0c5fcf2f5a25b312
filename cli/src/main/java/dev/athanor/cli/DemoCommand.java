package dev.athanor.cli;

import dev.athanor.data.Cleaner;
import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.Durable;
import dev.athanor.data.ImportOptions;
import dev.athanor.data.Importer;
import dev.athanor.data.Seed;
import dev.athanor.data.Split;
import dev.athanor.data.Workspace;
import dev.athanor.data.shop.Shop;
import dev.athanor.evaluate.Evaluator;
import dev.athanor.evaluate.page.Block;
import dev.athanor.evaluate.page.Page;
import dev.athanor.model.ModelFolder;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.train.RecipeFile;
import dev.athanor.train.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = "The whole loop on the built-in sample business, a small tea shop: offline, in minutes.")
final class DemoCommand implements Callable<Integer> {
    private static final Seed SEED = new Seed(2026);

    /// The page that shows everything.
    private static final String PAGE = "index.html";

    @Mixin
    private Setting setting;

    @Option(names = "--quick", description = "Smaller models, in about a minute.")
    private boolean quick;

    @Option(names = "--no-serve", description = "End when it is done. (There is no server yet: it always does.)")
    private boolean noServe;

    private final List<Block> shown = new ArrayList<>();

    /// Ends the demo where a training was interrupted.
    private static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Interrupted() {
            super(null, null, false, false);
        }
    }

    @Override
    public Integer call() {
        Terminal terminal = setting.terminal();
        Workspace workspace = setting.workspace();
        terminal.result("1. The shop writes, draws and plays: Crane & Kettle, 鹤壶茶舍");
        Path shop = workspace.root().resolve(Shop.FOLDER);
        if (!Files.exists(shop)) {
            new Shop(SEED.branch("shop"), quick ? 500 : 1500).write(shop);
        }
        ModelFolder texts;
        ModelFolder pictures;
        ModelFolder sounds;
        try {
            texts = texts(shop);
            pictures = pictures(shop);
            sounds = sounds(shop);
        } catch (Interrupted _) {
            return Main.INTERRUPTED;
        }
        Path page = workspace.outputs().resolve(PAGE);
        Durable.file(
                page,
                Page.titled("Crane & Kettle · 鹤壶茶舍", "What three models made that were trained here, in minutes")
                        .withAll(shown)
                        .toHtml());
        terminal.result("");
        terminal.result("Everything it made, on one page: " + page);
        terminal.result("All else is in %s. Go on with:".formatted(workspace.root()));
        String place = " --workspace " + workspace.root();
        terminal.result("  athanor generate %s --field \"category=green tea\"%s".formatted(texts.name(), place));
        terminal.result(
                "  athanor generate %s --label thing=teapot --count 9 --animation%s".formatted(pictures.name(), place));
        terminal.result("  athanor generate %s --label mood=calm%s".formatted(sounds.name(), place));
        terminal.result("  athanor data import YOUR-FILES --name mine" + place);
        return 0;
    }

    private ModelFolder texts(Path shop) {
        Terminal terminal = setting.terminal();
        Datasets datasets = new Datasets(setting.workspace());
        terminal.result("");
        terminal.result("2. Texts: import and clean");
        ImportOptions options = ImportOptions.of("shop").withLicence("Apache-2.0");
        Dataset raw = Importer.run(
                datasets, options, List.of(shop.resolve(Shop.COPY_ENGLISH), shop.resolve(Shop.COPY_CHINESE)));
        DataCommand.tell(terminal, raw);
        Dataset clean = Cleaner.run(datasets, raw);
        DataCommand.tell(terminal, clean);
        terminal.result("   train a language model");
        ModelFolder model = train(
                clean,
                "text-transformer",
                List.of(
                        "name=demo",
                        "data.fields=category,product,tone",
                        "data.verbatim=product",
                        "model.width=" + (quick ? 96 : 160),
                        "model.layers=" + (quick ? 2 : 4),
                        "training.minutes=" + (quick ? 0.3 : 1.6),
                        "training.evaluateEvery=" + (quick ? 50 : 100)));
        terminal.result("   measure it");
        Evaluator evaluator =
                new Evaluator(Engine.start(Device.AUTO), new Evaluator.Settings(30, 96, SEED.branch("report")));
        terminal.result(
                evaluator.evaluate(model, clean, Split.TEST).toMarkdown().strip());
        terminal.result("");
        terminal.result("   write with it");
        shown.add(new Block.Section("Texts · 文案", "Advertising copy of products, told category, product and tone."));
        DemoContent content = new DemoContent(setting, SEED);
        shown.addAll(content.text(
                model, Map.of("category", "green tea", "product", "Lakeside Longjing", "tone", "elegant")));
        shown.addAll(content.text(model, Map.of("category", "绿茶", "product", "春螺碧螺春", "tone", "温暖")));
        return model;
    }

    private ModelFolder pictures(Path shop) {
        Terminal terminal = setting.terminal();
        terminal.result("");
        terminal.result("3. Pictures: import, train a diffusion model, make some");
        Dataset dataset = importMedia("shop-pictures", shop.resolve(Shop.PICTURES));
        ModelFolder model = train(
                dataset,
                "image-diffusion",
                List.of(
                        "name=demo",
                        "image.captions=none",
                        "model.width=" + (quick ? 32 : 48),
                        "training.batch=16",
                        "training.rate=0.004",
                        "training.warmup=20",
                        "training.minutes=" + (quick ? 0.35 : 1.4),
                        "training.average=" + (quick ? 0.98 : 0.995),
                        "training.evaluateEvery=" + (quick ? 20 : 50)));
        shown.add(new Block.Section("Pictures · 图片", "Product pictures, told a thing and a colour."));
        shown.addAll(new DemoContent(setting, SEED).pictures(model));
        return model;
    }

    private ModelFolder sounds(Path shop) {
        Terminal terminal = setting.terminal();
        terminal.result("");
        terminal.result("4. Sounds: import, train a diffusion model, make some");
        Dataset dataset = importMedia("shop-jingles", shop.resolve(Shop.JINGLES));
        ModelFolder model = train(
                dataset,
                "audio-diffusion",
                List.of(
                        "name=demo",
                        "model.width=" + (quick ? 24 : 32),
                        "model.patch=4",
                        "model.levels=[1, 2]",
                        "training.batch=8",
                        "training.rate=0.003",
                        "training.warmup=20",
                        "training.minutes=" + (quick ? 0.35 : 1.3),
                        "training.average=" + (quick ? 0.98 : 0.995),
                        "training.evaluateEvery=" + (quick ? 20 : 50)));
        shown.add(new Block.Section("Sounds · 声音", "Jingles, told a mood and an instrument."));
        shown.addAll(new DemoContent(setting, SEED).sounds(model));
        return model;
    }

    private Dataset importMedia(String name, Path folder) {
        Dataset dataset = Importer.run(
                new Datasets(setting.workspace()), ImportOptions.of(name).withLicence("Apache-2.0"), List.of(folder));
        DataCommand.tell(setting.terminal(), dataset);
        return dataset;
    }

    private ModelFolder train(Dataset dataset, String recipe, List<String> settings) {
        Trainer.Outcome outcome = TrainCommand.run(setting, RecipeFile.read(recipe, settings), dataset);
        Optional<ModelFolder> model = outcome.model();
        return model.orElseThrow(Interrupted::new);
    }
}
