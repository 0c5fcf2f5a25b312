package dev.athanor.cli;

import dev.athanor.generate.image.ImageRequest;
import dev.athanor.generate.image.Solver;
import picocli.CommandLine.Option;

/// How a diffusion model gets from noise to picture.
class DenoisingOptions {
    @Option(names = "--steps", description = "From noise to picture. Default: ${DEFAULT-VALUE}.")
    private int steps = ImageRequest.Denoising.USUAL.steps();

    @Option(names = "--sampler", description = "ddim, euler, heun or dpm-solver. Default: dpm-solver.")
    private String sampler = ImageRequest.Denoising.USUAL.solver().word();

    @Option(
            names = "--guidance",
            description = "How much what is asked for is stressed, 1 for as it is. Default: ${DEFAULT-VALUE}.")
    private double guidance = ImageRequest.Denoising.USUAL.guidance();

    ImageRequest.Denoising denoising() {
        return new ImageRequest.Denoising(Solver.of(sampler), steps, guidance);
    }
}
