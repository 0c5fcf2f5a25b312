package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureCommandsTest {
    private final Command command;

    PictureCommandsTest(@TempDir Path folder) {
        command = new Command(folder);
    }

    private Path photos() throws IOException {
        for (int i = 0; i < 20; i++) {
            byte[] pixels = new byte[12 * 8 * 3];
            java.util.Arrays.fill(pixels, (byte) (10 * i));
            Path file = command.folder().resolve("photos/%s/%d.png".formatted(i % 2 == 0 ? "tea" : "pots", i));
            Files.createDirectories(file.getParent());
            Files.write(file, Png.write(new Image(12, 8, 3, pixels)));
        }
        Files.writeString(command.folder().resolve("photos/tea/broken.jpg"), "no picture");
        return command.folder().resolve("photos");
    }

    @Test
    void a_folder_of_pictures_is_imported_shown_cleaned_and_exported() throws IOException {
        Command.Answer imported = command.done(
                "data",
                "import",
                photos().toString(),
                "--name",
                "shop",
                "--size",
                "4x6",
                "--fit",
                "pad",
                "--color",
                "grey");
        assertThat(imported.out()).contains("Dataset shop@1: pictures, 4x6 grey: train 1", "fields label");
        assertThat(imported.err())
                .contains("1 of 21 pictures cannot be used and was left out", "broken.jpg", "train image-diffusion");
        assertThat(command.done("data", "show", "shop").out())
                .contains(
                        "Forms: 4x6 grey 20",
                        "Labels (label, 2): pots 10, tea 10",
                        "Quarantined: 1",
                        "broken.jpg is no picture that can be read: it is text. Expected PNG");
        assertThat(command.done("data", "show", "shop", "--json").out())
                .contains("\"kind\" : \"image\"", "\"quarantined\" : 1", "\"4x6 grey\" : 20");
        assertThat(command.done("data", "list").out()).contains("kind").contains("image");
        assertThat(command.run("data", "clean", "shop", "--shortest", "5").err())
                .contains("shop@1 is of the kind image, and a shortest and longest are for texts");
        assertThat(command.done("data", "clean", "shop").out()).contains("shop@2: pictures, 4x6 grey: train");
        Path out = command.folder().resolve("out");
        command.done("data", "export", "shop", "--out", out.toString());
        assertThat(out.resolve("train/metadata.jsonl"))
                .content()
                .contains("\"file_name\":\"s0000", "\"label\":\"tea\"");
        assertThat(command.done("data", "import", out.toString(), "--name", "again")
                        .out())
                .contains("pictures, 4x6 grey", "divided given by the source");
    }

    @Test
    void words_that_make_no_form_are_refused() throws IOException {
        String photos = photos().toString();
        assertThat(command.run("data", "import", photos, "--name", "p", "--size", "big")
                        .err())
                .contains("--size big: expected a number such as 32, or width and height such as 32x48");
        assertThat(command.run("data", "import", photos, "--name", "p", "--fit", "pad")
                        .err())
                .contains("--fit says how pictures are brought to a size, and no --size is given");
        assertThat(command.run("data", "import", photos, "--name", "p", "--background", "mauve")
                        .err())
                .contains("the colour \"mauve\" is not known: give #rrggbb");
        assertThat(command.run("data", "import", photos, "--name", "p", "--size", "99999")
                        .err())
                .contains("a frame of 99999 x 99999 pixels");
    }
}
