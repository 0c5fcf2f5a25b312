package dev.athanor.generate;

import dev.athanor.model.ModelException;
import dev.athanor.torch.SafeTensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The weights of a model folder, open while a decoder takes what it needs. Close it afterwards.
final class WeightFiles implements WeightSource, AutoCloseable {
    private final List<Path> files;
    private final List<SafeTensors> open = new ArrayList<>();

    WeightFiles(List<Path> files) {
        this.files = files;
        for (Path file : files) {
            open.add(SafeTensors.open(file));
        }
    }

    @Override
    public float[] read(String name, int... shape) {
        for (int i = 0; i < open.size(); i++) {
            SafeTensors.Entry entry = open.get(i).entries().get(name);
            if (entry != null) {
                long[] expected = Arrays.stream(shape).asLongStream().toArray();
                if (!Arrays.equals(entry.shape(), expected)) {
                    throw new ModelException(
                            "%s holds \"%s\" with shape %s but config.json asks for %s: they are of different models"
                                    .formatted(
                                            files.get(i),
                                            name,
                                            Arrays.toString(entry.shape()),
                                            Arrays.toString(expected)));
                }
                return entry.floats();
            }
        }
        throw new ModelException(
                "%s lacks the weight \"%s\" that config.json asks for: copy the model again, or train it again"
                        .formatted(files, name));
    }

    @Override
    public void close() {
        open.forEach(SafeTensors::close);
    }
}
