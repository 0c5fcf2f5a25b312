package dev.athanor.generate.image;

import dev.athanor.data.Seed;
import dev.athanor.model.CaptionShape;
import dev.athanor.model.ImageFormat;
import dev.athanor.model.ImageShape;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.NoiseProcess;
import dev.athanor.model.UNet;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import tools.jackson.databind.node.JsonNodeFactory;

/// Times ten steps of DDIM around the U-Net of recipe image-diffusion: prints pictures a second.
///
/// `Sampling ROUNDS`
public final class Sampling {
    private static final int PICTURES = 256;

    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[0]);
        Engine engine = Engine.start(Device.CPU);
        engine.seed(1);
        UNet.Config config = new UNet.Config(
                new ImageShape(1, 28, 28), 2, 48, List.of(1, 2), 1, List.of(10), CaptionShape.NONE, NoiseProcess.DDPM);
        List<String> labels = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
        Path folder = Files.createTempDirectory("sampling").resolve("model");
        ModelFolder model;
        try (PointerScope _ = new PointerScope()) {
            model = ModelFolder.write(
                    folder,
                    config.open(),
                    new ModelFolder.Description(
                            new ImageFormat(List.of(new ImageFormat.Field("label", labels)), 0),
                            Optional.empty(),
                            JsonNodeFactory.instance.objectNode(),
                            "Random weights.\n"));
        }
        LinkedHashMap<String, String> label = new LinkedHashMap<>();
        label.put("label", "3");
        ImageRequest request = new ImageRequest(
                label, "", PICTURES, new ImageRequest.Denoising(Solver.DDIM, 10, 1), new Seed(1));
        double[] times = new double[rounds];
        try (ImageGenerator generator = ImageGenerator.open(model, engine)) {
            for (int round = -2; round < rounds; round++) {
                long begun = System.nanoTime();
                generator.generate(request, _ -> {});
                if (round >= 0) {
                    times[round] = (System.nanoTime() - begun) / 1e9;
                }
            }
        }
        Arrays.sort(times);
        System.out.printf("%.1f%n", PICTURES / times[rounds / 2]);
        System.exit(0);
    }
}
