package dev.athanor.cli;

import dev.athanor.data.image.Decoder;
import dev.athanor.data.image.Image;
import dev.athanor.generate.MediaRequest;
import dev.athanor.model.ModelFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "edit",
        description = {"Make a given picture anew, in part or whole, with a model of pictures.", ""},
        footer = {
            "",
            "Examples:",
            "  athanor edit MODEL shoe.png --strength 0.5 --count 8         variations",
            "  athanor edit MODEL shoe.png --mask hole.png                  fill a region",
            "  athanor edit MODEL small.png --enlarge                       a small picture at the model's size",
            "  athanor edit MODEL one.png --to two.png --count 9            from one to another"
        })
final class EditCommand implements Callable<Integer> {
    @Mixin
    private Setting setting;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model's name, or its folder.")
    private String model;

    @Parameters(index = "1", paramLabel = "PICTURE", description = "The picture to begin with.")
    private Path picture;

    @Option(
            names = "--strength",
            paramLabel = "NUMBER",
            description = "How much is given up, from 0 to 1. Default: 0.5 where nothing else is asked for.")
    private Optional<Double> strength = Optional.empty();

    @Option(
            names = "--mask",
            paramLabel = "PICTURE",
            description = "Of the picture's size: bright where something new shall be.")
    private Optional<Path> mask = Optional.empty();

    @Option(names = "--enlarge", description = "The picture is a small one: find one that it may be shrunk from.")
    private boolean enlarge;

    @Option(names = "--to", paramLabel = "PICTURE", description = "Go from the picture to this one, in --count steps.")
    private Optional<Path> to = Optional.empty();

    @Mixin
    private GenerateCommand.Wish wish;

    @ArgGroup(validate = false, heading = "%nPictures:%n")
    private ImageGeneration images = new ImageGeneration();

    @Override
    public Integer call() {
        long ways = List.of(strength.isPresent(), mask.isPresent(), enlarge, to.isPresent()).stream()
                .filter(given -> given)
                .count();
        if (ways > 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "give one of --strength, --mask, --enlarge and --to: each is another way to edit");
        }
        ModelFolder folder = ModelsCommand.find(setting.workspace(), model);
        folder.images(); // before the picture is looked at: the model may be one of texts
        GenerateCommand.Asked asked = wish.of(folder, setting);
        Image image = Decoder.decode(picture);
        MediaRequest.Source source = source(picture, image);
        if (mask.isPresent()) {
            Image hole = Decoder.decode(mask.get());
            return images.run(
                    asked,
                    task(MediaRequest.Task.INPAINT, 1, source, source(mask.get(), hole)),
                    (generator, request, _) -> generator.fill(request, image, hole));
        }
        if (enlarge) {
            return images.run(
                    asked,
                    task(MediaRequest.Task.RESTORE, 1, source),
                    (generator, request, _) -> generator.enlarge(request, image));
        }
        if (to.isPresent()) {
            Image other = Decoder.decode(to.get());
            return images.run(
                    asked,
                    task(MediaRequest.Task.INTERPOLATE, 1, source, source(to.get(), other)),
                    (generator, request, _) -> generator.between(request, image, other));
        }
        double given = strength.orElse(0.5);
        return images.run(
                asked,
                task(MediaRequest.Task.VARIATION, given, source),
                (generator, request, _) -> generator.vary(request, image, given));
    }

    private static MediaRequest.Source source(Path file, Image image) {
        return MediaRequest.Source.of(file.getFileName().toString(), image);
    }

    private static ImageGeneration.Task task(MediaRequest.Task task, double strength, MediaRequest.Source... sources) {
        return new ImageGeneration.Task(task, strength, List.of(sources));
    }
}
