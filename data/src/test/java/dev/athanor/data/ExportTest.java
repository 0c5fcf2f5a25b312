package dev.athanor.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
    private final Desk desk;

    ExportTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    @Test
    void cells_that_a_spreadsheet_would_compute_are_guarded() throws IOException {
        Path file = desk.file("t.csv", """
                text,score
                =HYPERLINK("http://example.org"),-5
                +1 for tea,+2.5
                @home,-x
                plain,a=b
                """.replace(
                        "=HYPERLINK(\"http://example.org\")", "\"=HYPERLINK(\"\"http://example.org\"\")\""));
        SplitPlan all = new SplitPlan.Sequential(new SplitPlan.Shares(1, 0, 0));
        Dataset dataset = desk.imported(ImportOptions.of("t").withPlan(all), file);
        Exporter.run(dataset, Exporter.Format.CSV, desk.folder().resolve("guarded"));
        assertThat(desk.folder().resolve("guarded/train.csv")).hasContent("""
                "text","score"
                "'=HYPERLINK(""http://example.org"")","-5"
                "'+1 for tea","+2.5"
                "'@home","'-x"
                "plain","a=b"
                """);
        Exporter.run(
                dataset,
                Exporter.Format.CSV,
                Exporter.Formulas.KEPT,
                desk.folder().resolve("kept"));
        assertThat(Files.readString(desk.folder().resolve("kept/train.csv")))
                .contains("\n\"=HYPERLINK", "\n\"+1 for tea\"");
    }
}
