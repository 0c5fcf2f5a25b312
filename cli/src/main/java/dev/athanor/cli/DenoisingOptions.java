package dev.athanor.cli;

import dev.athanor.generate.image.ImageRequest;
import dev.athanor.generate.image.Solver;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.SoundCodec;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How a diffusion model gets from noise to picture.
class DenoisingOptions {
    @Option(names = "--steps", paramLabel = "N", description = "From noise to picture. Default: 20; 12 for sounds.")
    private Optional<Integer> steps = Optional.empty();

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            description = "ddim, euler, heun or dpm-solver. Default: dpm-solver.")
    private Optional<String> sampler = Optional.empty();

    @Option(
            names = "--guidance",
            paramLabel = "NUMBER",
            description =
                    "How much what is asked for is stressed, 1 for as it is. Default: 1.5; 2 for sounds, 3 for an audio-codec.")
    private Optional<Double> guidance = Optional.empty();

    /// @throws IllegalArgumentException where the model knows no way out of noise and one is asked for
    ImageRequest.Denoising denoising(ModelFolder model) {
        if (isWritten(model) && (steps.isPresent() || sampler.isPresent())) {
            throw new IllegalArgumentException(
                    "the model %s is an %s, which writes codes one by one and knows no way out of noise: leave out %s"
                            .formatted(
                                    model.name(),
                                    model.config().family(),
                                    steps.isPresent() ? "--steps" : "--sampler"));
        }
        ImageRequest.Denoising usual = usual(model);
        return new ImageRequest.Denoising(
                sampler.map(Solver::of).orElse(usual.solver()),
                steps.orElse(usual.steps()),
                guidance.orElse(usual.guidance()));
    }

    private static ImageRequest.Denoising usual(ModelFolder model) {
        if (isWritten(model)) {
            return ImageRequest.Denoising.WRITTEN;
        }
        return model.images().sound().isPresent() ? ImageRequest.Denoising.HEARD : ImageRequest.Denoising.USUAL;
    }

    private static boolean isWritten(ModelFolder model) {
        return model.config() instanceof SoundCodec.Config;
    }
}
