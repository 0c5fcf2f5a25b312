package dev.athanor.data;

import dev.athanor.data.duplicate.Search;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/// Where the samples of each split stand in the one row of all that are compared. Earlier ones are kept: those
/// of a reference come first, then test, validation and train.
record DuplicateLayout(List<Part> parts) {
    private static final List<Split> ORDER = List.of(Split.TEST, Split.VALIDATION, Split.TRAIN);

    enum Role {
        /// It is only compared with.
        REFERENCE,
        /// It may lose samples.
        SUBJECT
    }

    /// A split of a dataset, without its samples.
    private record Piece(Dataset dataset, Split split, Role role) {
        String name() {
            return role == Role.REFERENCE ? dataset.reference() + " " + split.word() : split.word();
        }
    }

    /// @param name `test`, or `other@1 test` of a reference
    /// @param begin the number of its first sample
    /// @param end behind its last
    record Part(Dataset dataset, Split split, Role role, String name, int begin, int end) {}

    /// All splits of a dataset; with a reference all but those that the reference has of the very same version.
    static DuplicateLayout of(Dataset dataset, Optional<Deduplicator.Reference> reference) {
        List<Piece> pieces = new ArrayList<>();
        for (Split split : ORDER) {
            if (reference.isPresent() && reference.get().splits().contains(split)) {
                pieces.add(new Piece(reference.get().dataset(), split, Role.REFERENCE));
            }
        }
        for (Split split : ORDER) {
            if (reference.isEmpty() || !reference.get().isOf(dataset, split)) {
                pieces.add(new Piece(dataset, split, Role.SUBJECT));
            }
        }
        return new DuplicateLayout(placed(pieces));
    }

    private static List<Part> placed(List<Piece> pieces) {
        List<Part> parts = new ArrayList<>();
        long begin = 0;
        for (Piece piece : pieces) {
            long end = begin + piece.dataset().count(piece.split());
            if (end > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException(
                        "%s has more samples than can be compared at once, %d: divide it and compare the parts, each --against the others"
                                .formatted(piece.dataset().reference(), Integer.MAX_VALUE - 8));
            }
            if (end > begin) {
                parts.add(new Part(piece.dataset(), piece.split(), piece.role(), piece.name(), (int) begin, (int) end));
            }
            begin = end;
        }
        return parts;
    }

    /// Reads all samples in their order.
    ///
    /// @param taken is told how many there were so far
    /// @throws DataException where a split does not have as many as its manifest says
    void read(LongConsumer taken, Search.Taker taker) throws IOException {
        int row = 0;
        for (Part part : parts) {
            try (Stream<Sample> samples = part.dataset().samples(part.split())) {
                for (Sample sample : (Iterable<Sample>) samples::iterator) {
                    taker.take(row++, sample);
                    taken.accept(row);
                }
            }
            if (row != part.end()) {
                throw new DataException(
                        "%s has %d samples in %s and its manifest says %d: the version is damaged. Restore it from a backup, or import the data again"
                                .formatted(
                                        part.dataset().reference(),
                                        row - part.begin(),
                                        part.split().word(),
                                        part.end() - part.begin()));
            }
        }
    }

    /// All splits, without what is done with them.
    List<Section> sections() {
        return parts.stream()
                .map(part -> new Section(part.dataset(), part.split()))
                .toList();
    }

    /// Pairs that count: with a reference those of which one is its own and the other is not, else all.
    Search.Wanted wanted() {
        int references = parts.stream()
                .filter(part -> part.role() == Role.REFERENCE)
                .mapToInt(Part::end)
                .max()
                .orElse(0);
        return (first, second) -> references == 0 || first < references && second >= references;
    }

    int rows() {
        return parts.isEmpty() ? 0 : parts.getLast().end();
    }

    Part at(int row) {
        return parts.get(index(row));
    }

    /// Which of the parts a row is in.
    int index(int row) {
        int index = 0;
        while (row >= parts.get(index).end()) {
            index++;
        }
        return index;
    }

    boolean isReference(int row) {
        return at(row).role() == Role.REFERENCE;
    }

    /// Parts that may lose samples.
    List<Part> subjects() {
        return parts.stream().filter(part -> part.role() == Role.SUBJECT).toList();
    }

    /// The part that a split of the dataset is, where it may lose samples.
    Optional<Part> subject(Split split) {
        return subjects().stream().filter(part -> part.split() == split).findFirst();
    }
}
