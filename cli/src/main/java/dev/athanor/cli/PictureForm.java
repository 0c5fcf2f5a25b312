package dev.athanor.cli;

import dev.athanor.data.image.Frame;
import dev.athanor.data.image.ImageForm;
import dev.athanor.data.image.Rgb;
import dev.athanor.data.image.Shades;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/// What pictures are made into, as words of the command line.
final class PictureForm {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})(?:[xX](\\d{1,5}))?");

    enum Fit {
        CROP,
        PAD
    }

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description = "Bring all pictures to one size: 32, or 32x48 for width and height. Default: as they are.")
    private Optional<String> size = Optional.empty();

    @Option(
            names = "--fit",
            paramLabel = "HOW",
            description =
                    "How they get it: crop cuts off what stands over, pad fills with the background. Default: crop.")
    private Optional<Fit> fit = Optional.empty();

    @Option(names = "--color", paramLabel = "HOW", description = "Pictures in grey, in color, or keep. Default: keep.")
    private Shades shades = Shades.KEEP;

    @Option(
            names = "--background",
            paramLabel = "COLOR",
            description = "What shows where pictures are transparent: #rrggbb, white or black. Default: white.")
    private String background = "white";

    ImageForm form() {
        if (size.isEmpty() && fit.isPresent()) {
            throw new IllegalArgumentException(
                    "--fit says how pictures are brought to a size, and no --size is given: give one, for example --size 32");
        }
        return new ImageForm(size.map(this::frame).orElseGet(Frame.Own::new), shades, Rgb.parse(background));
    }

    private Frame frame(String text) {
        Matcher numbers = SIZE.matcher(text.strip());
        if (!numbers.matches()) {
            throw new IllegalArgumentException(
                    "--size %s: expected a number such as 32, or width and height such as 32x48".formatted(text));
        }
        int width = Integer.parseInt(numbers.group(1));
        int height = numbers.group(2) == null ? width : Integer.parseInt(numbers.group(2));
        return switch (fit.orElse(Fit.CROP)) {
            case CROP -> new Frame.Crop(width, height);
            case PAD -> new Frame.Pad(width, height);
        };
    }
}
