package dev.athanor.data.shop;

import dev.athanor.data.Durable;
import dev.athanor.data.Seed;
import dev.athanor.data.image.Png;
import dev.athanor.data.sound.Wav;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Crane & Kettle, 鹤壶茶舍: the files of a small tea shop, written from grammars and a seed. The same seed gives
/// the same files, byte for byte.
///
/// @param seed what its chance comes from
/// @param pieces how many pieces of advertising copy there are in each language; all else is in proportion
public record Shop(Seed seed, int pieces) {
    public static final String PRODUCTS = "products.csv";
    public static final String COPY_ENGLISH = "copy-en.csv";
    public static final String COPY_CHINESE = "copy-zh.csv";
    public static final String FAQ = "faq.jsonl";
    public static final String DIALOGUES = "dialogues.jsonl";
    public static final String STORIES_ENGLISH = "stories-en.txt.gz";
    public static final String STORIES_CHINESE = "stories-zh.txt";
    public static final String NEWS = "news.zip";
    public static final String PICTURES = "pictures";
    public static final String JINGLES = "jingles";
    public static final String README = "README.md";

    private static final List<String> PRODUCT_TOPICS = List.of("brewing", "taste", "price", "origin", "pairing");
    private static final List<String> WARE_TOPICS = List.of("price", "origin");
    private static final List<String> SHOP_TOPICS =
            List.of("delivery", "returns", "storage", "hours", "gift", "caffeine", "wholesale");
    private static final int DIRTY_EVERY = 40;

    public Shop {
        if (pieces < 1) {
            throw new IllegalArgumentException(
                    "%d pieces of advertising copy: ask for at least 1, usually 1500".formatted(pieces));
        }
    }

    /// The shop of the demo: 1500 pieces of copy in each language, about a megabyte in all.
    public static Shop usual() {
        return new Shop(new Seed(1), 1500);
    }

    /// Writes every file into a new folder.
    ///
    /// @throws dev.athanor.data.DataException where the folder exists already or cannot be written
    public void write(Path folder) {
        Durable.folder(folder, place -> {
            Files.writeString(place.resolve(README), Grammar.resource(README));
            Files.writeString(place.resolve(PRODUCTS), Grammar.resource(PRODUCTS));
            Files.writeString(place.resolve(COPY_ENGLISH), copy(Language.ENGLISH));
            Files.writeString(place.resolve(COPY_CHINESE), copy(Language.CHINESE));
            Files.writeString(place.resolve(FAQ), faq());
            Files.writeString(place.resolve(DIALOGUES), dialogues());
            Files.write(place.resolve(STORIES_ENGLISH), gzip(stories(Language.ENGLISH)));
            Files.write(
                    place.resolve(STORIES_CHINESE), stories(Language.CHINESE).getBytes(Charset.forName("GB18030")));
            Files.write(place.resolve(NEWS), news());
            pictures(place.resolve(PICTURES));
            jingles(place.resolve(JINGLES));
        });
    }

    /// Product pictures with captions in both languages: each thing in each colour equally often.
    private void pictures(Path folder) throws IOException {
        Files.createDirectories(folder);
        RandomGenerator random = seed.branch("pictures").random();
        StringBuilder table = new StringBuilder("file_name,text,thing,color\n");
        for (int number = 0; number < Math.max(20, pieces / 2); number++) {
            Drawing.Thing thing = Drawing.Thing.values()[number % 4];
            Drawing.Tint tint = Drawing.Tint.values()[number / 4 % 5];
            String name = "product-%04d.png".formatted(number);
            Files.write(
                    folder.resolve(name),
                    Png.write(Drawing.any(thing, tint, random).draw()));
            String english = Jingle.word(tint) + " " + Jingle.word(thing);
            String caption = number / 20 % 2 == 0 ? english : tint.chinese + thing.chinese;
            table.append("%s,%s,%s,%s\n".formatted(name, caption, Jingle.word(thing), Jingle.word(tint)));
        }
        Files.writeString(folder.resolve("metadata.csv"), table);
    }

    /// Jingles for the shop's advertising: each mood on each instrument equally often.
    private void jingles(Path folder) throws IOException {
        Files.createDirectories(folder);
        RandomGenerator random = seed.branch("jingles").random();
        StringBuilder table = new StringBuilder("file_name,mood,instrument\n");
        for (int number = 0; number < Math.max(18, pieces / 5); number++) {
            Jingle.Mood mood = Jingle.Mood.values()[number % 3];
            Jingle.Instrument instrument = Jingle.Instrument.values()[number / 3 % 3];
            String name = "jingle-%04d.wav".formatted(number);
            Files.write(
                    folder.resolve(name),
                    Wav.write(Jingle.any(mood, instrument, random).play()));
            table.append("%s,%s,%s\n".formatted(name, Jingle.word(mood), Jingle.word(instrument)));
        }
        Files.writeString(folder.resolve("metadata.csv"), table);
    }

    /// Advertising copy as CSV, each text once but for the dirty rows.
    String copy(Language language) {
        RandomGenerator random = seed.branch("copy-" + language.code()).random();
        Grammar grammar = Grammar.read("copy." + language.code() + ".txt");
        List<Product> products = Product.list();
        List<String> fields = List.of("category", "tone", "name", "origin", "season");
        StringBuilder csv = new StringBuilder("text,category,tone,product,origin,season\n");
        Set<String> seen = new LinkedHashSet<>();
        List<Map<String, String>> written = new ArrayList<>();
        while (written.size() < pieces) {
            Map<String, String> values =
                    new LinkedHashMap<>(any(products, random).in(language));
            if (random.nextInt(3) > 0) {
                values.put("tone", any(language.tones(), random));
            }
            values.put("season", any(language.seasons(), random));
            String text = grammar.write(values.get("taste").isEmpty() ? "ware" : "tea", values, random);
            if (!seen.add(text)) {
                continue;
            }
            values.put("text", text);
            written.add(values);
            csv.append(row(text, fields, values));
            if (written.size() % DIRTY_EVERY == 0) {
                csv.append(dirty(written, fields, random));
            }
        }
        return csv.toString();
    }

    /// A row that cleaning should find: a duplicate, a blank, a control character, or stray spaces.
    private static String dirty(List<Map<String, String>> written, List<String> fields, RandomGenerator random) {
        Map<String, String> values = any(written, random);
        String text = values.get("text");
        int middle = text.length() / 2;
        String spoiled = switch (written.size() / DIRTY_EVERY % 4) {
            case 0 -> "   ";
            case 1 -> text;
            case 2 -> text.substring(0, middle) + "\u0007" + text.substring(middle);
            default -> "  " + text + " \t ";
        };
        return row(spoiled, fields, values);
    }

    private static String row(String text, List<String> fields, Map<String, String> values) {
        StringJoiner row = new StringJoiner(",", "", "\n");
        row.add(quoted(text));
        fields.forEach(field -> row.add(quoted(values.get(field))));
        return row.toString();
    }

    private static String quoted(String value) {
        return value.matches("[^\",\\s]*|[^\",\\s][^\",\\n\\t]*[^\",\\s]")
                ? value
                : '"' + value.replace("\"", "\"\"") + '"';
    }

    /// Questions and answers: every product and every topic, in as many wordings as there are distinct ones.
    String faq() {
        StringBuilder lines = new StringBuilder();
        for (Language language : Language.values()) {
            RandomGenerator random = seed.branch("faq-" + language.code()).random();
            Grammar grammar = Grammar.read("talk." + language.code() + ".txt");
            Set<String> seen = new LinkedHashSet<>();
            for (Product product : Product.list()) {
                for (String topic : product.isTea() ? PRODUCT_TOPICS : WARE_TOPICS) {
                    ask(lines, seen, new Talk(grammar, topic, product.in(language), language, random), 2);
                }
            }
            for (String topic : SHOP_TOPICS) {
                ask(lines, seen, new Talk(grammar, topic, Map.of("name", ""), language, random), 12);
            }
        }
        return lines.toString();
    }

    /// What a question is asked with.
    private record Talk(
            Grammar grammar, String topic, Map<String, String> values, Language language, RandomGenerator random) {
        String say(String rule) {
            return grammar.write(rule, values, random);
        }
    }

    private static void ask(StringBuilder lines, Set<String> seen, Talk talk, int times) {
        for (int i = 0; i < times; i++) {
            String question = talk.say("question." + talk.topic());
            String answer = talk.say("answer." + talk.topic());
            if (seen.add(question + answer)) {
                ObjectNode json = JsonNodeFactory.instance.objectNode();
                json.put("question", question);
                json.put("answer", answer);
                json.put("text", question + "\n" + answer);
                lines.append(finish(json, talk));
            }
        }
    }

    private static String finish(ObjectNode json, Talk talk) {
        json.put("topic", talk.topic());
        json.put("product", talk.values().get("name"));
        json.put("language", talk.language().code());
        return json + "\n";
    }

    /// Conversations of a customer and the shop, a turn on each line of their text.
    String dialogues() {
        StringBuilder lines = new StringBuilder();
        for (Language language : Language.values()) {
            RandomGenerator random = seed.branch("dialogues-" + language.code()).random();
            Grammar grammar = Grammar.read("talk." + language.code() + ".txt");
            List<Product> teas = Product.list().stream().filter(Product::isTea).toList();
            for (int i = 0; i < pieces / 6; i++) {
                String topic = any(PRODUCT_TOPICS, random);
                Talk talk = new Talk(grammar, topic, any(teas, random).in(language), language, random);
                ObjectNode json = JsonNodeFactory.instance.objectNode();
                json.put("text", conversation(talk));
                lines.append(finish(json, talk));
            }
        }
        return lines.toString();
    }

    private static String conversation(Talk talk) {
        String gap = talk.language() == Language.ENGLISH ? " " : "";
        String second = any(
                PRODUCT_TOPICS.stream()
                        .filter(topic -> !topic.equals(talk.topic()))
                        .toList(),
                talk.random());
        String general = any(SHOP_TOPICS, talk.random());
        List<String> turns = new ArrayList<>(
                List.of(talk.say("hello"), talk.say("question." + talk.topic()), talk.say("answer." + talk.topic())));
        switch (talk.random().nextInt(3)) {
            case 0 -> turns.addAll(List.of(talk.say("order"), talk.say("confirm")));
            case 1 ->
                turns.addAll(
                        List.of(talk.say("more") + gap + talk.say("question." + second), talk.say("answer." + second)));
            default ->
                turns.addAll(List.of(
                        talk.say("more") + gap + talk.say("question." + general), talk.say("answer." + general)));
        }
        turns.addAll(List.of(talk.say("thanks"), talk.say("bye")));
        StringJoiner text = new StringJoiner("\n");
        for (int turn = 0; turn < turns.size(); turn++) {
            String speaker = talk.say(turn % 2 == 0 ? "shop" : "customer");
            text.add(speaker + (gap.isEmpty() ? "：" : ": ") + turns.get(turn));
        }
        return text.toString();
    }

    /// Running text, a paragraph for each story and a blank line between them.
    String stories(Language language) {
        RandomGenerator random = seed.branch("stories-" + language.code()).random();
        Grammar grammar = Grammar.read("stories." + language.code() + ".txt");
        List<Product> teas = Product.list().stream().filter(Product::isTea).toList();
        StringJoiner text = new StringJoiner("\n\n", "", "\n");
        for (int i = 0; i < (pieces + 7) / 8; i++) {
            text.add(grammar.write("story", any(teas, random).in(language), random));
        }
        return text.toString();
    }

    /// Messages in both languages, one on each line, in a zip file.
    private byte[] news() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Language language : Language.values()) {
                ZipEntry entry = new ZipEntry("news-" + language.code() + ".txt");
                entry.setTime(0); // the archive must not depend on the clock
                zip.putNextEntry(entry);
                zip.write(messages(language).getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    String messages(Language language) {
        RandomGenerator random = seed.branch("news-" + language.code()).random();
        Grammar grammar = Grammar.read("stories." + language.code() + ".txt");
        List<Product> teas = Product.list().stream().filter(Product::isTea).toList();
        Set<String> messages = new LinkedHashSet<>();
        for (int i = 0; i < (pieces + 4) / 5; i++) {
            Map<String, String> values = new LinkedHashMap<>(any(teas, random).in(language));
            values.put("count", Integer.toString(20 * random.nextInt(5, 100)));
            values.put("percent", Integer.toString(random.nextInt(2, 15)));
            messages.add(grammar.write("news", values, random));
        }
        return String.join("\n", messages) + "\n";
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static <T> T any(List<T> choices, RandomGenerator random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
