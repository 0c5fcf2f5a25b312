package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command as a person types it, in this process and on a workspace of its own, with files beside it.
///
/// @param folder where the files are
record Command(Path folder, Path workspace) {

    /// What came of it: exit code, standard output, standard error.
    record Answer(int code, String out, String err) {}

    Command(Path folder) {
        this(folder, folder.resolve("workspace"));
    }

    Path file(String name, CharSequence content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    Answer run(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        if (!all.isEmpty() && !all.getFirst().startsWith("-") && !all.getFirst().equals("help")) {
            all.addAll(List.of("--workspace", workspace.toString()));
        }
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        try {
            int code = Main.commandLine().execute(all.toArray(String[]::new));
            return new Answer(code, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /// The same, where it must succeed.
    Answer done(String... words) {
        Answer answer = run(words);
        assertThat(answer.code()).as("%s: %s", List.of(words), answer.err()).isZero();
        return answer;
    }
}
