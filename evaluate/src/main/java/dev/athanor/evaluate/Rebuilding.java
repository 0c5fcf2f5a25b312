package dev.athanor.evaluate;

import dev.athanor.evaluate.page.Block;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How well an autoencoder gives pictures back, and beside it what an answer gets that knows nothing of them:
/// always the mean of the training pictures.
///
/// @param own what the model gets
/// @param floor what the mean picture gets over the same pictures
public record Rebuilding(Reconstruction own, Reconstruction floor) {
    ObjectNode toJson() {
        ObjectNode json = json(own);
        json.set("meanPicture", json(floor));
        return json;
    }

    private static ObjectNode json(Reconstruction lost) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("absoluteError", lost.absoluteError()).put("squaredError", lost.squaredError());
        if (Double.isFinite(lost.decibels())) { // JSON has no word for infinity, which nothing lost is
            json.put("psnr", lost.decibels());
        }
        return json.put("ssim", lost.similarity()).put("count", lost.count());
    }

    void addTo(MeasureTable table) {
        table.add(
                "mean absolute error of reconstruction",
                decimals(own.absoluteError()),
                "",
                "over %,d pictures taken apart and put together again; 1 is from black to white; always answering with the mean training picture: %s"
                        .formatted(own.count(), decimals(floor.absoluteError())));
        table.add(
                "mean squared error of reconstruction",
                decimals(own.squaredError()),
                "",
                "the same of squares; the mean picture: " + decimals(floor.squaredError()));
        table.add(
                "PSNR of reconstruction",
                decibels(own),
                "",
                "of that square, higher is nearer; the mean picture: " + decibels(floor));
        table.add(
                "SSIM of reconstruction",
                similarity(own),
                "",
                "1 is the same to the eye; the mean picture: " + similarity(floor));
    }

    Block.Fact fact() {
        return new Block.Fact("reconstruction", decibels(own), "mean picture " + decibels(floor));
    }

    /// Where the model gives back no more than the mean picture does.
    List<Block.Notice> notices() {
        boolean useless = floor.squaredError() > 0 && own.squaredError() >= floor.squaredError();
        return useless
                ? List.of(new Block.Notice(
                        Block.Tone.WARNING,
                        "Pictures come back no nearer than the mean training picture is to them (mean squared error %s against %s): the latent numbers say nothing of a picture. Train longer, or with a smaller weight of the divergence."
                                .formatted(decimals(own.squaredError()), decimals(floor.squaredError()))))
                : List.of();
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static String decibels(Reconstruction lost) {
        return Double.isFinite(lost.decibels())
                ? String.format(Locale.ROOT, "%.1f dB", lost.decibels())
                : "nothing lost";
    }

    private static String similarity(Reconstruction lost) {
        return String.format(Locale.ROOT, "%.3f", lost.similarity());
    }
}
