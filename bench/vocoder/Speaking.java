import dev.athanor.data.Seed;
import dev.athanor.data.sound.GriffinLim;
import dev.athanor.data.sound.MelSettings;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.Spectrogram;
import dev.athanor.generate.image.ImageRequest;
import dev.athanor.generate.sound.ChosenVoice;
import dev.athanor.generate.sound.SoundGenerator;
import dev.athanor.model.CaptionShape;
import dev.athanor.model.Form;
import dev.athanor.model.ImageFormat;
import dev.athanor.model.ModelConfig;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.NoiseProcess;
import dev.athanor.model.SoundForm;
import dev.athanor.model.UNet;
import dev.athanor.model.Vocoder;
import dev.athanor.model.WaveForm;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import tools.jackson.databind.node.JsonNodeFactory;

/// Seconds of work for a second of sound at 8 kHz, each the median of some rounds: prints `name factor` lines.
///
/// `Speaking ROUNDS [SOUNDS VOCODER]`, two folders of trained models; without them models of the recipes' sizes with
/// random weights.
public final class Speaking {
    private static final MelSettings MEL = MelSettings.of8000();
    private static final int FRAMES = 48; // as the recipe audio-diffusion finds for spoken digits
    private static final int SECONDS = 4;
    private static final Seed SEED = new Seed(1);
    private static final List<String> DIGITS =
            IntStream.range(0, 10).mapToObj(Integer::toString).toList();

    void main(String[] arguments) throws IOException {
        int rounds = Integer.parseInt(arguments[0]);
        Engine engine = Engine.start(Device.CPU);
        engine.seed(1);
        Path made = Files.createTempDirectory("speaking");
        ModelFolder vocoder = arguments.length > 2
                ? ModelFolder.read(Path.of(arguments[2]))
                : written(made.resolve("vocoder"), new Vocoder.Config(MEL, 192, 4), new WaveForm(MEL));
        ModelFolder sounds =
                arguments.length > 1 ? ModelFolder.read(Path.of(arguments[1])) : digits(made.resolve("digits"));
        Spectrogram spectrogram = Spectrogram.of(noise(), MEL);
        float[][] magnitudes = spectrogram.magnitudes();
        GriffinLim griffinLim = GriffinLim.usual(SEED);
        print("griffin-lim/magnitudes", rounds, () -> griffinLim.sound(magnitudes, MEL).samples().length);
        print("griffin-lim/bands", rounds, () -> griffinLim.sound(spectrogram).samples().length);
        try (ChosenVoice trained = ChosenVoice.of(vocoder, MEL, engine);
                ChosenVoice untrained = ChosenVoice.griffinLim(SEED)) {
            print("vocoder", rounds, () -> trained.sound(spectrogram).samples().length);
            for (int count : new int[] {1, 16}) {
                synthesis(sounds, trained, "vocoder", count, rounds, engine);
                synthesis(sounds, untrained, "griffin-lim", count, rounds, engine);
            }
        }
        System.exit(0);
    }

    private static void synthesis(
            ModelFolder model, ChosenVoice voice, String name, int count, int rounds, Engine engine) {
        ImageFormat format = model.images();
        LinkedHashMap<String, String> asked = new LinkedHashMap<>();
        format.fields().forEach(field -> asked.put(field.name(), field.values().getFirst()));
        ImageRequest request = new ImageRequest(asked, "", count, ImageRequest.Denoising.HEARD, SEED);
        int whole = count * MEL.samples(format.sound().orElseThrow().frames());
        try (SoundGenerator generator = SoundGenerator.open(model, engine, voice)) {
            print("synthesis-of-%d/%s".formatted(count, name), rounds, () -> {
                generator.generate(request);
                return whole;
            });
            print("synthesis-of-%d/%s-trimmed".formatted(count, name), rounds, () -> generator.generate(request).stream()
                    .mapToInt(sound -> sound.samples().length)
                    .sum());
        }
    }

    /// @param work gives how many samples it made
    private static void print(String name, int rounds, Supplier<Integer> work) {
        double[] factors = new double[rounds];
        for (int round = -Math.min(20, rounds); round < rounds; round++) {
            long begun = System.nanoTime();
            double seconds = work.get() / (double) MEL.rate();
            if (round >= 0) {
                factors[round] = (System.nanoTime() - begun) / 1e9 / seconds;
            }
        }
        Arrays.sort(factors);
        System.out.printf("%s %.5f%n", name, factors[rounds / 2]);
    }

    private static Sound noise() {
        Random random = new Random(1);
        float[] samples = new float[SECONDS * MEL.rate()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.3 * Math.sin(i * 0.1 * (1 + i / 3e5)) + 0.1 * random.nextGaussian());
        }
        return new Sound(MEL.rate(), samples);
    }

    private static ModelFolder digits(Path folder) {
        SoundForm form = new SoundForm(MEL, FRAMES, 0);
        List<ImageFormat.Field> fields = List.of(
                new ImageFormat.Field("label", DIGITS),
                new ImageFormat.Field("speaker", List.of("a", "b", "c", "d")),
                new ImageFormat.Field("spoken", DIGITS));
        return written(
                folder,
                new UNet.Config(
                        form.shape(),
                        4,
                        64,
                        List.of(1, 2, 2),
                        1,
                        List.of(10, 4, 10),
                        CaptionShape.NONE,
                        NoiseProcess.FLOW_MATCHING),
                new ImageFormat(fields, 0, Optional.of(form)));
    }

    private static ModelFolder written(Path folder, ModelConfig config, Form form) {
        try (PointerScope _ = new PointerScope()) {
            return ModelFolder.write(
                    folder,
                    config.open(),
                    new ModelFolder.Description(
                            form, Optional.empty(), JsonNodeFactory.instance.objectNode(), "Random weights.\n"));
        }
    }
}
