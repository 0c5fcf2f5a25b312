package dev.athanor.generate.mark;

import java.util.List;
import java.util.Optional;

/// A kind of file that a hidden mark fits into. Everything else in the file stays as it is, byte for byte; an
/// earlier mark gives way to the new one.
public sealed interface Carrier permits PngCarrier, GifCarrier, WavCarrier, FlacCarrier {
    Carrier PNG = new PngCarrier();
    Carrier GIF = new GifCarrier();
    Carrier WAV = new WavCarrier();
    Carrier FLAC = new FlacCarrier();

    /// The carrier that a file's first bytes say it is; its name does not count.
    static Optional<Carrier> of(byte[] file) {
        return List.of(PNG, GIF, WAV, FLAC).stream()
                .filter(carrier -> carrier.begins(file))
                .findFirst();
    }

    /// How names of such files end.
    String suffix();

    /// Whether the first bytes are those of this kind.
    boolean begins(byte[] file);

    /// The file with the mark.
    ///
    /// @param name what to call the file in a refusal
    /// @throws dev.athanor.data.DataException where it is not a whole file of this kind
    byte[] insert(byte[] file, HiddenMark mark, String name);

    /// The mark that a file carries. Marks stand in front, so that a file which breaks off behind them still
    /// has one.
    ///
    /// @param name what to call the file in a refusal
    /// @throws dev.athanor.data.DataException where the file is broken before a mark was found
    Optional<HiddenMark> read(byte[] file, String name);
}
