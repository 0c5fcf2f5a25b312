package dev.athanor.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.Sample;
import dev.athanor.data.Split;
import dev.athanor.data.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// What the trials have in common: small data, a small training that saves at each step, and a look at what is on disk.
final class Trials {
    private Trials() {}

    static Path lines(Path file, int count) throws IOException {
        StringBuilder text = new StringBuilder("text\n");
        for (int i = 0; i < count; i++) {
            text.append("the cup number ").append(i).append(" is ");
            text.append(i * 7919L % 1000).append(i % 3 == 0 ? " blue\n" : " green\n");
        }
        return Files.writeString(file, text);
    }

    /// Labelling functions for such lines.
    static Path functions(Path file) throws IOException {
        return Files.writeString(
                file,
                "field: color\nfunctions: [{name: b, label: blue, words: [blue]}, {name: g, label: green, words: [green]}]\n");
    }

    /// The words of a step of preparation.
    ///
    /// @param places what stands for some of them
    static String[] data(List<String> step, Map<String, ?> places) {
        Stream<String> words = step.stream()
                .map(word -> places.containsKey(word) ? places.get(word).toString() : word);
        return Stream.concat(Stream.of("data"), words).toArray(String[]::new);
    }

    /// The versions of `cups`, each of which is read whole, against its sums.
    static List<Dataset> wholeVersions(Athanor athanor) {
        List<Dataset> versions = new Datasets(Workspace.open(athanor.workspace())).versions("cups");
        for (Dataset version : versions) {
            version.verify();
            for (Split split : Split.values()) {
                try (Stream<Sample> samples = version.samples(split)) {
                    assertThat(samples.count()).isEqualTo(version.count(split));
                }
            }
        }
        return versions;
    }

    /// The same rows as a spreadsheet of the least parts that one has.
    static Path sheet(Path file, int count) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            part(zip, "xl/workbook.xml", """
                    <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
                      xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
                      <sheets><sheet name="cups" sheetId="1" r:id="r1"/></sheets></workbook>""");
            part(zip, "xl/_rels/workbook.xml.rels", """
                    <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"
                      Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
                      Target="worksheets/sheet1.xml"/></Relationships>""");
            StringBuilder rows = new StringBuilder(
                    "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>");
            for (int i = 0; i <= count; i++) {
                rows.append("<row r=\"%d\"><c r=\"A%1$d\" t=\"inlineStr\"><is><t>%s</t></is></c></row>"
                        .formatted(
                                i + 1,
                                i == 0 ? "text" : "the cup number %d is %d blue".formatted(i, i * 7919L % 1000)));
            }
            part(
                    zip,
                    "xl/worksheets/sheet1.xml",
                    rows.append("</sheetData></worksheet>").toString());
        }
        return file;
    }

    private static void part(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    /// A PDF whose pages say a line each.
    static Path pdf(Path file, int pages) throws IOException {
        StringBuilder kids = new StringBuilder();
        StringBuilder objects = new StringBuilder();
        for (int page = 0; page < pages; page++) {
            String content = "BT /F1 12 Tf 20 200 Td (Cup number %d is blue.) Tj ET".formatted(page);
            kids.append(2 * page + 10).append(" 0 R ");
            objects.append("%d 0 obj << /Type /Page /Parent 2 0 R /Contents %d 0 R >> endobj\n"
                    .formatted(2 * page + 10, 2 * page + 11));
            objects.append("%d 0 obj << /Length %d >>\nstream\n%s\nendstream endobj\n"
                    .formatted(2 * page + 11, content.length(), content));
        }
        return Files.writeString(file, """
                %%PDF-1.4
                1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
                2 0 obj << /Type /Pages /Kids [%s] /Count %d /MediaBox [0 0 300 300]
                  /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >> endobj
                %strailer << /Root 1 0 R >>
                %%%%EOF
                """.formatted(kids, pages, objects));
    }

    /// The words of a training that writes a checkpoint behind every step.
    static String[] training(String model, int steps) {
        List<String> words =
                new ArrayList<>(List.of("train", "text-gru", "--data", "cups", "--device", "cpu", "--name", model));
        for (String setting : List.of(
                "tokenizer.kind=characters",
                "model.width=16",
                "model.layers=1",
                "model.context=16",
                "training.steps=" + steps,
                "training.batch=4",
                "training.dropout=0.1",
                "training.evaluateEvery=10",
                "training.checkpointEvery=1")) {
            words.addAll(List.of("--set", setting));
        }
        return words.toArray(String[]::new);
    }

    static List<Path> runs(Athanor athanor) {
        return children(athanor.workspace().resolve("runs"));
    }

    /// The run that trains a model, as soon as it says so.
    static Path runOf(Athanor athanor, Athanor.Running training, String model) {
        List<Path> found = new ArrayList<>();
        await(
                training,
                () -> runs(athanor).stream().anyMatch(run -> {
                    if (says(run.resolve("run.json"), "\"" + model + "\"")) {
                        found.add(run);
                    }
                    return !found.isEmpty();
                }));
        assertThat(found).as("a run for the model %s", model).isNotEmpty();
        return found.getFirst();
    }

    private static boolean says(Path file, String words) {
        try {
            return Files.readString(file).contains(words);
        } catch (NoSuchFileException notYet) {
            return false;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Looks every millisecond until something is so, or the process has ended.
    static void await(Athanor.Running running, BooleanSupplier so) {
        while (running.process().isAlive() && !so.getAsBoolean()) {
            pause(1_000_000);
        }
    }

    static void pause(long nanos) {
        try {
            Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    /// The step of the newest whole checkpoint, 0 where there is none.
    static long newestStep(Path run) {
        return children(run.resolve("checkpoints")).stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> name.startsWith("step-"))
                .mapToLong(name -> Long.parseLong(name.substring("step-".length())))
                .max()
                .orElse(0);
    }

    /// What a folder holds at this moment, while another process changes it.
    static List<Path> children(Path folder) {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted().toList();
        } catch (NoSuchFileException notYet) {
            return List.of();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static byte[] weights(Athanor athanor, String model) throws IOException {
        return Files.readAllBytes(
                athanor.workspace().resolve("models").resolve(model).resolve("model.safetensors"));
    }

    static void nothing_half_written_is_left_in(Path workspace) throws IOException {
        try (Stream<Path> paths = Files.walk(workspace)) {
            assertThat(paths.filter(path -> path.getFileName().toString().startsWith(".tmp-")))
                    .isEmpty();
        }
    }
}
