package dev.athanor.check;

import dev.athanor.data.text.BytePairTokenizer;
import dev.athanor.data.text.CharacterTokenizer;
import dev.athanor.data.text.Tokenizer;
import dev.athanor.model.LanguageModel;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.SampleFormat;
import dev.athanor.model.Transformer;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.torch.Tensors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import tools.jackson.databind.node.JsonNodeFactory;

/// The folders that `interchange.py read` shows to transformers: tiny models with weights from a seed, written
/// as a training writes its model. After a change of what a folder holds: `bench/interchange/run.sh --golden`.
final class AthanorFolders {
    static final List<String> NAMES = List.of("athanor-documents", "athanor-fields", "athanor-stream");

    private static final List<String> TEXTS = List.of(
            "The tea is green and the cup is blue, the tea is in the cup and the pot is warm.", "绿茶 与 红茶 的 茶杯。");

    private AthanorFolders() {}

    static void main(String[] arguments) {
        NAMES.forEach(name -> write(name, Path.of(arguments[0])));
    }

    static ModelFolder write(String name, Path into) {
        Engine.start(Device.CPU);
        return switch (name) {
            case "athanor-documents" -> {
                Tokenizer tokenizer = BytePairTokenizer.train(TEXTS.iterator(), 290);
                yield write(
                        into.resolve(name),
                        new Transformer.Config(tokenizer.size(), 64, 2, 4, 2, 16, 24, 1e-5, 10_000, true),
                        new SampleFormat(SampleFormat.Arrangement.DOCUMENTS, List.of()),
                        tokenizer);
            }
            case "athanor-fields" -> {
                Tokenizer tokenizer = CharacterTokenizer.train(TEXTS.iterator());
                yield write(
                        into.resolve(name),
                        new Transformer.Config(tokenizer.size(), 64, 1, 4, 1, 16, 24, 1e-6, 500_000, false),
                        new SampleFormat(SampleFormat.Arrangement.DOCUMENTS, List.of("tone")),
                        tokenizer);
            }
            case "athanor-stream" -> {
                Tokenizer tokenizer = CharacterTokenizer.train(TEXTS.iterator());
                yield write(
                        into.resolve(name),
                        new Transformer.Config(tokenizer.size(), 64, 2, 2, 2, 16, 24, 1e-5, 10_000, false),
                        new SampleFormat(SampleFormat.Arrangement.STREAM, List.of()),
                        tokenizer);
            }
            default -> throw new IllegalArgumentException("no folder " + name + ": expected one of " + NAMES);
        };
    }

    private static ModelFolder write(Path folder, Transformer.Config config, SampleFormat format, Tokenizer tokenizer) {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            LanguageModel model = config.open();
            SplittableRandom random = new SplittableRandom(69);
            model.tensors().forEach((name, tensor) -> {
                float[] values = new float[(int) tensor.numel()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (random.nextDouble(-0.7, 0.7) + (name.contains("norm") ? 1 : 0));
                }
                if (name.equals("lm_head.weight")) { // of the character models, whose last tokens are single bytes
                    // Scored 0, they are never the likeliest: runs of bytes that are no UTF-8 are spelled with other
                    // numbers of U+FFFD there.
                    Arrays.fill(values, values.length - 256 * config.width(), values.length, 0);
                }
                tensor.copy_(Tensors.of(values, values.length).view(tensor.sizes()));
            });
            return ModelFolder.write(
                    folder,
                    model,
                    new ModelFolder.Description(
                            format,
                            Optional.of(tokenizer),
                            JsonNodeFactory.instance.objectNode(),
                            "Random weights, for a test.\n"));
        }
    }
}
