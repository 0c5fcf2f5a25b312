package dev.athanor.cli;

import dev.athanor.data.Seed;
import dev.athanor.data.sound.MelSettings;
import dev.athanor.data.sound.Sound;
import dev.athanor.generate.Content;
import dev.athanor.generate.MediaRequest;
import dev.athanor.generate.Origin;
import dev.athanor.generate.SoundOutputs;
import dev.athanor.generate.image.ImageRequest;
import dev.athanor.generate.mark.Notice;
import dev.athanor.generate.sound.ChosenVoice;
import dev.athanor.generate.sound.SoundGenerator;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.SoundCodec;
import dev.athanor.torch.Engine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What `generate` does with a model of sounds, and the options for that alone.
final class SoundGeneration extends VoiceOption {
    @Option(names = "--flac", description = "FLAC files instead of WAV: about half as large, the same sound.")
    private boolean flac;

    @Option(names = "--tones", description = "Also a mark before the sound that people hear.")
    private boolean tones;

    /// Makes, writes and enters the sounds.
    int run(GenerateCommand.Asked asked, ImageGeneration images) {
        boolean written = asked.model().config() instanceof SoundCodec.Config;
        images.refuseAnimation(asked.model());
        ImageRequest request = images.request(asked);
        MelSettings mel = asked.model().images().sound().orElseThrow().mel();
        Optional<ModelFolder> speaker = speaker(asked.workspace(), mel, asked.terminal());
        List<Sound> sounds;
        Engine engine = Engine.start(images.device());
        Seed waves = asked.seed().branch("waves");
        try (ChosenVoice voice = speaker.map(folder -> ChosenVoice.of(folder, mel, engine))
                        .orElseGet(() -> ChosenVoice.griffinLim(waves));
                SoundGenerator generator = SoundGenerator.open(asked.model(), engine, voice)) {
            sounds = generator.generate(request);
            asked.terminal().note("Spoken by " + voice.name());
        }
        Origin origin = speaker.map(asked.origin()::with).orElseGet(asked::origin);
        SoundOutputs outputs =
                new SoundOutputs(asked.ledger(), origin, asked.producer(), tones ? Notice.GIVEN : Notice.NONE);
        MediaRequest media = MediaRequest.of(request);
        List<Content> contents = outputs.write(
                new SoundOutputs.Batch(written ? media.withDenoising(codes(request)) : media, sounds, Instant.now()),
                asked.out().orElse(asked.workspace().outputs()),
                flac ? SoundOutputs.Kind.FLAC : SoundOutputs.Kind.WAV);
        ImageGeneration.tell(asked, contents, List.of());
        return 0;
    }

    private static MediaRequest.Denoising codes(ImageRequest request) {
        MediaRequest.Denoising none = MediaRequest.Denoising.NONE;
        return new MediaRequest.Denoising(
                none.sampler(), none.steps(), request.denoising().guidance(), none.strength());
    }
}
