package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
    @TempDir
    private Path folder;

    @Test
    void the_sample_business_comes_on_demand_and_can_be_imported() {
        Path place = folder.resolve("mine");
        Command command = new Command(folder, place);
        Command.Answer made = command.done("init", place.toString(), "--sample");
        assertThat(made.out()).contains("is ready.", "The sample business is in " + place.resolve("sample-business"));
        assertThat(made.err()).contains("athanor data import sample-business/faq.jsonl --name faq --label intent");
        Path files = place.resolve("sample-business");
        command.done("data", "import", files.resolve("faq.jsonl").toString(), "--name", "faq", "--label", "intent");
        assertThat(command.done("data", "show", "faq").out()).contains("intent");
        Command.Answer stream = command.done(
                "data", "import", files.resolve("news-stream.jsonl").toString(), "--name", "stream");
        assertThat(stream.out()).contains("repost_of");
        Command.Answer letters =
                command.done("data", "import", files.resolve("letters.csv").toString(), "--name", "letters");
        assertThat(letters.out()).contains("planted");
        assertThat(command.done("data", "split", "stream", "--split", "time:time")
                        .out())
                .contains("test ");
    }

    @Test
    void a_sample_business_that_is_there_is_not_written_over() throws Exception {
        Files.createDirectories(folder.resolve("sample-business"));
        Command.Answer refused = new Command(folder, folder).run("init", folder.toString(), "--sample");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .contains(
                        "sample-business is there already: delete it, or name another folder, and the sample business is written anew");
    }

    @Test
    void without_it_a_workspace_is_empty() {
        Command.Answer made = new Command(folder, folder).done("init", folder.toString());
        assertThat(made.err()).contains("athanor data import FILE --name NAME");
        assertThat(folder.resolve("sample-business")).doesNotExist();
    }
}
