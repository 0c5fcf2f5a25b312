package dev.athanor.evaluate.page;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// A part of a page. All strings are plain text of any origin; none is taken for HTML.
public sealed interface Block {

    /// A heading, with a sentence below it that may be empty.
    record Section(String heading, String introduction) implements Block {}

    /// Text as it stands, line breaks kept: a poem, a prompt.
    record Text(String text) implements Block {}

    /// Something that must not be missed.
    record Notice(Tone tone, String text) implements Block {}

    /// How a notice is meant.
    enum Tone {
        GOOD,
        PLAIN,
        WARNING
    }

    /// Few numbers, shown large.
    record Facts(List<Fact> facts) implements Block {
        public Facts {
            facts = List.copyOf(facts);
        }
    }

    /// @param note below the value; may be empty
    record Fact(String name, String value, String note) {}

    /// Every row has a cell for each column; there is at least one column, and it names the rows.
    record Table(List<String> columns, List<List<String>> rows) implements Block {
        public Table {
            columns = List.copyOf(columns);
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("a table without columns: give at least one");
            }
            rows = rows.stream().map(List::copyOf).toList();
            for (int i = 0; i < rows.size(); i++) {
                if (rows.get(i).size() != columns.size()) {
                    throw new IllegalArgumentException("row %d has %d cells and the table %d columns: give one of each"
                            .formatted(i, rows.get(i).size(), columns.size()));
                }
            }
        }
    }

    /// Bars from left to right, one below the other, all to one scale that begins at 0.
    ///
    /// @param markMeaning what the thin line of a bar stands for; empty where no bar has one
    record Bars(String markMeaning, List<Bar> bars) implements Block {
        public Bars {
            bars = List.copyOf(bars);
        }
    }

    /// @param value its length; one below 0 has none
    /// @param shown the value in words
    /// @param mark where a thin line is drawn for comparison
    record Bar(String label, double value, String shown, OptionalDouble mark) {
        public Bar {
            if (!Double.isFinite(value) || !Double.isFinite(mark.orElse(0))) {
                throw new IllegalArgumentException(
                        ("a bar \"%s\" of %s with its mark at %s: expected finite numbers;" + " leave it out")
                                .formatted(label, value, mark));
            }
        }
    }

    /// Pictures beside each other; one alone is shown as large as there is room.
    record Gallery(List<Picture> pictures) implements Block {
        public Gallery {
            pictures = List.copyOf(pictures);
        }
    }

    /// @param caption below it, and what is read out to those who do not see it
    /// @param file bytes of a PNG, JPEG, GIF or WebP file; not copied, so do not change them
    record Picture(String caption, byte[] file) {
        public Picture {
            Media.picture(file, caption);
        }
    }

    /// Sounds to listen to.
    record Sounds(List<Clip> clips) implements Block {
        public Sounds {
            clips = List.copyOf(clips);
        }
    }

    /// @param file bytes of a WAV, FLAC, MP3 or OGG file; not copied, so do not change them
    /// @param spectrogram shown above it
    record Clip(String caption, byte[] file, Optional<Picture> spectrogram) {
        public Clip {
            Media.sound(file, caption);
        }
    }

    /// Ways to other files beside the page.
    record Links(List<Link> links) implements Block {
        public Links {
            links = List.copyOf(links);
        }
    }

    /// @param path relative to the page's folder, with slashes
    record Link(String label, String path) {
        public Link {
            if (path.isEmpty() || path.startsWith("/") || path.contains("\\") || path.contains(":")) {
                throw new IllegalArgumentException(
                        "\"%s\" is no path beside the page: give a relative one with slashes, without colon"
                                .formatted(path));
            }
        }
    }
}
