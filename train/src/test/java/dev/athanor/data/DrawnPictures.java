package dev.athanor.data;

import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import tools.jackson.databind.node.JsonNodeFactory;

/// Datasets of pictures that tests draw: a bright bar lying or standing somewhere in the dark.
public final class DrawnPictures {
    private DrawnPictures() {}

    /// @param side pixels
    /// @param label the name of the field that says how the bar goes; empty: none does
    /// @param count of all splits: seven tenths to learn from, two to look at, one to test with
    public record Set(String name, int side, String label, int count) {}

    public static Dataset bars(Workspace workspace, Set set) {
        return bars(workspace, set, "");
    }

    /// The same, each with a caption.
    public static Dataset captionedBars(Workspace workspace, Set set) {
        return bars(workspace, set, "a bar");
    }

    private static Dataset bars(Workspace workspace, Set set, String caption) {
        SplittableRandom random = new SplittableRandom(7);
        List<String> fields = set.label().isEmpty() ? List.of() : List.of(set.label(), "place");
        return write(workspace, set, fields, writer -> {
            for (int i = 0; i < set.count(); i++) {
                boolean lying = i % 2 == 0;
                int place = random.nextInt(1, set.side() - 1);
                Map<String, String> values = fields.isEmpty()
                        ? Map.of()
                        : Map.of(set.label(), lying ? "lying" : "standing", "place", "at " + place);
                writer.add(
                        sample(i, caption, bar(set.side(), lying, place, random), values), Optional.of(split(i % 10)));
            }
        });
    }

    /// The same picture over and over; every second without its label where there is one.
    public static Dataset copies(Workspace workspace, Set set) {
        byte[] one = bar(set.side(), true, 2, new SplittableRandom(7));
        return write(workspace, set, List.of(set.label()), writer -> {
            for (int i = 0; i < set.count(); i++) {
                Map<String, String> values = i % 2 == 0 ? Map.of(set.label(), i % 4 == 0 ? "a" : "b") : Map.of();
                writer.add(sample(i, "", one, values), Optional.of(split(i % 10)));
            }
        });
    }

    private interface Fill {
        void of(VersionWriter writer);
    }

    private static Dataset write(Workspace workspace, Set set, List<String> fields, Fill fill) {
        return VersionWriter.write(
                new Datasets(workspace),
                new VersionWriter.Schema(set.name(), Kind.IMAGE, set.label(), fields),
                new SplitPlan.Given(),
                writer -> {
                    fill.of(writer);
                    return new VersionWriter.Description(
                            List.of(), List.of(), "", JsonNodeFactory.instance.objectNode());
                });
    }

    private static Sample sample(int number, String caption, byte[] picture, Map<String, String> values) {
        return new Sample(
                "s" + number, caption, new Media(picture, number + ".png"), new LinkedHashMap<>(values), "drawn");
    }

    private static Split split(int digit) {
        return digit < 7 ? Split.TRAIN : digit < 9 ? Split.VALIDATION : Split.TEST;
    }

    private static byte[] bar(int side, boolean lying, int place, SplittableRandom random) {
        byte[] pixels = new byte[side * side];
        for (int i = 0; i < pixels.length; i++) {
            boolean bright = (lying ? i / side : i % side) == place;
            pixels[i] = (byte) (bright ? random.nextInt(200, 256) : random.nextInt(40));
        }
        return Png.write(new Image(side, side, 1, pixels));
    }
}
