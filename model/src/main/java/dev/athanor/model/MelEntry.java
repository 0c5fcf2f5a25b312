package dev.athanor.model;

import dev.athanor.data.sound.MelSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The settings of a spectrogram in `config.json`.
final class MelEntry {
    private MelEntry() {}

    static void write(MelSettings mel, ObjectNode json) {
        json.put("rate", mel.rate())
                .put("fft", mel.fft())
                .put("hop", mel.hop())
                .put("mels", mel.mels())
                .put("lowest", mel.lowest())
                .put("highest", mel.highest());
    }

    static MelSettings read(JsonNode json) {
        return new MelSettings(
                Sizes.read(json, "rate"),
                Sizes.read(json, "fft"),
                Sizes.read(json, "hop"),
                Sizes.read(json, "mels"),
                json.path("lowest").asDouble(),
                json.path("highest").asDouble());
    }
}
