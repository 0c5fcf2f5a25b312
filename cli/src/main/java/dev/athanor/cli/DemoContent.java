package dev.athanor.cli;

import dev.athanor.data.Reason;
import dev.athanor.data.Seed;
import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import dev.athanor.data.sound.GriffinLim;
import dev.athanor.data.sound.MelSettings;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.Spectrogram;
import dev.athanor.evaluate.page.Block;
import dev.athanor.generate.AiMark;
import dev.athanor.generate.Content;
import dev.athanor.generate.ImageOutputs;
import dev.athanor.generate.Ledger;
import dev.athanor.generate.MediaRequest;
import dev.athanor.generate.Origin;
import dev.athanor.generate.SoundOutputs;
import dev.athanor.generate.TextGenerator;
import dev.athanor.generate.TextOutputs;
import dev.athanor.generate.TextRequest;
import dev.athanor.generate.WrittenText;
import dev.athanor.generate.image.ImageGenerator;
import dev.athanor.generate.image.ImageRequest;
import dev.athanor.generate.mark.Notice;
import dev.athanor.generate.show.Animation;
import dev.athanor.generate.show.ColourMap;
import dev.athanor.generate.show.ContactSheet;
import dev.athanor.generate.sound.SoundGenerator;
import dev.athanor.model.ModelFolder;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the demo makes with its models: shown on the terminal, entered in the ledger, and given as blocks of a
/// page.
record DemoContent(Setting setting, Seed seed) {
    private static final String PRODUCER = "Crane & Kettle";
    private static final int STEPS = 16;
    private static final double GUIDANCE = 2;
    private static final float SHOWN_RANGE = 8; // nepers below the loudest place: 70 dB

    List<Block> text(ModelFolder model, Map<String, String> fields) {
        Terminal terminal = setting.terminal();
        TextRequest request = TextRequest.of("", seed).withFields(new LinkedHashMap<>(fields));
        terminal.piece(told(fields) + ": ");
        List<WrittenText> written = TextGenerator.open(model).write(request, piece -> terminal.piece(piece.text()));
        terminal.piece("\n");
        List<Content> contents = new TextOutputs(ledger(), Origin.of(model), PRODUCER)
                .enter(new TextOutputs.Batch(request, written, Instant.now()));
        String notice = AiMark.notice(contents.getFirst().id());
        terminal.result("  " + notice);
        return List.of(new Block.Text(
                "%s%n%s%n%s".formatted(told(fields), written.getFirst().text().strip(), notice)));
    }

    private static String told(Map<String, String> fields) {
        return String.join(", ", new TreeMap<>(fields).values());
    }

    /// Things in colours on one sheet, and how one came out of noise.
    List<Block> pictures(ModelFolder model) {
        ImageOutputs outputs = new ImageOutputs(ledger(), Origin.of(model), PRODUCER, Notice.NONE);
        Path folder = setting.workspace().outputs();
        List<Image> made = new ArrayList<>();
        List<Content> contents = new ArrayList<>();
        List<Image> frames = new ArrayList<>();
        List<Content> animated;
        try (ImageGenerator generator = ImageGenerator.open(model, Engine.start(Device.AUTO))) {
            for (String thing : List.of("cup", "teapot", "tin", "leaf")) {
                for (String color : List.of("green", "red", "blue", "gold")) {
                    ImageRequest request = request(Map.of("thing", thing, "color", color));
                    List<Image> one = generator.generate(request, _ -> {});
                    made.addAll(one);
                    contents.addAll(outputs.write(batch(request, one), folder));
                }
            }
            ImageRequest request = request(Map.of("thing", "teapot", "color", "blue"));
            List<Image> last = generator.generate(
                    request, shown -> frames.add(ContactSheet.of(shown).draw(shown)));
            animated = outputs.write(batch(request, last), folder);
        }
        Content sheet = outputs.sheet(ContactSheet.of(made).withColumns(4).draw(made), contents, folder, Instant.now());
        Content animation = outputs.animation(
                Animation.of(frames, Duration.ofMillis(150), Duration.ofSeconds(2)), animated, folder, Instant.now());
        setting.terminal().result("  " + sheet.file());
        setting.terminal().result("  " + animation.file());
        return List.of(new Block.Gallery(List.of(
                new Block.Picture("cups, teapots, tins and leaves in four colours", bytes(sheet)),
                new Block.Picture("a blue teapot, out of noise", bytes(animation)))));
    }

    private static ImageOutputs.Batch batch(ImageRequest request, List<Image> images) {
        return new ImageOutputs.Batch(MediaRequest.of(request), images, Instant.now());
    }

    /// One of each mood and instrument.
    List<Block> sounds(ModelFolder model) {
        SoundOutputs outputs = new SoundOutputs(ledger(), Origin.of(model), PRODUCER, Notice.NONE);
        List<Block.Clip> clips = new ArrayList<>();
        try (SoundGenerator generator =
                SoundGenerator.open(model, Engine.start(Device.AUTO), GriffinLim.usual(seed.branch("waves"))::sound)) {
            for (String mood : List.of("calm", "bright", "festive")) {
                for (String instrument : List.of("bell", "flute", "zither")) {
                    ImageRequest request = request(Map.of("mood", mood, "instrument", instrument));
                    List<Sound> made = generator.generate(request);
                    Content content = outputs.write(
                                    new SoundOutputs.Batch(MediaRequest.of(request), made, Instant.now()),
                                    setting.workspace().outputs(),
                                    SoundOutputs.Kind.WAV)
                            .getFirst();
                    setting.terminal().result("  %s, %s: %s".formatted(mood, instrument, content.file()));
                    clips.add(new Block.Clip(
                            mood + ", " + instrument, bytes(content), Optional.of(spectrogram(made.getFirst()))));
                }
            }
        }
        return List.of(new Block.Sounds(clips));
    }

    private static Block.Picture spectrogram(Sound sound) {
        Spectrogram spectrogram = Spectrogram.of(sound, MelSettings.forRate(sound.rate()));
        int bands = spectrogram.settings().mels();
        float[][] columns = new float[spectrogram.frames()][bands];
        float loudest = Spectrogram.SILENCE;
        for (int frame = 0; frame < columns.length; frame++) {
            for (int band = 0; band < bands; band++) {
                columns[frame][band] = spectrogram.values()[band * columns.length + frame];
                loudest = Math.max(loudest, columns[frame][band]);
            }
        }
        Image picture = ColourMap.MAGMA.picture(columns, new ColourMap.Range(loudest - SHOWN_RANGE, loudest));
        return new Block.Picture("its spectrogram", Png.write(picture));
    }

    private Ledger ledger() {
        return Ledger.in(setting.workspace().outputs());
    }

    private static byte[] bytes(Content content) {
        Path file = Path.of(content.file());
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw Reason.unreadable(file, unreadable);
        }
    }

    private ImageRequest request(Map<String, String> fields) {
        return new ImageRequest(
                new LinkedHashMap<>(new TreeMap<>(fields)),
                "",
                1,
                new ImageRequest.Denoising(ImageRequest.Denoising.USUAL.solver(), STEPS, GUIDANCE),
                seed.branch("demo " + new TreeMap<>(fields)));
    }
}
