package dev.athanor.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
    @TempDir
    private Path folder;

    @Test
    void cells_that_a_spreadsheet_would_compute_are_guarded() throws IOException {
        Path file = Files.writeString(folder.resolve("t.csv"), """
                text,score
                =HYPERLINK("http://example.org"),-5
                +1 for tea,+2.5
                @home,-x
                plain,a=b
                """.replace(
                        "=HYPERLINK(\"http://example.org\")", "\"=HYPERLINK(\"\"http://example.org\"\")\""));
        Datasets datasets = new Datasets(Workspace.open(folder.resolve("workspace")));
        SplitPlan all = new SplitPlan.Sequential(new SplitPlan.Shares(1, 0, 0));
        Dataset dataset = Importer.run(datasets, ImportOptions.of("t").withPlan(all), List.of(file));
        Exporter.run(dataset, Exporter.Format.CSV, folder.resolve("guarded"));
        assertThat(folder.resolve("guarded/train.csv")).hasContent("""
                "text","score"
                "'=HYPERLINK(""http://example.org"")","-5"
                "'+1 for tea","+2.5"
                "'@home","'-x"
                "plain","a=b"
                """);
        Exporter.run(dataset, Exporter.Format.CSV, Exporter.Formulas.KEPT, folder.resolve("kept"));
        assertThat(Files.readString(folder.resolve("kept/train.csv"))).contains("\n\"=HYPERLINK", "\n\"+1 for tea\"");
    }
}
