package dev.athanor.generate;

import dev.athanor.data.Durable;
import dev.athanor.data.Hashes;
import dev.athanor.generate.mark.Carrier;
import dev.athanor.generate.mark.HiddenMark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Under whose name content goes out: what texts, pictures and sounds share on their way to a file and the
/// ledger.
///
/// @param ledger where each piece gets its line
/// @param origin what the pieces go back to
/// @param producer who answers for them: the `ContentProducer` of the hidden mark
record Imprint(Ledger ledger, Origin origin, String producer) {

    /// A picture or sound whose file has no mark yet.
    ///
    /// @param sha256 of its pixels or samples as they stand in the file
    record Piece(Making making, String sha256, Carrier carrier, byte[] file) {}

    /// From all that makes a piece, and the time, so that two are never confused.
    static String id(String... parts) {
        return "c-" + Hashes.sha256(String.join("\n", parts)).substring(0, 16);
    }

    /// Marks a piece and enters it.
    ///
    /// @param place where its file stands, given its name; empty where it is only shown
    MarkedMedia enter(Piece piece, Instant time, UnaryOperator<String> place) {
        MarkedMedia marked = mark(piece, time, place);
        ledger.append(marked.content());
        return marked;
    }

    /// Marks a piece, writes it into a folder under its id, and enters it; the file is on disk before the line
    /// is, so that the ledger never names what is not there.
    Content write(Piece piece, Instant time, Path folder) {
        MarkedMedia marked = mark(piece, time, name -> folder.resolve(name).toString());
        Durable.file(Path.of(marked.content().file()), marked.file());
        ledger.append(marked.content());
        return marked.content();
    }

    private MarkedMedia mark(Piece piece, Instant time, UnaryOperator<String> place) {
        String id = id(origin.weights(), piece.making().toString(), time.toString(), piece.sha256());
        String file = place.apply(id + piece.carrier().suffix());
        Content content = new Content(id, time, producer, origin, piece.making(), piece.sha256(), file);
        return new MarkedMedia(content, piece.carrier().insert(piece.file(), mark(content), id));
    }

    /// The mark inside pictures and sounds. They go out into the world, so folders stay out of it, and so do
    /// the names of source files, of which there may be thousands: those stand in the ledger.
    private HiddenMark mark(Content content) {
        ObjectNode lineage = content.toJson();
        lineage.remove("file");
        lineage.remove("sources");
        lineage.put(HiddenMark.SOURCE_TYPE, sourceType(content.making()));
        return new HiddenMark(AiMark.of(content).toJson(), lineage);
    }

    private static String sourceType(Making making) {
        MediaRequest.Task task = making instanceof Making.Picture(MediaRequest request, int _)
                ? request.task()
                : MediaRequest.Task.GENERATE;
        return switch (task) {
            case INPAINT, RESTORE -> HiddenMark.PARTLY_BY_MODEL;
            case GENERATE, VARIATION, INTERPOLATE -> HiddenMark.BY_MODEL;
        };
    }

    /// The mark beside texts, and the lineage itself, so that a file alone leads back.
    ObjectNode marks(Content content) {
        ObjectNode marks = JsonNodeFactory.instance.objectNode();
        marks.set(HiddenMark.FIELDS, AiMark.of(content).toJson());
        marks.set(HiddenMark.LINEAGE, content.toJson());
        return marks;
    }
}
