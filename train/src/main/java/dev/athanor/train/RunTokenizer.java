package dev.athanor.train;

import dev.athanor.data.text.Tokenizer;
import dev.athanor.data.text.Tokenizers;
import dev.athanor.model.ModelFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// The tokenizer of a run: found once, then kept beside the checkpoints, so that a resumed run reads as before.
record RunTokenizer(Path file) {

    static RunTokenizer in(Path run) {
        return new RunTokenizer(run.resolve(ModelFolder.TOKENIZER));
    }

    /// The kept one, else that of the model that the run starts from, else a new one.
    Tokenizer orTrained(Optional<ModelFolder> start, Supplier<Tokenizer> training) {
        if (Files.exists(file)) {
            return Tokenizers.read(file);
        }
        Tokenizer tokenizer = start.map(ModelFolder::tokenizer).orElseGet(training);
        tokenizer.write(file);
        return tokenizer;
    }
}
