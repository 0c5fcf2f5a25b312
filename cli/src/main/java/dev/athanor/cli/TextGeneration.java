package dev.athanor.cli;

import dev.athanor.generate.AiMark;
import dev.athanor.generate.Content;
import dev.athanor.generate.Sampling;
import dev.athanor.generate.TextGenerator;
import dev.athanor.generate.TextOutputs;
import dev.athanor.generate.TextPiece;
import dev.athanor.generate.TextRequest;
import dev.athanor.generate.TextVariations;
import dev.athanor.generate.WrittenText;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.SampleFormat;
import dev.athanor.model.TextVae;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What `generate` does with a model of texts, and the options for that.
final class TextGeneration {
    @Option(
            names = "--length",
            paramLabel = "TOKENS",
            description = "How long each may get. Default: ${DEFAULT-VALUE}.")
    private int length = 256;

    @Option(
            names = "--temperature",
            paramLabel = "NUMBER",
            description = "Below 1 safer, above 1 wilder. Default: ${DEFAULT-VALUE}.")
    private double temperature = 0.8;

    @Option(names = "--greedy", description = "Always the likeliest token.")
    private boolean greedy;

    @Option(names = "--top-k", paramLabel = "K", description = "Only the k likeliest tokens. Default: all.")
    private int topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "Only the likeliest tokens that make up p. Default: ${DEFAULT-VALUE}.")
    private double topP = 0.95;

    @Option(
            names = "--min-p",
            paramLabel = "P",
            description = "Only tokens at least this likely, relative to the best. Default: 0.")
    private double minP;

    @Option(
            names = "--repetition-penalty",
            paramLabel = "NUMBER",
            description = "Above 1 discourages repetition. Default: ${DEFAULT-VALUE}.")
    private double repetitionPenalty = 1;

    @Option(names = "--stop", paramLabel = "TEXT", description = "End before this. Repeatable.")
    private List<String> stops = List.of();

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

    @Option(names = "--format", paramLabel = "FORMAT", description = "txt, md or jsonl, for --out. Default: txt.")
    private TextOutputs.Kind format = TextOutputs.Kind.TXT;

    /// Writes, shows and enters the texts.
    int run(GenerateCommand.Asked asked) {
        TextRequest request =
                new TextRequest(asked.prompt(), asked.fields(), asked.count(), length, stops, sampling(), asked.seed());
        boolean live = !asked.json() && asked.count() == 1 && asked.out().isEmpty() && from.isEmpty();
        Live shown = new Live(asked.terminal(), asked.prompt());
        List<WrittenText> written = write(asked.model(), request, live ? shown : _ -> {});
        if (live) {
            shown.end();
        }
        TextOutputs outputs = new TextOutputs(asked.ledger(), asked.origin(), asked.producer());
        TextOutputs.Batch batch = new TextOutputs.Batch(request, written, Instant.now(), sources(written.size()));
        List<Content> contents =
                asked.out().isPresent() ? outputs.write(batch, asked.out().get(), format) : outputs.enter(batch);
        tell(asked, batch, contents, live);
        return 0;
    }

    /// Shows a text while it is written. The prompt stands before its first piece, so that one which is
    /// refused is not shown as if something were to follow.
    private static final class Live implements Consumer<TextPiece> {
        private final Terminal terminal;
        private final String prompt;
        private boolean begun;

        Live(Terminal terminal, String prompt) {
            this.terminal = terminal;
            this.prompt = prompt;
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
        if (from.isPresent() && !request.prompt().isEmpty()) {
            throw new IllegalArgumentException(
                    "--prompt and --from were both given: a text is either gone on with or written again, so leave one out");
        }
        if (from.isPresent() && to.isEmpty() && request.count() > 1) {
            throw new IllegalArgumentException(
                    "--count %d with --from alone: a text is written again once; give --to TEXT for texts between two"
                            .formatted(request.count()));
        }
        TextVariations vae = TextVariations.open(folder);
        if (to.isPresent()) {
            return vae.interpolate(from.get(), to.get(), Math.max(2, request.count()), request);
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

    private static void tell(
            GenerateCommand.Asked asked, TextOutputs.Batch batch, List<Content> contents, boolean shown) {
        Terminal terminal = asked.terminal();
        if (asked.json()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < contents.size(); i++) {
                WrittenText text = batch.texts().get(i);
                array.addObject()
                        .put("id", contents.get(i).id())
                        .put("prompt", asked.prompt())
                        .put("text", text.text())
                        .put("ending", text.ending().name().toLowerCase(Locale.ROOT))
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
            if (asked.out().isPresent()) {
                terminal.result(content.file());
            } else if (!shown) {
                terminal.result(asked.prompt() + batch.texts().get(i).text());
                terminal.result("");
            }
        }
        tellOpen(asked, batch);
        asked.tellNotice(contents);
    }

    private static void tellOpen(GenerateCommand.Asked asked, TextOutputs.Batch batch) {
        for (String field : asked.model().format().open(asked.fields())) {
            String blank = SampleFormat.blank(field);
            if (batch.texts().stream().anyMatch(text -> text.text().contains(blank))) {
                asked.terminal()
                        .note("%s stands where the model says \"%s\", and none is given: give it with --field %s=VALUE"
                                .formatted(blank, field, field));
            }
        }
    }
}
