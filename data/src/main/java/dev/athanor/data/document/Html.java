package dev.athanor.data.document;

import dev.athanor.data.Unusable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document.OutputSettings;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/// Web pages: what is to be read on them, each block on a line of its own; no scripts, styles and forms'
/// buttons.
public record Html() implements Document {
    private static final String UNSEEN = "script, style, noscript, template, head > *:not(title), svg, button, select";

    private static final int LOOKED_AT = 1 << 16;

    /// Elements beside the blocks of HTML behind which a new line begins.
    private static final Set<String> BREAKS = Set.of("br", "tr", "li", "dt", "dd", "title", "hr");

    @Override
    public String text(byte[] bytes) throws Unusable {
        require(bytes);
        try {
            // the encoding is what the page says, else UTF-8
            var page = Jsoup.parse(new ByteArrayInputStream(bytes), null, "");
            page.outputSettings(new OutputSettings().prettyPrint(false));
            page.select(UNSEEN).remove();
            Visible visible = new Visible();
            page.traverse(visible);
            return visible.text.toString().strip();
        } catch (IOException impossible) { // it is read from memory
            throw new UncheckedIOException(impossible);
        }
    }

    /// A page has no NUL, but in UTF-16, of which each page tells by its first bytes.
    private static void require(byte[] bytes) throws Unusable {
        boolean wide = bytes.length > 1 && (bytes[0] & bytes[1] & 0xff) == 0xfe;
        for (int i = 0; i < Math.min(bytes.length, LOOKED_AT) && !wide; i++) {
            if (bytes[i] == 0) {
                throw new Unusable(
                        "is no web page: byte %d is 0x00, a control byte".formatted(i),
                        "Save the page again as HTML, or say with --as what it is");
            }
        }
    }

    private static final class Visible implements NodeVisitor {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void head(Node node, int depth) {
            if (node instanceof TextNode words) {
                add(words);
            } else if (node instanceof Element element) {
                if (begins(element)) {
                    line();
                } else if (element.nameIs("td") || element.nameIs("th")) {
                    cell();
                }
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (node instanceof Element element && begins(element)) {
                line();
            }
        }

        private static boolean begins(Element element) {
            return element.isBlock() && !element.nameIs("td") && !element.nameIs("th")
                    || BREAKS.contains(element.normalName());
        }

        private void add(TextNode words) {
            boolean kept = words.parent() instanceof Element parent && parent.closest("pre, textarea") != null;
            String plain = kept ? words.getWholeText() : words.getWholeText().replaceAll("[\\s\\u00a0]+", " ");
            boolean glued = text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1));
            text.append(!kept && glued && plain.startsWith(" ") ? plain.substring(1) : plain);
        }

        private void cell() {
            if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
                trim();
                text.append('\t');
            }
        }

        private void line() {
            trim();
            if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
                text.append('\n');
            }
        }

        private void trim() {
            while (!text.isEmpty() && text.charAt(text.length() - 1) == ' ') {
                text.setLength(text.length() - 1);
            }
        }
    }
}
