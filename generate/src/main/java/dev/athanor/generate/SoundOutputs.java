package dev.athanor.generate;

import dev.athanor.data.sound.Flac;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.Wav;
import dev.athanor.generate.mark.AudibleMark;
import dev.athanor.generate.mark.Carrier;
import dev.athanor.generate.mark.Notice;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Writes generated sounds to files with their marks, and enters them in the ledger.
///
/// @param ledger where each sound gets its line
/// @param origin what the sounds go back to
/// @param producer who answers for them: the `ContentProducer` of the hidden mark
/// @param notice whether tones that people hear go before them
public record SoundOutputs(Ledger ledger, Origin origin, String producer, Notice notice) {

    /// The kinds of file; both hold the same samples.
    public enum Kind {
        WAV,
        /// About half as large.
        FLAC
    }

    /// What is published together.
    ///
    /// @param first which sound of the request the first of these is, from 0
    /// @param time when
    public record Batch(MediaRequest request, List<Sound> sounds, int first, Instant time) {
        public Batch {
            sounds = List.copyOf(sounds);
        }

        /// All sounds of a request.
        public Batch(MediaRequest request, List<Sound> sounds, Instant time) {
            this(request, sounds, 0, time);
        }
    }

    /// Enters sounds that are only played, and gives their files.
    public List<MarkedMedia> enter(Batch batch, Kind kind) {
        Imprint imprint = new Imprint(ledger, origin, producer);
        return pieces(batch, kind)
                .map(piece -> imprint.enter(piece, batch.time(), _ -> ""))
                .toList();
    }

    /// Writes each sound into a folder under its id, and enters it.
    ///
    /// @throws dev.athanor.data.DataException where the folder cannot be written
    public List<Content> write(Batch batch, Path folder, Kind kind) {
        Imprint imprint = new Imprint(ledger, origin, producer);
        return pieces(batch, kind)
                .map(piece -> imprint.write(piece, batch.time(), folder))
                .toList();
    }

    /// One after another, so that only one file is in memory at a time.
    private Stream<Imprint.Piece> pieces(Batch batch, Kind kind) {
        return IntStream.range(0, batch.sounds().size())
                .mapToObj(
                        i -> piece(batch.sounds().get(i), new Making.Sound(batch.request(), batch.first() + i), kind));
    }

    private Imprint.Piece piece(Sound sound, Making making, Kind kind) {
        Sound heard = notice == Notice.GIVEN ? AudibleMark.before(sound) : sound;
        String sha256 = Content.hash(heard);
        return switch (kind) {
            case WAV -> new Imprint.Piece(making, sha256, Carrier.WAV, Wav.write(heard));
            case FLAC -> new Imprint.Piece(making, sha256, Carrier.FLAC, Flac.write(heard));
        };
    }
}
