package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
    private final Command command;

    CommandLineTest(@TempDir Path folder) {
        command = new Command(folder);
    }

    private Path reviews() throws IOException {
        StringBuilder rows = new StringBuilder("text,kind\n");
        for (int i = 0; i < 80; i++) {
            rows.append("The ")
                    .append(i % 2 == 0 ? "tea" : "pot")
                    .append(" of number ")
                    .append(i);
            rows.append(" is good.,").append(i % 2 == 0 ? "tea" : "pot").append('\n');
        }
        return command.file("reviews.csv", rows);
    }

    @Test
    void a_file_becomes_a_model_and_its_text_leads_back_to_the_file() throws IOException {
        Path file = reviews();
        assertThat(command.done("data", "import", file.toString(), "--name", "reviews", "--label", "kind")
                        .out())
                .contains("Dataset reviews@1", "fields kind");
        command.done("data", "clean", "reviews");
        assertThat(command.done("data", "split", "reviews", "--split", "group:kind", "--shares", "0.5/0.5/0")
                        .out())
                .contains("reviews@3", "groups of kind");
        assertThat(command.done("data", "list", "--json").out()).contains("\"name\" : \"reviews\"");
        Path exported = command.folder().resolve("exported");
        command.done("data", "export", "reviews@2", "--out", exported.toString());
        assertThat(exported.resolve("train.jsonl")).exists();
        command.done(
                "train",
                "text-lstm",
                "--data",
                "reviews@2",
                "--name",
                "small",
                "--device",
                "cpu",
                "--set",
                "training.steps=6",
                "--set",
                "model.width=16",
                "--set",
                "model.context=32",
                "--set",
                "training.batch=4",
                "--set",
                "data.fields=[kind]",
                "--set",
                "tokenizer.kind=characters");
        assertThat(command.done("evaluate", "small", "--data", "reviews@2").out())
                .contains("perplexity");
        assertThat(command.done("evaluate", "small", "--data", "reviews@3").out())
                .contains("validation split");
        assertThat(command.done("models", "list").out()).contains("small");
        assertThat(command.done("runs", "list").out()).contains("small");
        assertThat(cleanedBy("small").out())
                .contains("perplexity", "lowest ", "a quarter up to ", "half up to ", "highest ");
        assertThat(cleanedBy("smal").err())
                .contains("reviews@2 cannot be cleaned so: there is no model \"smal\"", "did you mean \"small\"?");
        Command.Answer written =
                command.done("generate", "small", "--field", "kind=tea", "--seed", "4", "--length", "20");
        Matcher id = Pattern.compile("c-[0-9a-f]{16}").matcher(written.out() + written.err());
        assertThat(id.find()).isTrue();
        assertThat(command.done("trace", id.group()).out()).contains("small", "reviews@2", "reviews.csv");
        assertThat(command.done("generate", "small", "--field", "kind=tea", "--seed", "4", "--length", "20")
                        .out())
                .isEqualTo(written.out());
        Command.Answer wrong = command.run("generate", "small", "--field", "kind=cup");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("kind", "\"cup\"", "pot, tea");
    }

    /// Reviews without limits, for which the spread of perplexities is told.
    private Command.Answer cleanedBy(String model) throws IOException {
        Path steps = command.file("odd.yaml", "steps: [perplexity: {model: %s}]".formatted(model));
        return command.run("data", "clean", "reviews@2", "--steps", steps.toString());
    }

    @Test
    void a_vae_samples_for_a_label_writes_a_text_again_and_goes_from_one_to_another() throws IOException {
        command.done("data", "import", reviews().toString(), "--name", "reviews", "--label", "kind");
        command.done(
                "train",
                "text-vae",
                "--data",
                "reviews",
                "--name",
                "vae",
                "--device",
                "cpu",
                "--set",
                "training.steps=6",
                "--set",
                "model.width=16",
                "--set",
                "model.embedding=8",
                "--set",
                "model.latent=4",
                "--set",
                "model.context=64",
                "--set",
                "data.fields=[kind]",
                "--set",
                "tokenizer.kind=characters");
        command.done("data", "clean", "reviews");
        assertThat(cleanedBy("vae").err())
                .contains("the model vae cannot be asked: ", "is a text VAE", "has no decoder of its own");
        assertThat(command.done("generate", "vae", "--label", "kind=tea", "--count", "3", "--length", "9", "--json")
                        .out())
                .containsPattern("(?s)(\"text\".*){3}");
        Command.Answer again =
                command.done("generate", "vae", "--from", "The tea is good.", "--seed", "4", "--length", "9");
        assertThat(again.out().strip()).isNotEmpty();
        Command.Answer between = command.done(
                "generate",
                "vae",
                "--from",
                "The tea is good.",
                "--to",
                "The pot",
                "--count",
                "4",
                "--length",
                "9",
                "--json");
        assertThat(between.out()).containsPattern("(?s)(\"text\".*){4}");
        Matcher id = Pattern.compile("c-[0-9a-f]{16}").matcher(between.out());
        assertThat(id.find()).isTrue();
        assertThat(command.done("trace", id.group()).out()).contains("from     The tea is good.", "from     The pot");
        assertThat(command.run("evaluate", "vae", "--vocoder", "voice").err())
                .contains("--vocoder chooses what a model of sounds speaks with, and vae is of the family vae, which"
                        + " makes none of spectrograms: leave it out");
        assertThat(command.done("evaluate", "vae", "--samples", "2", "--length", "9")
                        .out())
                .contains("| BLEU |", "| attributes said |", "of 2 asked for");
        assertThat(command.run("generate", "vae", "--to", "a").err()).contains("--to needs --from");
        assertThat(command.run("generate", "vae", "--from", "a", "--prompt", "b")
                        .err())
                .contains("--prompt and --from were both given");
        assertThat(command.run("generate", "vae", "--from", "a", "--count", "3").err())
                .contains("--count 3 with --from alone", "give --to TEXT");
        assertThat(command.run("generate", "vae", "--label", "kind=cup").err()).contains("\"cup\"", "pot, tea");
    }

    @Test
    void a_folder_without_weights_is_refused_before_it_is_in_the_workspace() throws IOException {
        Path from = Files.createDirectories(command.folder().resolve("elsewhere"));
        Files.writeString(
                from.resolve("config.json"),
                "{\"model_type\": \"athanor-lstm\", \"vocab_size\": 300, \"context\": 8, \"layers\": 1, \"width\": 8}");
        assertThat(command.run("models", "import", from.toString(), "--name", "half")
                        .err())
                .contains("has no tokenizer.json");
        dev.athanor.data.text.CharacterTokenizer.train(List.of("tea").iterator())
                .write(from.resolve("tokenizer.json"));
        assertThat(command.run("models", "import", from.toString(), "--name", "half")
                        .err())
                .contains("has no model.safetensors: the weights are missing");
        assertThat(command.done("models", "list").out()).doesNotContain("half");
    }

    @Test
    void wrong_usage_is_told_from_failure_by_its_code() {
        assertThat(command.run("data", "imprt").code()).isEqualTo(2);
        assertThat(command.run("train").code()).isEqualTo(2);
        assertThat(command.run("--nonsense").code()).isEqualTo(2);
        Command.Answer failed = command.run("train", "text-lstm", "--data", "absent");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err())
                .contains("there is no dataset \"absent\"", "athanor data import")
                .doesNotContain("\tat ");
        assertThat(failed.out()).isEmpty();
    }

    @Test
    void a_misspelt_key_is_answered_with_the_nearest() throws IOException {
        command.done("data", "import", reviews().toString(), "--name", "reviews");
        Command.Answer failed = command.run("train", "text-lstm", "--data", "reviews", "--set", "training.step=5");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("unknown key \"training.step\"", "did you mean \"steps\"?");
        Command.Answer broken = command.run("train", "text-lstm", "--data", "reviews", "--set", "data.fields=[kind");
        assertThat(broken.err())
                .startsWith("athanor: --set data.fields=[kind line 1, column 6, is not YAML: expected ',' or ']'")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "empty.txt||holds no text|Leave it out",
                "photo.txt|\\0\\1\\2\\3|is no text: byte 0 is 0x00|--encoding",
                "ragged.csv|text,kind\\ntwo|line 2, column 2, has 1 field, and the header has 2|Mend the line",
                "column.csv|words,kind\\nA tea for cold evenings,b|which column is the text? There are words, kind|--text",
                "open.csv|text,kind\\n\"a,b|line 2 opens a quotation mark that is never closed|Close it",
                "cut.jsonl|{\"text\": \"on|line 1, column 13, has broken JSON|Mend the line",
                "cut.json|[{\"text\": \"one\"},|is not JSON|Mend it there",
                "broken.txt.gz|text|is packed but broken|Fetch or pack it again",
                "broken.zip|text|is no zip, or a broken one|Fetch or pack it again",
                "picture.png|text|is no picture that can be read: it is text|Expected PNG, JPEG",
                "film.mkv|text|ends in \"mkv\", which is not known|expected one of txt",
            })
    void a_bad_source_ends_with_1_naming_place_cause_and_cure_and_leaves_no_dataset(
            String name, String content, String cause, String cure) throws IOException {
        Path file = command.file(name, content == null ? "" : content.translateEscapes());
        Command.Answer failed = command.run("data", "import", file.toString(), "--name", "bad");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("athanor: " + file, cause, cure).doesNotContain("not foreseen");
        assertThat(failed.out()).isEmpty();
        assertThat(command.done("data", "list").err()).contains("No dataset yet");
        assertThat(command.workspace().resolve("datasets/bad/1")).doesNotExist();
    }

    @Test
    void one_line_is_imported_and_too_small_to_train_on() throws IOException {
        Path file = command.file("line.txt", "only one line");
        assertThat(command.done("data", "import", file.toString(), "--name", "line")
                        .out())
                .contains("Dataset line@1: train 1");
        Command.Answer failed =
                command.run("train", "text-lstm", "--data", "line", "--set", "tokenizer.kind=characters");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err())
                .contains("the training split has 13 tokens", "Give more text, or set model.context to less");
        assertThat(command.done("runs", "list").err()).contains("No run yet");
        assertThat(command.done("models", "list").err()).contains("No model yet");
    }

    @Test
    void a_workspace_that_is_a_file_is_refused() throws IOException {
        Path file = command.file("plain", "x");
        PrintStream err = System.err;
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        int code = Main.commandLine().execute("data", "list", "--workspace", file.toString());
        System.setErr(err);
        assertThat(code).isEqualTo(1);
        assertThat(complained.toString(StandardCharsets.UTF_8)).contains(file.toString());
    }
}
