package dev.athanor.model;

import dev.athanor.data.sound.MelSettings;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How sounds are written for a model that makes them of spectrograms: as spectrograms like these. It follows
/// from the model's configuration.
public record WaveForm(MelSettings mel) implements Form {
    @Override
    public ObjectNode toJson() {
        return JsonNodeFactory.instance.objectNode().put("reads", "spectrogram").put("makes", "sound");
    }
}
