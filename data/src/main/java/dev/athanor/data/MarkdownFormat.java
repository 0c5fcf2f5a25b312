package dev.athanor.data;

import dev.athanor.data.document.Markdown;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;

/// Markdown in any encoding, as [DocumentFormat] reads documents.
final class MarkdownFormat implements RecordFormat {
    @Override
    public boolean isText() {
        return true;
    }

    @Override
    public void read(File file, Records.Sink sink) throws IOException, Unusable {
        Encodings.Decoded decoded = file.decoded();
        StringWriter all = new StringWriter();
        char[] buffer = new char[1 << 16];
        for (int read = decoded.reader().read(buffer);
                read >= 0;
                read = decoded.reader().read(buffer)) {
            all.write(buffer, 0, read);
            if (all.getBuffer().length() > Lines.LONGEST) {
                throw new Unusable(
                        "has more than %d characters".formatted(Lines.LONGEST), "Split it" + TextLimit.orMoreMemory());
            }
        }
        var wrong = decoded.wrong(all.toString());
        if (wrong.isPresent()) {
            throw wrong.get();
        }
        new TextFormat().read(file, new StringReader(new Markdown().text(all.toString())), sink);
    }
}
