package dev.athanor.generate.show;

import dev.athanor.data.image.Image;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Pictures in motion, over and over, such as how noise became a picture.
///
/// @param frames one after another, all of one size
public record Animation(List<Frame> frames) {

    /// GIF counts in hundredths of a second, and programs take one for a mistake and show ten.
    private static final Duration SHORTEST = Duration.ofMillis(20);

    private static final Duration LONGEST = Duration.ofMillis(655350);

    /// One picture.
    ///
    /// @param shown for how long
    public record Frame(Image picture, Duration shown) {
        public Frame {
            if (shown.compareTo(SHORTEST) < 0 || shown.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("a frame that is shown for %d ms: expected from %d to %d ms"
                        .formatted(shown.toMillis(), SHORTEST.toMillis(), LONGEST.toMillis()));
            }
        }
    }

    public Animation {
        frames = List.copyOf(frames);
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("an animation of no frames: expected at least one");
        }
        Image first = frames.getFirst().picture();
        for (int i = 1; i < frames.size(); i++) {
            Image next = frames.get(i).picture();
            if (next.width() != first.width() || next.height() != first.height()) {
                throw new IllegalArgumentException(
                        "frame %d has %d x %d pixels and frame 0 has %d x %d: expected one size"
                                .formatted(i, next.width(), next.height(), first.width(), first.height()));
            }
        }
    }

    /// Pictures that are shown equally long, but for the last, which stays so much longer.
    public static Animation of(List<Image> pictures, Duration each, Duration last) {
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            frames.add(new Frame(pictures.get(i), i < pictures.size() - 1 ? each : last));
        }
        return new Animation(frames);
    }

    /// The same with each picture changed.
    public Animation withPictures(UnaryOperator<Image> change) {
        return new Animation(frames.stream()
                .map(frame -> new Frame(change.apply(frame.picture()), frame.shown()))
                .toList());
    }

    /// The bytes of a GIF file. Where all frames together have at most 256 colours, as grey ones do, nothing is
    /// lost; otherwise each frame gets the 256 that fit it best.
    public byte[] gif() {
        return GifWriter.write(frames);
    }

    /// The frames of a GIF file as they are seen, one after another: what a frame leaves as it was is filled
    /// in, and what nothing covers is white.
    ///
    /// @param name what to call the file in a refusal
    /// @throws dev.athanor.data.DataException where it is not a whole GIF file, or a large one beyond sense
    public static void forEachFrame(byte[] gif, String name, Consumer<Image> each) {
        GifReader.read(gif, name, each);
    }
}
