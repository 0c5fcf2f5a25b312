package dev.athanor.data.document;

import java.nio.charset.StandardCharsets;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentRenderer;

/// CommonMark without its marks: headings, emphasis and links are words again. The front matter between `---`
/// is no text.
public record Markdown() implements Document {
    @Override
    public String text(byte[] bytes) {
        return text(new String(bytes, StandardCharsets.UTF_8));
    }

    /// That of a document which is decoded already.
    public String text(String marked) {
        String body = marked.replace("\r\n", "\n").replaceFirst("(?s)\\A\\ufeff?---\n.*?\n---\n", "");
        Node document = Parser.builder().build().parse(body);
        return TextContentRenderer.builder()
                .lineBreakRendering(LineBreakRendering.SEPARATE_BLOCKS)
                .build()
                .render(document)
                .strip();
    }
}
