package dev.athanor.data;

import dev.athanor.data.image.Png;
import dev.athanor.data.sound.SoundReader;
import java.util.Locale;

/// What the samples of a dataset are. A dataset holds one kind.
public enum Kind {
    TEXT("", ""),
    /// Rows of fields, without a text: ratings, events, customers.
    TABLE("", ""),
    IMAGE("image", "Image"),
    SOUND("audio", "Audio");

    /// The Parquet column with the media, as Hugging Face's `datasets` names it; empty: none.
    private final String column;

    private final String feature;

    Kind(String column, String feature) {
        this.column = column;
        this.feature = feature;
    }

    /// The name in files and on the command line: `text`, `table`, `image` or `sound`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws DataException for a word that no kind has
    static Kind of(String word) {
        for (Kind kind : values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new DataException(
                "the kind \"%s\" is not known: expected text, table, image or sound. It may be from a later version of the program"
                        .formatted(word));
    }

    /// What a picture or sound is like, so that a dataset can count it: `28x28 grey`, `8000 Hz`.
    String form(byte[] media) {
        return switch (this) {
            case IMAGE -> Png.form(media);
            case SOUND -> SoundReader.form(media);
            case TEXT, TABLE -> "";
        };
    }

    /// Whether samples hold bytes beside their text.
    public boolean hasMedia() {
        return !column.isEmpty();
    }

    /// Whether samples have a text or caption.
    public boolean hasText() {
        return this != TABLE;
    }

    /// Several of them, for people.
    public String plural() {
        return switch (this) {
            case TEXT -> "texts";
            case TABLE -> "rows of a table";
            case IMAGE -> "pictures";
            case SOUND -> "sounds";
        };
    }

    String column() {
        return column;
    }

    /// The feature of Hugging Face that says how the column is opened.
    String feature() {
        return feature;
    }
}
