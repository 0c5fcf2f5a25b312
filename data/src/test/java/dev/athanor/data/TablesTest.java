package dev.athanor.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesTest {
    private final Desk desk;

    TablesTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    /// A file of a version with so many texts.
    private Dataset dataset(String name, int rows) throws IOException {
        Path source = Files.createDirectory(desk.folder().resolve(name));
        List<String> lines =
                IntStream.range(0, rows).mapToObj(i -> name + " " + i).toList();
        Files.write(source.resolve("train.txt"), lines);
        ImportOptions options =
                ImportOptions.of(name).withPlan(new SplitPlan.Given()).withUnit(ImportOptions.Unit.LINE);
        return desk.imported(options, source);
    }

    @Test
    void some_rows_are_those_of_all_whichever_files_they_are_in() throws IOException {
        Dataset a = dataset("a", 5);
        Dataset b = dataset("b", 3000); // more than are read at once
        String file = "data/train-00000-of-00001.parquet";
        List<Path> files = List.of(
                a.folder().resolve(file), b.folder().resolve(file), a.folder().resolve(file));
        List<Sample> all;
        try (Stream<Sample> samples = Tables.read(files, a.manifest())) {
            all = samples.toList();
        }
        assertThat(all).hasSize(3010);
        for (int[] range : new int[][] {{0, 0}, {0, 5}, {4, 6}, {5, 3005}, {2100, 2110}, {3004, 3009}, {0, 3010}}) {
            try (Stream<Sample> samples = Tables.read(files, a.manifest(), new Tables.Range(range[0], range[1]))) {
                assertThat(samples).isEqualTo(all.subList(range[0], range[1]));
            }
        }
    }
}
