package dev.athanor.generate.sound;

import dev.athanor.generate.CodeWriter;
import dev.athanor.generate.Sampling;
import dev.athanor.generate.image.ImageGenerator;
import dev.athanor.generate.image.ImageRequest;
import dev.athanor.model.ImageFormat;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.SoundCodec;
import dev.athanor.model.SoundCoder;
import dev.athanor.torch.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Makes the spectrograms of sounds, each (bands, frames) from about -1 to 1. Owns native memory: close it.
sealed interface Spectrograms extends AutoCloseable {

    List<float[]> planes(ImageRequest request);

    @Override
    void close();

    /// What a model of sounds makes them with.
    static Spectrograms open(ModelFolder folder, Engine engine) {
        return folder.config() instanceof SoundCodec.Config
                ? new Written(folder.images(), CodeWriter.open(folder), SoundCoder.open(folder, engine))
                : new Drawn(ImageGenerator.open(folder, engine));
    }

    /// As pictures are.
    record Drawn(ImageGenerator generator) implements Spectrograms {
        @Override
        public List<float[]> planes(ImageRequest request) {
            return generator.planes(request);
        }

        @Override
        public void close() {
            generator.close();
        }
    }

    /// Code by code, as a text is written word by word.
    record Written(ImageFormat format, CodeWriter writer, SoundCoder coder) implements Spectrograms {
        private static final int TOGETHER = 64; // sounds that come back from their codes at once

        @Override
        public List<float[]> planes(ImageRequest request) {
            request.refuseIfPrompted(format);
            CodeWriter.Way way =
                    new CodeWriter.Way(SAMPLING, request.denoising().guidance());
            int[][] codes = writer.write(format.asked(request.fields()), request.count(), way, request.seed());
            List<float[]> planes = new ArrayList<>();
            for (int from = 0; from < codes.length; from += TOGETHER) {
                int to = Math.min(codes.length, from + TOGETHER);
                float[] some = coder.planes(
                        Arrays.stream(codes, from, to)
                                .flatMapToInt(Arrays::stream)
                                .toArray(),
                        to - from);
                int size = coder.config().shape().numbers();
                for (int row = 0; row < to - from; row++) {
                    planes.add(Arrays.copyOfRange(some, row * size, (row + 1) * size));
                }
            }
            return planes;
        }

        @Override
        public void close() {
            coder.close();
        }
    }

    /// Rare codes are where a sound breaks.
    Sampling SAMPLING = Sampling.plain().withTopP(0.95);
}
