package dev.athanor.data.clean;

import dev.athanor.data.Hashes;
import dev.athanor.data.Kind;
import dev.athanor.data.Sample;
import dev.athanor.data.Seed;

/// Drops what is there already, character for character or byte for byte; the first one stays.
@About("drop a text or row that is there already, or a picture or sound with the same bytes; the first stays")
record Duplicates() implements Step {
    static final Duplicates USUAL = new Duplicates();

    @Override
    public boolean remembers() {
        return true;
    }

    /// Keys have 64 bits: two of a million texts are taken for one with chance 3e-8.
    @Override
    public Treatment open(Surroundings around) {
        return new Memory(sample -> new Seed(0).branch(content(sample, around)).value(), "duplicate");
    }

    private static String content(Sample sample, Surroundings around) {
        return switch (around.kind()) {
            case TEXT -> sample.text();
            case TABLE -> sample.textOrRow();
            case IMAGE, SOUND -> Hashes.sha256(sample.media().bytes());
        };
    }

    @Override
    public boolean suits(Kind kind) {
        return true;
    }
}
