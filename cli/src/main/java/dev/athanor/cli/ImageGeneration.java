package dev.athanor.cli;

import dev.athanor.data.image.Image;
import dev.athanor.generate.Content;
import dev.athanor.generate.ImageOutputs;
import dev.athanor.generate.MediaRequest;
import dev.athanor.generate.image.ImageGenerator;
import dev.athanor.generate.image.ImageRequest;
import dev.athanor.generate.mark.Notice;
import dev.athanor.generate.show.Animation;
import dev.athanor.generate.show.ContactSheet;
import dev.athanor.model.ModelFolder;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What `generate` and `edit` do with a model of pictures, and the options for that.
final class ImageGeneration extends DenoisingOptions {
    private static final int ANIMATED = 16; // pictures of an animation at most

    @Option(names = "--animation", description = "Also a GIF of how the first pictures came out of noise.")
    private boolean animation;

    @Option(names = "--no-sheet", description = "No contact sheet beside several pictures.")
    private boolean noSheet;

    @Option(names = "--badge", description = "Also a mark in the picture that people see.")
    private boolean badge;

    @Option(names = "--device", paramLabel = "DEVICE", description = "auto, cpu or cuda. Default: auto.")
    private Device device = Device.AUTO;

    /// How pictures are made in one way or another.
    interface Making {
        List<Image> with(ImageGenerator generator, ImageRequest request, ImageGenerator.Frames frames);
    }

    /// From noise.
    int run(GenerateCommand.Asked asked) {
        return run(asked, new Task(MediaRequest.Task.GENERATE, 1, List.of()), ImageGenerator::generate);
    }

    /// @param strength how much of the sources is given up
    record Task(MediaRequest.Task task, double strength, List<MediaRequest.Source> sources) {}

    /// Makes, writes and enters the pictures.
    int run(GenerateCommand.Asked asked, Task task, Making making) {
        ImageRequest request = request(asked);
        List<List<Image>> frames = new ArrayList<>();
        List<Image> images;
        MediaRequest media;
        try (ImageGenerator generator = ImageGenerator.open(asked.model(), Engine.start(device))) {
            refuseIfStill(generator, asked);
            media = media(request, task, generator);
            images = making.with(generator, request, shown -> {
                if (animation) {
                    frames.add(List.copyOf(shown.subList(0, Math.min(ANIMATED, shown.size()))));
                }
            });
        }
        Path folder = asked.out().orElse(asked.workspace().outputs());
        ImageOutputs outputs =
                new ImageOutputs(asked.ledger(), asked.origin(), asked.producer(), badge ? Notice.GIVEN : Notice.NONE);
        Instant now = Instant.now();
        List<Content> contents = outputs.write(new ImageOutputs.Batch(media, images, now), folder);
        List<Content> displays = new ArrayList<>();
        if (images.size() > 1 && !noSheet) {
            displays.add(outputs.sheet(ContactSheet.of(images).draw(images), contents, folder, now));
        }
        if (!frames.isEmpty()) {
            List<Image> sheets = frames.stream()
                    .map(shown -> ContactSheet.of(shown).draw(shown))
                    .toList();
            displays.add(outputs.animation(
                    Animation.of(sheets, Duration.ofMillis(120), Duration.ofSeconds(2)),
                    contents.subList(0, frames.getFirst().size()),
                    folder,
                    now));
        }
        tell(asked, contents, displays);
        return 0;
    }

    ImageRequest request(GenerateCommand.Asked asked) {
        return new ImageRequest(asked.fields(), asked.prompt(), asked.count(), denoising(asked.model()), asked.seed());
    }

    /// For a model of sounds.
    void refuseAnimation(ModelFolder model) {
        if (animation) {
            throw new IllegalArgumentException(
                    "the model %s makes sounds, and an animation shows pictures: leave out --animation"
                            .formatted(model.name()));
        }
    }

    Device device() {
        return device;
    }

    private void refuseIfStill(ImageGenerator generator, GenerateCommand.Asked asked) {
        if (animation && !generator.isStepwise()) {
            throw new IllegalArgumentException(
                    "the model %s makes a picture at once, so there is no way out of noise to show: leave out --animation"
                            .formatted(asked.model().name()));
        }
    }

    private static MediaRequest media(ImageRequest request, Task task, ImageGenerator generator) {
        MediaRequest.Denoising atOnce = MediaRequest.Denoising.NONE;
        return generator.isStepwise()
                ? media(request, task)
                : media(request, task)
                        .withDenoising(new MediaRequest.Denoising(
                                atOnce.sampler(), atOnce.steps(), atOnce.guidance(), task.strength()));
    }

    static MediaRequest media(ImageRequest request, Task task) {
        ImageRequest.Denoising denoising = request.denoising();
        return new MediaRequest(
                task.task(),
                request.fields(),
                request.prompt(),
                new MediaRequest.Denoising(
                        denoising.solver().word(), denoising.steps(), denoising.guidance(), task.strength()),
                request.seed(),
                task.sources());
    }

    static void tell(GenerateCommand.Asked asked, List<Content> contents, List<Content> displays) {
        List<Content> all = new ArrayList<>(contents);
        all.addAll(displays);
        if (asked.json()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            all.forEach(content -> array.addObject()
                    .put("id", content.id())
                    .put("kind", content.making().kind())
                    .put("file", content.file())
                    .put("seed", asked.seed().value()));
            asked.terminal().result(array.toPrettyString());
            return;
        }
        all.forEach(content -> asked.terminal().result(content.file()));
        asked.tellNotice(contents);
    }
}
