package dev.athanor.train;

import dev.athanor.data.Dataset;
import dev.athanor.data.Sample;
import dev.athanor.data.Split;
import dev.athanor.data.text.Tokenizer;
import dev.athanor.model.ImageFormat;
import dev.athanor.model.ImageShape;
import dev.athanor.model.ImageSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One split of a dataset as a model of pictures reads it, in memory.
///
/// @param pixels of each picture, (channels, height, width), -1 to 1 as -32767 to 32767: spectrograms need
///     more than the 256 steps of a photograph
/// @param labels of each picture, one number a field
/// @param captions of each picture, tokens
public record Pictures(ImageShape shape, List<short[]> pixels, List<int[]> labels, List<int[]> captions) {
    private static final float STEPS = 32767;

    public int count() {
        return pixels.size();
    }

    /// What a split's samples are turned into.
    ///
    /// @param source how samples become pictures of the model
    record Reading(ImageShape shape, ImageFormat format, Optional<Tokenizer> tokenizer, ImageSource source) {
        Pictures read(Dataset dataset, Split split) {
            Pictures pictures = new Pictures(shape, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            try (Stream<Sample> samples = dataset.samples(split)) {
                samples.forEach(sample -> {
                    pictures.pixels.add(packed(source.planes(sample)));
                    pictures.labels.add(format.given(sample));
                    pictures.captions.add(caption(sample.text()));
                });
            }
            return pictures;
        }

        /// A caption that is too long is learnt by its beginning.
        private int[] caption(String text) {
            int[] padded = new int[format.captionLength()];
            tokenizer.ifPresent(reading -> {
                int[] tokens = reading.encode(text);
                System.arraycopy(tokens, 0, padded, 0, Math.min(tokens.length, padded.length));
            });
            return padded;
        }
    }

    private static short[] packed(float[] planes) {
        short[] packed = new short[planes.length];
        for (int i = 0; i < planes.length; i++) {
            packed[i] = (short) Math.round(Math.clamp(planes[i], -1f, 1f) * STEPS);
        }
        return packed;
    }

    /// Those whose first field is known.
    Pictures labelled() {
        Pictures known = new Pictures(shape, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < count(); i++) {
            if (labels.get(i)[0] > 0) {
                known.pixels.add(pixels.get(i));
                known.labels.add(labels.get(i));
                known.captions.add(captions.get(i));
            }
        }
        return known;
    }

    /// Some of them, by their numbers.
    ImageBatch batch(int[] numbers) {
        int size = shape.numbers();
        int fields = labels.isEmpty() ? 0 : labels.getFirst().length;
        int tokens = captions.isEmpty() ? 0 : captions.getFirst().length;
        float[] chosen = new float[numbers.length * size];
        int[] chosenLabels = new int[numbers.length * fields];
        int[] chosenCaptions = new int[numbers.length * tokens];
        for (int row = 0; row < numbers.length; row++) {
            short[] packed = pixels.get(numbers[row]);
            for (int i = 0; i < size; i++) {
                chosen[row * size + i] = packed[i] / STEPS;
            }
            System.arraycopy(labels.get(numbers[row]), 0, chosenLabels, row * fields, fields);
            System.arraycopy(captions.get(numbers[row]), 0, chosenCaptions, row * tokens, tokens);
        }
        return new ImageBatch(chosen, shape, chosenLabels, chosenCaptions, numbers.length);
    }
}
