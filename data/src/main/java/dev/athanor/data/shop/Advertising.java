package dev.athanor.data.shop;

import dev.athanor.data.Seed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Advertising copy, and how often it was clicked.
///
/// How likely a click is, follows from the piece alone, so that what learns from clicks can be measured
/// against it: `logit p = -3.2 + tone + 0.5 [season fits] + 0.3 [tone is the product's own] - 0.6 ln(price /
/// 100)`.
record Advertising(Seed seed, int pieces) {
    private static final List<String> FIELDS = List.of("category", "tone", "name", "origin", "season");
    private static final int DIRTY_EVERY = 40;

    static final double USUAL = -3.2;
    static final double SEASON_FITS = 0.5;
    static final double OWN_TONE = 0.3;
    static final double PRICE = -0.6; // for each e-fold of 100 yuan

    /// What the tones do, in the order of [Language#tones].
    static double[] tones(Language language) {
        return switch (language) {
            case ENGLISH -> new double[] {0.2, 0.5, 0, -0.4};
            case CHINESE -> new double[] {0.5, 0, 0.2, -0.4};
        };
    }

    /// How likely it is that somebody who is shown a piece clicks on it.
    ///
    /// @param values of the piece: `tone`, `season`, `price`, `own_tone`, and `shown_in`, when it was shown
    static double rate(Language language, Map<String, String> values) {
        double logit = USUAL
                + tones(language)[language.tones().indexOf(values.get("tone"))]
                + (values.get("shown_in").equals(values.get("season")) ? SEASON_FITS : 0)
                + (values.get("tone").equals(values.get("own_tone")) ? OWN_TONE : 0)
                + PRICE * StrictMath.log(Integer.parseInt(values.get("price")) / 100.0);
        return 1 / (1 + StrictMath.exp(-logit));
    }

    /// Every piece of both languages once, with what a campaign of it brought.
    String clicks() {
        List<String> columns = List.of("tone", "season", "shown_in", "shown", "clicked");
        Table table =
                new Table(Stream.concat(Stream.of("text", "language", "product", "category", "price"), columns.stream())
                        .toList());
        for (Language language : Language.values()) {
            Chance chance = new Chance(seed.branch("clicks-" + language.code()).random());
            for (Map<String, String> piece : written(language).pieces()) {
                Map<String, String> values = new LinkedHashMap<>(piece);
                values.put("shown_in", chance.happens(0.5) ? piece.get("season") : chance.any(language.seasons()));
                int shown = chance.random().nextInt(200, 2001);
                values.put("shown", Integer.toString(shown));
                values.put("clicked", Integer.toString(chance.binomial(shown, rate(language, values))));
                values.put("language", language.code());
                table.add(Stream.concat(Stream.of("text", "language", "name", "category", "price"), columns.stream())
                        .map(values::get)
                        .toList());
            }
        }
        return table.toString();
    }

    /// Copy as csv, each text once but for the dirty rows.
    String copy(Language language) {
        return written(language).table().toString();
    }

    /// @param pieces the clean ones, with all they were written with
    /// @param table of these, and dirty rows between them
    private record Written(List<Map<String, String>> pieces, Table table) {}

    private Written written(Language language) {
        Chance chance = new Chance(seed.branch("copy-" + language.code()).random());
        Grammar grammar = Grammar.read("copy." + language.code() + ".txt");
        List<Product> products = Product.list();
        Table table = new Table(List.of("text", "category", "tone", "product", "origin", "season"));
        Set<String> seen = new LinkedHashSet<>();
        List<Map<String, String>> written = new ArrayList<>();
        while (written.size() < pieces) {
            Map<String, String> values =
                    new LinkedHashMap<>(chance.any(products).in(language));
            values.put("own_tone", values.get("tone"));
            if (chance.random().nextInt(3) > 0) {
                values.put("tone", chance.any(language.tones()));
            }
            values.put("season", chance.any(language.seasons()));
            String text = grammar.write(values.get("taste").isEmpty() ? "ware" : "tea", values, chance.random());
            if (!seen.add(text)) {
                continue;
            }
            values.put("text", text);
            written.add(values);
            table.add(row(text, values));
            if (written.size() % DIRTY_EVERY == 0) {
                table.add(dirty(written, chance));
            }
        }
        return new Written(written, table);
    }

    /// A row that cleaning should find: a duplicate, a blank, a control character, or stray spaces.
    private static List<String> dirty(List<Map<String, String>> written, Chance chance) {
        Map<String, String> values = chance.any(written);
        String text = values.get("text");
        int middle = text.length() / 2;
        String spoiled = switch (written.size() / DIRTY_EVERY % 4) {
            case 0 -> "   ";
            case 1 -> text;
            case 2 -> text.substring(0, middle) + "\u0007" + text.substring(middle);
            default -> "  " + text + " \t ";
        };
        return row(spoiled, values);
    }

    private static List<String> row(String text, Map<String, String> values) {
        List<String> row = new ArrayList<>(List.of(text));
        FIELDS.forEach(field -> row.add(values.get(field)));
        return row;
    }
}
