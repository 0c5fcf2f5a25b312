package dev.athanor.evaluate.page;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/// Blocks as HTML.
final class Drawing {
    private static final int LARGE = 704; // the width of the text, in pixels
    private static final int SMALL = 172; // a quarter of it

    private Drawing() {}

    static void of(Block block, Markup html) {
        switch (block) {
            case Block.Section section -> section(section, html);
            case Block.Text(String text) ->
                html.raw("<p class=\"text\" dir=\"auto\">").text(text).raw("</p>\n");
            case Block.Notice(Block.Tone tone, String text) ->
                html.raw("<p class=\"notice %s\" role=\"note\">".formatted(word(tone)))
                        .text(text)
                        .raw("</p>\n");
            case Block.Facts(List<Block.Fact> facts) -> facts(facts, html);
            case Block.Table table -> table(table, html);
            case Block.Bars bars -> bars(bars, html);
            case Block.Gallery(List<Block.Picture> pictures) -> gallery(pictures, html);
            case Block.Sounds(List<Block.Clip> clips) -> sounds(clips, html);
            case Block.Links(List<Block.Link> links) -> links(links, html);
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void section(Block.Section section, Markup html) {
        html.element("h2", section.heading());
        if (!section.introduction().isEmpty()) {
            html.element("p", section.introduction());
        }
    }

    private static void facts(List<Block.Fact> facts, Markup html) {
        html.raw("<dl class=\"facts\">\n");
        for (Block.Fact fact : facts) {
            html.raw("<div>").raw("<dt>").text(fact.name()).raw("</dt><dd class=\"value\">");
            html.text(fact.value()).raw("</dd><dd>").text(fact.note()).raw("</dd></div>\n");
        }
        html.raw("</dl>\n");
    }

    /// On a phone the cells of a table of many columns stand below each other, each under its column's name.
    private static void table(Block.Table table, Markup html) {
        List<String> columns = table.columns();
        html.raw("<div class=\"wide\" tabindex=\"0\"><table%s>\n"
                .formatted(columns.size() > 3 ? " class=\"many\"" : ""));
        html.raw("<thead><tr>");
        columns.forEach(column -> html.raw("<th scope=\"col\">").text(column).raw("</th>"));
        html.raw("</tr></thead>\n<tbody>\n");
        for (List<String> row : table.rows()) {
            html.raw("<tr><th scope=\"row\">").text(row.getFirst()).raw("</th>");
            for (int i = 1; i < row.size(); i++) {
                html.raw("<td data-column=\"").plain(columns.get(i)).raw("\">");
                html.text(row.get(i)).raw("</td>");
            }
            html.raw("</tr>\n");
        }
        html.raw("</tbody>\n</table></div>\n");
    }

    private static void bars(Block.Bars bars, Markup html) {
        double longest = bars.bars().stream()
                .mapToDouble(bar -> Math.max(bar.value(), bar.mark().orElse(0)))
                .max()
                .orElse(0);
        html.raw("<figure class=\"bars\">\n<ul>\n");
        for (Block.Bar bar : bars.bars()) {
            html.raw("<li><span class=\"label\">").text(bar.label()).raw("</span>");
            html.raw("<svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
            html.raw("<rect class=\"track\" width=\"100\" height=\"10\"/>");
            html.raw("<rect class=\"bar\" width=\"%s\" height=\"10\"/>".formatted(part(bar.value(), longest)));
            bar.mark()
                    .ifPresent(mark -> html.raw(
                            "<line x1=\"%1$s\" x2=\"%1$s\" y1=\"0\" y2=\"10\"/>".formatted(part(mark, longest))));
            html.raw("</svg><span class=\"number\">").text(bar.shown()).raw("</span></li>\n");
        }
        html.raw("</ul>\n");
        if (!bars.markMeaning().isEmpty()) {
            html.raw("<figcaption><span class=\"line\"></span>")
                    .text(bars.markMeaning())
                    .raw("</figcaption>\n");
        }
        html.raw("</figure>\n");
    }

    private static String part(double value, double longest) {
        return String.format(Locale.ROOT, "%.2f", longest > 0 ? 100 * Math.max(0, value) / longest : 0);
    }

    private static void gallery(List<Block.Picture> pictures, Markup html) {
        boolean alone = pictures.size() == 1;
        html.raw(alone ? "<div class=\"alone\">\n" : "<div class=\"gallery\">\n");
        pictures.forEach(picture -> figure(picture, alone ? LARGE : SMALL, html));
        html.raw("</div>\n");
    }

    /// Small pictures are enlarged by a whole number, each pixel to a square, so that their pixels can be
    /// judged.
    private static void figure(Block.Picture picture, int room, Markup html) {
        html.raw("<figure>");
        image(picture, room, html);
        if (!picture.caption().isEmpty()) {
            html.raw("<figcaption dir=\"auto\">").text(picture.caption()).raw("</figcaption>");
        }
        html.raw("</figure>\n");
    }

    private static void image(Block.Picture picture, int room, Markup html) {
        int width = Media.width(picture.file());
        int times = width > 0 ? Math.clamp(room / width, 1, 8) : 1;
        html.raw("<img").raw(times > 1 ? " class=\"pixels\"" : "");
        html.raw(width > 0 ? " width=\"%d\"".formatted(width * times) : "");
        html.raw(" alt=\"").plain(picture.caption()).raw("\" src=\"");
        html.raw(Media.dataUri(Media.picture(picture.file(), picture.caption()), picture.file()))
                .raw("\">");
    }

    private static void sounds(List<Block.Clip> clips, Markup html) {
        html.raw("<div class=\"sounds\">\n");
        for (Block.Clip clip : clips) {
            html.raw("<figure>");
            clip.spectrogram().ifPresent(picture -> image(picture, LARGE / 2, html));
            html.raw("<audio controls preload=\"metadata\" aria-label=\"")
                    .plain(clip.caption())
                    .raw("\" src=\"");
            html.raw(Media.dataUri(Media.sound(clip.file(), clip.caption()), clip.file()))
                    .raw("\"></audio>");
            html.raw("<figcaption dir=\"auto\">").text(clip.caption()).raw("</figcaption></figure>\n");
        }
        html.raw("</div>\n");
    }

    private static void links(List<Block.Link> links, Markup html) {
        html.raw("<ul class=\"links\">\n");
        for (Block.Link link : links) {
            html.raw("<li><a href=\"")
                    .plain(encoded(link.path()))
                    .raw("\">")
                    .text(link.label())
                    .raw("</a></li>\n");
        }
        html.raw("</ul>\n");
    }

    private static String encoded(String path) {
        try {
            return new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException wrong) {
            throw new IllegalArgumentException("\"%s\" cannot be a link: give a path".formatted(path), wrong);
        }
    }
}
