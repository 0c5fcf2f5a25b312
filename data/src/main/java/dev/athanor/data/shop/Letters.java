package dev.athanor.data.shop;

import dev.athanor.data.Seed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Letters to the shop with personal data in them, all of it invented, and what is where.
///
/// Invented so that it can belong to nobody: mail of the domains that are kept for examples (RFC 2606), phone
/// numbers that are kept for films (555-01xx) or that start with seven digits no operator has given out
/// together, machines of the networks for documentation (RFC 5737), identity numbers of people born from 1900
/// to 1909, cards of which all but the last digits are zeros. Check digits are right, so that a finder can
/// find them. Numbers of orders, parcels and vouchers stand between them, which are nobody's.
record Letters(Seed seed, int pieces) {
    private static final int[] IDENTITY_WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}; // GB 11643
    private static final List<String> KINDS = List.of("email", "phone", "ip", "card", "identity", "person", "address");

    /// @param begin counted in UTF-16 characters, as Java does
    private record Planted(String kind, int begin, int end, String value) {}

    String letters() {
        Table table = new Table(List.of("id", "language", "text", "planted"));
        List<Product> teas = Product.list().stream().filter(Product::isTea).toList();
        int number = 0;
        for (Language language : Language.values()) {
            Grammar grammar = Grammar.read("letters." + language.code() + ".txt");
            Chance chance = new Chance(seed.branch("letters-" + language.code()).random());
            for (int i = 0; i < Math.max(20, pieces / 10); i++) {
                Map<String, String> values =
                        new LinkedHashMap<>(chance.any(teas).in(language));
                values.putAll(invented(language, grammar, chance));
                String text = grammar.write("letter", values, chance.random()).replace(" | ", "\n");
                number++;
                table.add(List.of(
                        "l%05d".formatted(number),
                        language.code(),
                        text,
                        json(planted(text, values)).toString()));
            }
        }
        return table.toString();
    }

    private static Map<String, String> invented(Language language, Grammar grammar, Chance chance) {
        Map<String, String> values = person(language, grammar, chance);
        String house = Integer.toString(chance.random().nextInt(1, 200));
        String network = chance.any(List.of("192.0.2.", "198.51.100.", "203.0.113."));
        values.put("phone", language == Language.CHINESE ? mobile(chance) : american(chance));
        values.put("ip", network + chance.random().nextInt(1, 255));
        values.put("card", card(language, chance));
        values.put("identity", identity(chance));
        values.put("address", grammar.write("addresses", Map.of("house", house), chance.random()));
        values.put("order", "CK-2026-" + chance.digits(5));
        values.put("parcel", "77" + chance.digits(11));
        values.put("voucher", unchecked(chance));
        return values;
    }

    /// A name and the mailbox that goes with it. Where names are not written in Latin letters, a line of the
    /// grammar has both spellings.
    private static Map<String, String> person(Language language, Grammar grammar, Chance chance) {
        String[] family = chance.any(grammar.choices("families")).split(" ");
        String[] given = chance.any(grammar.choices("givens")).split(" ");
        String mailbox = (given[given.length - 1] + "." + family[family.length - 1]).toLowerCase(Locale.ROOT);
        String domain = "@example." + chance.any(List.of("com", "org", "net"));
        Map<String, String> values = new LinkedHashMap<>();
        values.put("person", language == Language.CHINESE ? family[0] + given[0] : given[0] + " " + family[0]);
        values.put("email", mailbox + chance.digits(2) + domain);
        return values;
    }

    private static String american(Chance chance) {
        String area = chance.any(List.of("212", "415", "617", "503"));
        String last = "01" + chance.digits(2);
        return switch (chance.random().nextInt(3)) {
            case 0 -> "+1-%s-555-%s".formatted(area, last);
            case 1 -> "(%s) 555-%s".formatted(area, last);
            default -> "%s-555-%s".formatted(area, last);
        };
    }

    private static String mobile(Chance chance) {
        String last = chance.digits(4);
        return switch (chance.random().nextInt(3)) {
            case 0 -> "1990000" + last;
            case 1 -> "199-0000-" + last;
            default -> "+86 199 0000 " + last;
        };
    }

    private static String card(Language language, Chance chance) {
        String most = (language == Language.CHINESE ? "620000000000" : "400000000000") + chance.digits(3);
        String card = most + checkDigit(most);
        return chance.happens(0.5) ? card : card.replaceAll("(.{4})(?=.)", "$1 ");
    }

    /// Of card numbers (ISO/IEC 7812-1, annex B).
    static int checkDigit(String most) {
        int sum = 0;
        for (int i = 0; i < most.length(); i++) {
            int digit = most.charAt(most.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? 2 * digit : digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return (10 - sum % 10) % 10;
    }

    /// Sixteen digits like those of a card, whose check digit is wrong.
    private static String unchecked(Chance chance) {
        String most = "81" + chance.digits(13);
        return most + (checkDigit(most) + 5) % 10;
    }

    /// The number of somebody from the capital's first district, born between 1900 and 1909.
    private static String identity(Chance chance) {
        String most = "110101190%d%02d%02d%s"
                .formatted(
                        chance.random().nextInt(10),
                        chance.random().nextInt(1, 13),
                        chance.random().nextInt(1, 29),
                        chance.digits(3));
        int sum = 0;
        for (int i = 0; i < IDENTITY_WEIGHTS.length; i++) {
            sum += IDENTITY_WEIGHTS[i] * (most.charAt(i) - '0');
        }
        return most + "10X98765432".charAt(sum % 11);
    }

    /// Every place of the text where something personal stands.
    private static List<Planted> planted(String text, Map<String, String> values) {
        List<Planted> planted = new ArrayList<>();
        for (String kind : KINDS) {
            String value = values.get(kind);
            for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length())) {
                String name = kind.equals("identity") ? "id" : kind.equals("person") ? "name" : kind;
                planted.add(new Planted(name, at, at + value.length(), value));
            }
        }
        planted.sort(Comparator.comparingInt(Planted::begin));
        return planted;
    }

    private static ArrayNode json(List<Planted> planted) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (Planted piece : planted) {
            json.addObject()
                    .put("kind", piece.kind())
                    .put("begin", piece.begin())
                    .put("end", piece.end())
                    .put("value", piece.value());
        }
        return json;
    }
}
