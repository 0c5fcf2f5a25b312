package dev.athanor.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The list of licences, held to the libraries that the program runs with.
class LicencesTest {
    private static final Path LIST = Path.of("../docs/licences.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^:`]+):([^:`]+)`");

    /// Of the groups whose libraries are here for tests alone.
    private static final List<String> TESTS = List.of(
            "org.junit",
            "org.assertj",
            "com.tngtech.archunit",
            "org.opentest4j",
            "org.apiguardian",
            "org.jspecify",
            "net.bytebuddy",
            "org.slf4j");

    /// A library in a repository: GROUP/WITH/SLASHES/artifact/version/file.
    private record Jar(String folders, String artifact) {
        static Jar of(Path file) {
            Path artifact = file.getParent().getParent();
            return new Jar(
                    artifact.getParent().toString().replace(File.separatorChar, '.'),
                    artifact.getFileName().toString());
        }

        boolean isOf(String group) {
            return (folders + ".").contains("." + group + ".");
        }

        boolean is(String group, String name) {
            return folders.endsWith("." + group) && artifact.equals(name);
        }
    }

    @Test
    void every_library_that_the_program_runs_with_is_named_with_its_licence() throws IOException {
        List<MatchResult> rows = ROW.matcher(Files.readString(LIST)).results().toList();
        List<Jar> used = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .map(Path::of)
                .filter(file -> !file.getFileName().toString().startsWith("athanor-"))
                .map(Jar::of)
                .filter(jar -> TESTS.stream().noneMatch(jar::isOf))
                .distinct()
                .toList();
        assertThat(used).extracting(Jar::artifact).contains("pytorch", "duckdb_jdbc", "jlayer");
        assertThat(used)
                .as("name each in docs/licences.md, with licence and home")
                .allMatch(jar -> rows.stream().anyMatch(row -> jar.is(row.group(1), row.group(2))));
    }

    @Test
    void every_row_says_licence_and_home() throws IOException {
        assertThat(Files.readAllLines(LIST))
                .filteredOn(line -> ROW.matcher(line).find())
                .hasSizeGreaterThan(10)
                .allMatch(line -> line.matches("\\| `[^`]+`( \\*)? \\| [^|]{3,} \\| https?://[^| ]+ \\|.*\\|"));
    }
}
