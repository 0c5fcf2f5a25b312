package dev.athanor.data.clean;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.parser.Tag;
import org.jsoup.select.NodeVisitor;

/// The text of HTML, as a browser would show it, read by jsoup. A text without tags and entities stays as it is; so
/// do `a < b`, `<EMAIL_1>` and whatever else in angle brackets is no tag of HTML.
@About("remove HTML: tags and scripts go, entities become characters, blocks become lines")
record Html(
        @About("menus, headers, footers, asides and forms of a page: drop, or keep their texts")
        Frame frame) implements Step {
    static final Html USUAL = new Html(Frame.DROP);

    enum Frame {
        DROP,
        KEEP
    }

    private static final Pattern TAG = Pattern.compile("<(?:/?([A-Za-z][A-Za-z0-9]*)(?=[\\s/>])|!--|!DOCTYPE)");
    private static final Pattern OPEN = Pattern.compile("<(?=[^\\s<])");
    private static final Pattern ENTITY =
            Pattern.compile("&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\\d{1,7}|#[xX][0-9A-Fa-f]{1,6});");
    private static final String UNSEEN = "script, style, noscript, template, iframe, svg, object, head";
    private static final String AROUND = "nav, header, footer, aside, form, menu, dialog";

    @Override
    public Treatment open(Surroundings around) {
        return Treatment.changing(this::text);
    }

    private String text(String text) {
        if (text.indexOf('<') >= 0) {
            String escaped = withoutOtherBrackets(text);
            if (!escaped.isEmpty()) {
                return shown(escaped);
            }
        }
        boolean entities = text.indexOf('&') >= 0 && ENTITY.matcher(text).find();
        return entities ? Parser.unescapeEntities(text, false) : text;
    }

    /// The text with each bracket that opens no known tag written as an entity; empty where none opens one.
    private static String withoutOtherBrackets(String text) {
        boolean found = false;
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        Matcher open = OPEN.matcher(text);
        Matcher tag = TAG.matcher(text);
        int from = 0;
        while (open.find()) {
            tag.region(open.start(), text.length());
            boolean known = tag.lookingAt() && (tag.group(1) == null || Tag.isKnownTag(tag.group(1)));
            found |= known;
            escaped.append(text, from, open.start()).append(known ? "<" : "&lt;");
            from = open.end();
        }
        return found ? escaped.append(text, from, text.length()).toString() : "";
    }

    private String shown(String html) {
        Document page = Jsoup.parse(html);
        page.select(UNSEEN).remove();
        if (frame == Frame.DROP) {
            page.select(AROUND).remove();
        }
        Lines lines = new Lines();
        page.body().traverse(lines);
        return lines.text();
    }

    /// The text of elements in their order: blocks and rows on lines of their own, cells divided by tabs.
    private static final class Lines implements NodeVisitor {
        private final StringBuilder text = new StringBuilder();
        private int preformatted; // how many such elements are open

        @Override
        public void head(Node node, int depth) {
            preformatted += isPreformatted(node) ? 1 : 0;
            switch (node) {
                case TextNode words -> append(words);
                case Element element when element.nameIs("br") -> text.append('\n');
                case Element element when element.nameIs("td") || element.nameIs("th") -> cell();
                case Element element when element.isBlock() -> line();
                default -> {}
            }
        }

        @Override
        public void tail(Node node, int depth) {
            preformatted -= isPreformatted(node) ? 1 : 0;
            if (node instanceof Element element
                    && element.isBlock()
                    && !element.nameIs("td")
                    && !element.nameIs("th")) {
                line();
                if (element.nameIs("p") && !text.isEmpty()) {
                    text.append('\n');
                }
            }
        }

        private static boolean isPreformatted(Node node) {
            return node.nameIs("pre") || node.nameIs("textarea");
        }

        private void append(TextNode words) {
            String piece = preformatted > 0 ? words.getWholeText() : words.text();
            boolean fresh = text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1));
            text.append(fresh && preformatted == 0 ? piece.stripLeading() : piece);
        }

        private void cell() {
            if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
                text.append('\t');
            }
        }

        private void line() {
            while (!text.isEmpty() && text.charAt(text.length() - 1) == ' ') {
                text.setLength(text.length() - 1);
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
                text.append('\n');
            }
        }

        String text() {
            return text.toString().strip();
        }
    }
}
