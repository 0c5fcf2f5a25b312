package dev.athanor.cli;

import dev.athanor.data.Seed;
import dev.athanor.data.Workspace;
import dev.athanor.generate.AiMark;
import dev.athanor.generate.Content;
import dev.athanor.generate.Ledger;
import dev.athanor.generate.Origin;
import dev.athanor.model.ImageConfig;
import dev.athanor.model.LanguageConfig;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.SoundConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "generate",
        description = {
            "Write texts, make pictures or sounds with a model. Each gets its line in the ledger, so that it can be traced.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  athanor generate MODEL --prompt \"ROMEO:\" --count 3 --seed 7",
            "  athanor generate MODEL --field category=tea --field tone=warm --out copy/ --format md",
            "  athanor generate VAE --from \"a text\" --to \"another\" --count 5",
            "  athanor generate PICTURES --label label=Sneaker --count 16 --animation",
            "  athanor generate PICTURES --prompt \"red apple\" --guidance 3",
            "  athanor generate VOICES --prompt \"three one four\" --label speaker=theo --flac"
        })
final class GenerateCommand implements Callable<Integer> {
    @Mixin
    private Setting setting;

    @Parameters(paramLabel = "MODEL", description = "The model's name, or its folder.")
    private String model;

    @Mixin
    private Wish wish;

    @ArgGroup(validate = false, heading = "%nTexts:%n")
    private TextGeneration texts = new TextGeneration();

    @ArgGroup(validate = false, heading = "%nPictures and sounds:%n")
    private ImageGeneration images = new ImageGeneration();

    @ArgGroup(validate = false, heading = "%nSounds:%n")
    private SoundGeneration sounds = new SoundGeneration();

    /// What every kind of content can be asked for with.
    static final class Wish {
        @Option(
                names = "--prompt",
                paramLabel = "TEXT",
                description =
                        "The first words, which a text goes on from; what a picture shall show; what a sound shall say.")
        private String prompt = "";

        @Option(
                names = {"--field", "--label"},
                paramLabel = "NAME=VALUE",
                description = "What it shall be about, for models that were trained on fields. Repeatable.")
        private Map<String, String> fields = new LinkedHashMap<>();

        @Option(names = "--count", paramLabel = "N", description = "How many. Default: ${DEFAULT-VALUE}.")
        private int count = 1;

        @Option(
                names = "--seed",
                paramLabel = "N",
                description = "The same seed gives the same content. Default: drawn, and told.")
        private Optional<Long> seed = Optional.empty();

        @Option(
                names = "--out",
                paramLabel = "DIR",
                description =
                        "Write files with marks into this folder. Default: texts are only shown, the others go into the workspace's outputs.")
        private Optional<Path> out = Optional.empty();

        @Option(
                names = "--producer",
                paramLabel = "NAME",
                description = "Who answers for the content, in the hidden mark. Default: the workspace.")
        private Optional<String> producer = Optional.empty();

        @Option(names = "--json", description = "Print as JSON.")
        private boolean json;

        Asked of(ModelFolder model, Setting setting) {
            return new Asked(
                    setting.workspace(),
                    setting.terminal(),
                    model,
                    prompt,
                    new LinkedHashMap<>(fields),
                    count,
                    new Seed(seed.orElseGet(() -> new SplittableRandom().nextLong() >>> 33)),
                    out,
                    producer.orElse(setting.workspace().root().getFileName().toString()),
                    json);
        }
    }

    /// What is asked of which model, and where the answer goes.
    record Asked(
            Workspace workspace,
            Terminal terminal,
            ModelFolder model,
            String prompt,
            SequencedMap<String, String> fields,
            int count,
            Seed seed,
            Optional<Path> out,
            String producer,
            boolean json) {
        Ledger ledger() {
            return Ledger.in(workspace.outputs());
        }

        Origin origin() {
            return Origin.of(model);
        }

        /// The visible mark, and the seed that makes the same again.
        void tellNotice(List<Content> contents) {
            terminal.note("%s%s, seed %d"
                    .formatted(
                            AiMark.notice(contents.getFirst().id()),
                            contents.size() == 1 ? "" : " and %d more".formatted(contents.size() - 1),
                            seed.value()));
        }
    }

    @Override
    public Integer call() {
        ModelFolder folder = ModelsCommand.find(setting.workspace(), model);
        Asked asked = wish.of(folder, setting);
        return switch (folder.config()) {
            case LanguageConfig _ -> texts.run(asked);
            case ImageConfig _ -> folder.images().sound().isPresent() ? sounds.run(asked, images) : images.run(asked);
            case SoundConfig _ ->
                throw new IllegalArgumentException(
                        "the model %s is a vocoder and makes sounds of spectrograms, which a model of sounds makes first: name such a model, and it speaks with --vocoder %s"
                                .formatted(folder.name(), folder.name()));
        };
    }
}
