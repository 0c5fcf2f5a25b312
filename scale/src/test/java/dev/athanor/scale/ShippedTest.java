package dev.athanor.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedTest {
    @TempDir
    private Path folder;

    private String made(String name) throws IOException {
        return Files.createFile(folder.resolve(name)).toString();
    }

    @Test
    void what_workers_need_travels_and_what_they_have_or_cannot_use_does_not() throws IOException {
        String data = made("athanor-data-0.1.0.jar");
        String duckdb = made("duckdb_jdbc-2.0.0.1.jar");
        String yaml = made("snakeyaml-engine-2.10.jar");
        List<String> path = List.of(
                data,
                made("athanor-torch-0.1.0.jar"),
                made("pytorch-2.10.0-1.5.13-linux-x86_64.jar"),
                duckdb,
                made("flink-core-2.3.0.jar"),
                made("slf4j-nop-2.0.17.jar"),
                made("picocli-4.7.7.jar"),
                yaml,
                folder.resolve("missing.jar").toString());
        assertThat(Shipped.jars(String.join(File.pathSeparator, path), folder)).containsExactly(data, duckdb, yaml);
    }

    @Test
    void folders_of_our_classes_become_jars_and_other_folders_stay() throws IOException {
        Path ours = Files.createDirectories(folder.resolve("classes/dev/athanor/data"));
        Files.writeString(ours.resolve("A.class"), "a");
        Files.writeString(ours.resolve("b.yaml"), "b");
        String[] jars = Shipped.jars(folder + File.pathSeparator + folder.resolve("classes"), folder);
        assertThat(jars).containsExactly(folder.resolve("classes-0.jar").toString());
        try (JarFile jar = new JarFile(jars[0])) {
            assertThat(Stream.of("A.class", "b.yaml").map(name -> jar.getEntry("dev/athanor/data/" + name)))
                    .doesNotContainNull();
        }
    }
}
