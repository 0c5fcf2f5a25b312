package dev.athanor.cli;

import dev.athanor.data.Workspace;
import dev.athanor.data.sound.MelSettings;
import dev.athanor.generate.sound.ChosenVoice;
import dev.athanor.model.ModelFolder;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What a model of sounds speaks with.
class VoiceOption {
    private static final String NONE = "griffin-lim";

    @Option(
            names = "--vocoder",
            paramLabel = "NAME",
            description =
                    "The vocoder that makes sounds of the model's spectrograms, or griffin-lim. Default: the newest of the workspace that fits, else griffin-lim.")
    private Optional<String> vocoder = Optional.empty();

    boolean isChosen() {
        return vocoder.isPresent();
    }

    /// The vocoder, or none where Griffin-Lim speaks.
    ///
    /// @param mel how the model's spectrograms are made
    Optional<ModelFolder> speaker(Workspace workspace, MelSettings mel, Terminal terminal) {
        if (isChosen()) {
            return vocoder.filter(name -> !name.equals(NONE)).map(name -> ModelsCommand.find(workspace, name));
        }
        return ChosenVoice.newest(ModelsCommand.all(workspace, terminal), mel);
    }
}
