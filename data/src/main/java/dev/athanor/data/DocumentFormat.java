package dev.athanor.data;

import dev.athanor.data.document.Document;
import java.io.IOException;
import java.io.StringReader;

/// Documents whose text is taken out whole: a sample each, or one for each paragraph or line where that is
/// asked for.
final class DocumentFormat implements RecordFormat {
    private final Document kind;

    DocumentFormat(Document kind) {
        this.kind = kind;
    }

    @Override
    public boolean isText() {
        return true;
    }

    @Override
    public void read(File file, Records.Sink sink) throws IOException, Unusable {
        new TextFormat().read(file, new StringReader(kind.text(bytes(file))), sink);
    }

    /// @throws Unusable where they are too many
    static byte[] bytes(File file) throws IOException, Unusable {
        byte[] bytes = file.in().readNBytes(Tree.MOST_BYTES + 1);
        if (bytes.length > Tree.MOST_BYTES) {
            throw new Unusable("has more than %d bytes".formatted(Tree.MOST_BYTES), "Split it, or leave it out");
        }
        return bytes;
    }
}
