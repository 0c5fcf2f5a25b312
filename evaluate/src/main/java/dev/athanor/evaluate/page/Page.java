package dev.athanor.evaluate.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A page that is one file: it opens without a network and on a phone, light or dark as its reader likes.
///
/// @param language of what the program says on it, `en` or `zh`; Chinese within another language is marked by
///     itself
/// @param title in the window's title, and as heading
/// @param subtitle below it; may be empty
public record Page(String language, String title, String subtitle, List<Block> blocks) {
    private static final String STYLE = "page.css";

    /// No script, no request: should an escape be forgotten somewhere, the browser still refuses.
    private static final String POLICY =
            "default-src 'none'; img-src data:; media-src data:; style-src 'unsafe-inline'; base-uri 'none'";

    public Page {
        if (!language.matches("[a-z]{2,3}(-[A-Za-z0-9]+)*")) {
            throw new IllegalArgumentException(
                    "\"%s\" is no language tag: give one like en or zh-Hans".formatted(language));
        }
        blocks = List.copyOf(blocks);
    }

    /// A page in English without blocks.
    public static Page titled(String title, String subtitle) {
        return new Page("en", title, subtitle, List.of());
    }

    /// The same page with one more block at its end.
    public Page with(Block block) {
        return withAll(List.of(block));
    }

    /// The same page with more blocks at its end.
    public Page withAll(List<Block> more) {
        List<Block> all = new ArrayList<>(blocks);
        all.addAll(more);
        return new Page(language, title, subtitle, all);
    }

    /// The whole file, to be written as UTF-8.
    public String toHtml() {
        Markup html = new Markup(language);
        html.raw("<!DOCTYPE html>\n<html lang=\"").plain(language).raw("\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\">\n");
        html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n<title>")
                .plain(title)
                .raw("</title>\n");
        html.raw("<style>\n" + style() + "</style>\n</head>\n<body>\n<header>\n");
        html.element("h1", title);
        if (!subtitle.isEmpty()) {
            html.element("p", subtitle);
        }
        html.raw("</header>\n<main>\n");
        blocks.forEach(block -> Drawing.of(block, html));
        return html.raw("</main>\n</body>\n</html>\n").toString();
    }

    private static String style() {
        try (InputStream in = Page.class.getResourceAsStream(STYLE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the style sheet cannot be read from the program's own jar", unreadable);
        }
    }
}
