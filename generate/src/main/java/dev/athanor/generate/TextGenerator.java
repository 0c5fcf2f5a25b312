package dev.athanor.generate;

import dev.athanor.data.text.Tokenizer;
import dev.athanor.model.Endings;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.SampleFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Writes texts with a trained model.
///
/// A text that outgrows a Transformer's context goes on with the last half of the context as its memory, read
/// anew; a recurrent model carries its state and needs no such step. Used by one caller at a time.
public final class TextGenerator {
    private final Decoder decoder;
    private final Tokenizer tokenizer;
    private final SampleFormat format;
    private final Vocabulary vocabulary;
    private final Endings endings;

    /// Opens a model for writing. Starts no native library.
    ///
    /// @throws dev.athanor.model.ModelException naming the file at fault
    public static TextGenerator open(ModelFolder folder) {
        Tokenizer tokenizer = folder.tokenizer();
        return new TextGenerator(
                new TextGenerator(Decoders.open(folder), tokenizer, folder.format(), Vocabulary.of(folder.card())),
                folder.endings(tokenizer));
    }

    TextGenerator(Decoder decoder, Tokenizer tokenizer, SampleFormat format, Vocabulary vocabulary) {
        if (tokenizer.size() > decoder.vocabulary()) {
            throw new IllegalArgumentException(
                    "the tokenizer has %d tokens but the model knows %d: they do not belong together"
                            .formatted(tokenizer.size(), decoder.vocabulary()));
        }
        this.decoder = decoder;
        this.tokenizer = tokenizer;
        this.format = format;
        this.vocabulary = vocabulary;
        this.endings = Endings.of(tokenizer, format);
    }

    private TextGenerator(TextGenerator same, Endings endings) {
        decoder = same.decoder;
        tokenizer = same.tokenizer;
        format = same.format;
        vocabulary = same.vocabulary;
        this.endings = endings;
    }

    /// Writes what was asked for and returns it.
    public List<WrittenText> write(TextRequest request) {
        return write(request, _ -> {});
    }

    /// Writes what was asked for, one text after another, and passes each piece on as it comes.
    ///
    /// @throws IllegalArgumentException for a prompt longer than the model's context, with both numbers, and
    ///     for fields or values that the model does not know, with the nearest that it does
    public List<WrittenText> write(TextRequest request, Consumer<TextPiece> pieces) {
        int[] prompt = prompt(request);
        decoder.reset();
        float[] scores = decoder.accept(prompt);
        List<WrittenText> written = new ArrayList<>();
        for (int i = 0; i < request.count(); i++) {
            Decoder own = i + 1 < request.count() ? decoder.fork() : decoder;
            written.add(write(request, i, new Start(own, prompt, scores.clone()), pieces));
        }
        return written;
    }

    /// A decoder that has read a prompt, and its scores of what follows.
    private record Start(Decoder decoder, int[] prompt, float[] scores) {}

    /// Writes one text with a decoder that has read nothing.
    WrittenText write(TextRequest request, int index, Decoder fresh, Consumer<TextPiece> pieces) {
        int[] prompt = prompt(request);
        return write(request, index, new Start(fresh, prompt, fresh.accept(prompt)), pieces);
    }

    private WrittenText write(TextRequest request, int index, Start start, Consumer<TextPiece> pieces) {
        Sampler sampler = new Sampler(
                request.sampling(), request.seed().branch("text " + index).random());
        sampler.saw(start.prompt());
        TextStream stream = new TextStream(
                request.stops(), format.fillings(request.fields()), text -> pieces.accept(new TextPiece(index, text)));
        return new Sequence(start.decoder(), start.prompt(), request.maximumTokens())
                .write(start.scores(), sampler, stream);
    }

    /// The tokens of a request's start, checked.
    private int[] prompt(TextRequest request) {
        vocabulary.check(format, request.fields());
        int[] prompt = format.prompt(tokenizer, request.fields(), request.prompt());
        if (prompt.length == 0) {
            // A running text begins wherever it is opened; after a line break is the likeliest place.
            prompt = format.prompt(tokenizer, Map.of(), "\n");
        }
        OptionalInt context = decoder.context();
        if (context.isPresent() && prompt.length > context.getAsInt()) {
            throw new IllegalArgumentException(
                    "the prompt has %d tokens but this model reads at most %d: shorten it, or use a model with a longer context"
                            .formatted(prompt.length, context.getAsInt()));
        }
        return prompt;
    }

    /// One text under way.
    private final class Sequence {
        private final Decoder decoder;
        private final int maximum;
        private final int promptTokens;
        private int[] tokens;
        private int length;

        Sequence(Decoder decoder, int[] prompt, int maximum) {
            this.decoder = decoder;
            this.maximum = maximum;
            promptTokens = prompt.length;
            tokens = Arrays.copyOf(prompt, prompt.length + Math.min(maximum, 1024));
            length = prompt.length;
        }

        WrittenText write(float[] firstScores, Sampler sampler, TextStream stream) {
            float[] scores = firstScores;
            WrittenText.Ending ending = WrittenText.Ending.LENGTH;
            int written = 0;
            while (written < maximum) {
                hideUnspeakable(scores);
                int token = sampler.next(scores);
                written++;
                if (endings.ends().contains(token)) {
                    ending = WrittenText.Ending.END;
                    break;
                }
                stream.add(tokenizer.bytes(token));
                if (stream.stopped()) {
                    ending = WrittenText.Ending.STOP;
                    break;
                }
                if (written < maximum) {
                    scores = accept(token);
                }
            }
            stream.end();
            return new WrittenText(stream.text(), ending, promptTokens, written);
        }

        private float[] accept(int token) {
            if (length == tokens.length) {
                tokens = Arrays.copyOf(tokens, length * 2);
            }
            tokens[length++] = token;
            OptionalInt context = decoder.context();
            if (context.isEmpty() || decoder.position() < context.getAsInt()) {
                return decoder.accept(token);
            }
            decoder.reset();
            return decoder.accept(Arrays.copyOfRange(tokens, length - Math.max(1, context.getAsInt() / 2), length));
        }
    }

    /// Ids that no tokenizer entry stands behind, and marks that have no place inside a text, are never drawn.
    private void hideUnspeakable(float[] scores) {
        for (int token = tokenizer.size(); token < scores.length; token++) {
            scores[token] = Float.NEGATIVE_INFINITY;
        }
        for (int token : endings.hidden()) {
            if (token < scores.length) {
                scores[token] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}
