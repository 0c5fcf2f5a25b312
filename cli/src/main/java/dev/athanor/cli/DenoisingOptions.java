package dev.athanor.cli;

import dev.athanor.generate.image.ImageRequest;
import dev.athanor.generate.image.Solver;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.SoundCodec;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How a diffusion model gets from noise to picture.
class DenoisingOptions {
    @Option(names = "--steps", description = "From noise to picture. Default: 20.")
    private Optional<Integer> steps = Optional.empty();

    @Option(names = "--sampler", description = "ddim, euler, heun or dpm-solver. Default: dpm-solver.")
    private Optional<String> sampler = Optional.empty();

    @Option(
            names = "--guidance",
            description = "How much what is asked for is stressed, 1 for as it is. Default: 1.5; 3 of an audio-codec.")
    private Optional<Double> guidance = Optional.empty();

    /// @throws IllegalArgumentException where the model knows no way out of noise and one is asked for
    ImageRequest.Denoising denoising(ModelFolder model) {
        boolean written = model.config() instanceof SoundCodec.Config;
        if (written && (steps.isPresent() || sampler.isPresent())) {
            throw new IllegalArgumentException(
                    "the model %s is an %s, which writes codes one by one and knows no way out of noise: leave out %s"
                            .formatted(
                                    model.name(),
                                    model.config().family(),
                                    steps.isPresent() ? "--steps" : "--sampler"));
        }
        ImageRequest.Denoising usual = written ? ImageRequest.Denoising.WRITTEN : ImageRequest.Denoising.USUAL;
        return new ImageRequest.Denoising(
                sampler.map(Solver::of).orElse(usual.solver()),
                steps.orElse(usual.steps()),
                guidance.orElse(usual.guidance()));
    }
}
