package dev.athanor.generate;

import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import dev.athanor.generate.mark.Carrier;
import dev.athanor.generate.mark.Notice;
import dev.athanor.generate.mark.VisibleMark;
import dev.athanor.generate.show.Animation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Writes generated pictures to PNG files with their marks, and enters them in the ledger.
///
/// @param ledger where each picture gets its line
/// @param origin what the pictures go back to
/// @param producer who answers for them: the `ContentProducer` of the hidden mark
/// @param notice whether they get a badge that people see
public record ImageOutputs(Ledger ledger, Origin origin, String producer, Notice notice) {

    /// What is published together.
    ///
    /// @param first which picture of the request the first of these is, from 0
    /// @param time when
    public record Batch(MediaRequest request, List<Image> pictures, int first, Instant time) {
        public Batch {
            pictures = List.copyOf(pictures);
        }

        /// All pictures of a request.
        public Batch(MediaRequest request, List<Image> pictures, Instant time) {
            this(request, pictures, 0, time);
        }
    }

    /// Enters pictures that are only shown, and gives their PNG files.
    public List<MarkedMedia> enter(Batch batch) {
        return pieces(batch)
                .map(piece -> imprint().enter(piece, batch.time(), _ -> ""))
                .toList();
    }

    /// Writes each picture into a folder as `<id>.png`, and enters it.
    ///
    /// @throws dev.athanor.data.DataException where the folder cannot be written
    public List<Content> write(Batch batch, Path folder) {
        return pieces(batch)
                .map(piece -> imprint().write(piece, batch.time(), folder))
                .toList();
    }

    /// Writes a contact sheet of pictures that were entered before.
    ///
    /// @param sheet see [dev.athanor.generate.show.ContactSheet]
    public Content sheet(Image sheet, List<Content> of, Path folder, Instant time) {
        Making making = new Making.Display("contact sheet", ids(of));
        return imprint().write(piece(sheet, making), time, folder);
    }

    /// Writes an animation as `<id>.gif`, such as of the noise that became a picture.
    public Content animation(Animation animation, List<Content> of, Path folder, Instant time) {
        Animation shown = notice == Notice.GIVEN ? animation.withPictures(VisibleMark::on) : animation;
        byte[] file = shown.gif();
        Imprint.Piece piece = new Imprint.Piece(
                new Making.Display("animation", ids(of)),
                Content.hashOfFrames(file, "the animation"), // as its palette left them
                Carrier.GIF,
                file);
        return imprint().write(piece, time, folder);
    }

    private Imprint imprint() {
        return new Imprint(ledger, origin, producer);
    }

    /// One after another, so that only one file is in memory at a time.
    private Stream<Imprint.Piece> pieces(Batch batch) {
        return IntStream.range(0, batch.pictures().size())
                .mapToObj(i -> piece(batch.pictures().get(i), new Making.Picture(batch.request(), batch.first() + i)));
    }

    private Imprint.Piece piece(Image picture, Making making) {
        Image shown = notice == Notice.GIVEN ? VisibleMark.on(picture) : picture;
        return new Imprint.Piece(making, Content.hash(shown), Carrier.PNG, Png.write(shown));
    }

    private static List<String> ids(List<Content> contents) {
        return contents.stream().map(Content::id).toList();
    }
}
