package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.Seed;
import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import dev.athanor.generate.Content;
import dev.athanor.generate.ImageOutputs;
import dev.athanor.generate.Ledger;
import dev.athanor.generate.MediaRequest;
import dev.athanor.generate.Origin;
import dev.athanor.generate.mark.Notice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceTest {
    private static final Image PICTURE = new Image(2, 2, 3, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});

    @TempDir
    private Path folder;

    private Content written() {
        Origin origin = new Origin("shop", "ab12", "run-7", "teas@2", "f00d", List.of("teas.csv"));
        return new ImageOutputs(Ledger.in(folder.resolve("workspace/outputs")), origin, "Tea Shop Ltd", Notice.NONE)
                .write(new ImageOutputs.Batch(MediaRequest.of(new Seed(3)), List.of(PICTURE), Instant.EPOCH), folder)
                .getFirst();
    }

    @Test
    void a_picture_leads_back_in_the_workspace_that_made_it() {
        Content content = written();
        assertThat(new Command(folder).done("trace", content.file()).out())
                .contains(
                        "content  " + content.id() + ", made 1970-01-01T00:00:00Z, pixels unchanged since",
                        "producer Tea Shop Ltd",
                        "model    shop",
                        "source   teas.csv");
    }

    @Test
    void a_picture_alone_leads_back_on_another_machine() {
        Content content = written();
        Command.Answer told = new Command(folder, folder.resolve("elsewhere")).done("trace", content.file(), "--json");
        assertThat(told.out())
                .contains(
                        "\"id\" : \"" + content.id() + "\"",
                        "\"producer\" : \"Tea Shop Ltd\"",
                        "\"model\" : \"shop\"",
                        "\"run\" : \"run-7\"",
                        "\"dataset\" : \"teas@2\"",
                        "\"state\" : \"intact\"",
                        "no line in");
    }

    @Test
    void a_stranger_s_picture_and_a_missing_one_are_refused() throws IOException {
        Path plain = Files.write(folder.resolve("plain.png"), Png.write(PICTURE));
        Command.Answer unknown = new Command(folder, folder.resolve("elsewhere")).run("trace", plain.toString());
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("plain.png carries no mark and its pixels stand in no line of");
        Command.Answer missing = new Command(folder, folder.resolve("elsewhere")).run("trace", "nowhere.png");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("nowhere.png is not there: expected a file that was generated");
    }
}
