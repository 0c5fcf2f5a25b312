package dev.athanor.generate;

import java.util.OptionalInt;

/// Reads a sequence with a recurrent network: the state is all it keeps, so a sequence may be endless.
public sealed interface RecurrentDecoder extends Decoder permits LstmDecoder, GruDecoder, LatentDecoder {

    @Override
    default OptionalInt context() {
        return OptionalInt.empty();
    }
}
