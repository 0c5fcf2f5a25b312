package dev.athanor.data.document;

import dev.athanor.data.TextLimit;
import dev.athanor.data.Unusable;

/// A kind of document, and how its text is read.
public sealed interface Document permits Html, Markdown, Word, Pdf {
    /// A text of more characters is refused.
    int MOST_CHARACTERS = TextLimit.CHARACTERS;

    /// @param bytes the whole file
    /// @throws Unusable where it is broken, locked, or beyond a limit
    String text(byte[] bytes) throws Unusable;
}
