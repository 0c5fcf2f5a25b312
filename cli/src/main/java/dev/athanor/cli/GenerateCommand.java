package dev.athanor.cli;

import dev.athanor.data.Seed;
import dev.athanor.data.Workspace;
import dev.athanor.generate.AiMark;
import dev.athanor.generate.Content;
import dev.athanor.generate.Ledger;
import dev.athanor.generate.Origin;
import dev.athanor.generate.Sampling;
import dev.athanor.generate.TextGenerator;
import dev.athanor.generate.TextOutputs;
import dev.athanor.generate.TextPiece;
import dev.athanor.generate.TextRequest;
import dev.athanor.generate.TextVariations;
import dev.athanor.generate.WrittenText;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.TextVae;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(
        name = "generate",
        description = {"Write texts with a model. Each gets its line in the ledger, so that it can be traced.", ""},
        footer = {
            "",
            "Examples:",
            "  athanor generate MODEL --prompt \"ROMEO:\" --count 3 --seed 7",
            "  athanor generate MODEL --field category=tea --field tone=warm --out copy/ --format md",
            "  athanor generate VAE --from \"a text\"",
            "  athanor generate VAE --from \"a text\" --to \"another\" --count 5"
        })
final class GenerateCommand implements Callable<Integer> {
    @Mixin
    private Setting setting;

    @Parameters(paramLabel = "MODEL", description = "The model's name, or its folder.")
    private String model;

    @Option(names = "--prompt", description = "The first words, which the text goes on from.")
    private String prompt = "";

    @Option(
            names = {"--field", "--label"},
            paramLabel = "NAME=VALUE",
            description = "What the text shall be about, for models that were trained on fields. Repeatable.")
    private Map<String, String> fields = new LinkedHashMap<>();

    @Option(names = "--count", description = "How many texts. Default: ${DEFAULT-VALUE}.")
    private int count = 1;

    @Option(
            names = "--length",
            paramLabel = "TOKENS",
            description = "How long each may get. Default: ${DEFAULT-VALUE}.")
    private int length = 256;

    @Option(names = "--temperature", description = "Below 1 safer, above 1 wilder. Default: ${DEFAULT-VALUE}.")
    private double temperature = 0.8;

    @Option(names = "--greedy", description = "Always the likeliest token.")
    private boolean greedy;

    @Option(names = "--top-k", description = "Only the k likeliest tokens. Default: all.")
    private int topK;

    @Option(names = "--top-p", description = "Only the likeliest tokens that make up p. Default: ${DEFAULT-VALUE}.")
    private double topP = 0.95;

    @Option(names = "--min-p", description = "Only tokens at least this likely, relative to the best. Default: 0.")
    private double minP;

    @Option(names = "--repetition-penalty", description = "Above 1 discourages repetition. Default: ${DEFAULT-VALUE}.")
    private double repetitionPenalty = 1;

    @Option(names = "--stop", paramLabel = "TEXT", description = "End before this. Repeatable.")
    private List<String> stops = List.of();

    @Option(names = "--seed", description = "The same seed gives the same texts. Default: drawn, and told.")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "TEXT",
            description = "For a vae: the text to write again as it remembers it, or to start from.")
    private Optional<String> from = Optional.empty();

    @Option(
            names = "--to",
            paramLabel = "TEXT",
            description = "For a vae: the text to go to, in --count texts, at least 2.")
    private Optional<String> to = Optional.empty();

    @Option(names = "--out", paramLabel = "DIR", description = "Write files with marks into this folder.")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--format", description = "txt, md or jsonl, for --out. Default: txt.")
    private TextOutputs.Kind format = TextOutputs.Kind.TXT;

    @Option(
            names = "--producer",
            description = "Who answers for the content, in the hidden mark. Default: the workspace.")
    private Optional<String> producer = Optional.empty();

    @Option(names = "--json", description = "Print the texts as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Workspace workspace = setting.workspace();
        ModelFolder folder = ModelsCommand.find(workspace, model);
        long chosen = seed.orElseGet(() -> new SplittableRandom().nextLong() >>> 33);
        SequencedMap<String, String> about = new LinkedHashMap<>(fields);
        TextRequest request = new TextRequest(prompt, about, count, length, stops, sampling(), new Seed(chosen));
        boolean live = !json && count == 1 && out.isEmpty() && from.isEmpty();
        Terminal terminal = setting.terminal();
        Live shown = new Live(terminal);
        List<WrittenText> written = write(folder, request, live ? shown : _ -> {});
        if (live) {
            shown.end();
        }
        TextOutputs outputs = new TextOutputs(
                Ledger.in(workspace.outputs()),
                Origin.of(folder),
                producer.orElse(workspace.root().getFileName().toString()));
        TextOutputs.Batch batch = new TextOutputs.Batch(request, written, Instant.now(), sources(written.size()));
        List<Content> contents = out.isPresent() ? outputs.write(batch, out.get(), format) : outputs.enter(batch);
        tell(batch, contents, live);
        return 0;
    }

    /// Shows a text while it is written. The prompt stands before its first piece, so that one which is
    /// refused is not shown as if something were to follow.
    private final class Live implements Consumer<TextPiece> {
        private final Terminal terminal;
        private boolean begun;

        Live(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public void accept(TextPiece piece) {
            begin();
            terminal.piece(piece.text());
        }

        private void begin() {
            if (!begun) {
                terminal.piece(prompt);
                begun = true;
            }
        }

        void end() {
            begin();
            terminal.piece("\n");
        }
    }

    private Sampling sampling() {
        return greedy
                ? Sampling.greedy().withRepetitionPenalty(repetitionPenalty)
                : new Sampling(repetitionPenalty, temperature, topK, topP, minP);
    }

    private List<WrittenText> write(ModelFolder folder, TextRequest request, Consumer<TextPiece> pieces) {
        if (!(folder.config() instanceof TextVae.Config)) {
            if (from.isPresent() || to.isPresent()) {
                throw new IllegalArgumentException("--from and --to are for a vae, and \"%s\" is a %s: use --prompt"
                        .formatted(folder.name(), folder.config().family()));
            }
            return TextGenerator.open(folder).write(request, pieces);
        }
        if (to.isPresent() && from.isEmpty()) {
            throw new IllegalArgumentException("--to needs --from: the two texts to go between");
        }
        if (from.isPresent() && !prompt.isEmpty()) {
            throw new IllegalArgumentException(
                    "--prompt and --from were both given: a text is either gone on with or written again, so leave one out");
        }
        if (from.isPresent() && to.isEmpty() && count > 1) {
            throw new IllegalArgumentException(
                    "--count %d with --from alone: a text is written again once; give --to TEXT for texts between two"
                            .formatted(count));
        }
        TextVariations vae = TextVariations.open(folder);
        if (to.isPresent()) {
            return vae.interpolate(from.get(), to.get(), Math.max(2, count), request);
        }
        if (from.isPresent()) {
            return List.of(vae.reconstruct(from.get(), request));
        }
        return vae.sample(request, pieces);
    }

    private Content.Sources sources(int steps) {
        return from.isEmpty()
                ? Content.Sources.NONE
                : new Content.Sources(Stream.concat(from.stream(), to.stream()).toList(), steps);
    }

    private void tell(TextOutputs.Batch batch, List<Content> contents, boolean shown) {
        Terminal terminal = setting.terminal();
        if (json) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < contents.size(); i++) {
                WrittenText text = batch.texts().get(i);
                array.addObject()
                        .put("id", contents.get(i).id())
                        .put("prompt", prompt)
                        .put("text", text.text())
                        .put("ending", text.ending().name().toLowerCase(java.util.Locale.ROOT))
                        .put("promptTokens", text.promptTokens())
                        .put("tokens", text.tokens())
                        .put("seed", batch.request().seed().value())
                        .put("notice", AiMark.notice(contents.get(i).id()))
                        .put("file", contents.get(i).file());
            }
            terminal.result(array.toPrettyString());
            return;
        }
        for (int i = 0; i < contents.size(); i++) {
            Content content = contents.get(i);
            if (out.isPresent()) {
                terminal.result(content.file());
            } else if (!shown) {
                terminal.result(prompt + batch.texts().get(i).text());
                terminal.result("");
            }
        }
        terminal.note("%s%s, seed %d"
                .formatted(
                        AiMark.notice(contents.getFirst().id()),
                        contents.size() == 1 ? "" : " and %d more".formatted(contents.size() - 1),
                        batch.request().seed().value()));
    }
}
