package dev.athanor.evaluate;

import dev.athanor.evaluate.page.Block;
import dev.athanor.generate.image.ImageRequest;
import dev.athanor.model.ModelConfig;
import dev.athanor.model.SoundCodec;
import dev.athanor.model.UNet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// How samples came about, since every measure depends on it.
///
/// @param way of a model that makes them step by step or code by code; empty where they are made at once
/// @param voice what spoke them where they are sounds; what it loses is in every measure
public record Made(Optional<String> way, Optional<String> voice) {
    static final Made AT_ONCE = new Made(Optional.empty(), Optional.empty());

    static Made of(ModelConfig config, ImageRequest.Denoising denoising, Optional<String> voice) {
        return new Made(
                switch (config) {
                    case UNet.Config _ ->
                        Optional.of("%d steps of %s, guidance %s"
                                .formatted(denoising.steps(), denoising.solver().word(), denoising.guidance()));
                    case SoundCodec.Config _ -> Optional.of("code by code, guidance " + denoising.guidance());
                    default -> Optional.empty();
                },
                voice);
    }

    void addTo(ObjectNode json) {
        way.ifPresent(how -> json.put("way", how));
        voice.ifPresent(name -> json.put("voice", name));
    }

    List<Block.Notice> notices() {
        List<Block.Notice> notices = new ArrayList<>();
        way.ifPresent(
                how -> notices.add(new Block.Notice(Block.Tone.PLAIN, "How samples were made: %s.".formatted(how))));
        voice.ifPresent(name -> notices.add(new Block.Notice(
                Block.Tone.PLAIN, "Spoken by %s: every measure is of what is heard.".formatted(name))));
        return notices;
    }
}
