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

/// Crane & Kettle, 鹤壶茶舍: the files of a small tea shop, written from grammars and a seed. The same seed gives
/// the same files, byte for byte.
///
/// @param seed what its chance comes from
/// @param pieces how many pieces of advertising copy there are in each language; all else is in proportion
public record Shop(Seed seed, int pieces) {
    /// Where it is in a workspace.
    public static final String FOLDER = "sample-business";

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
    public static final String CLICKS = "copy-clicks.csv";
    public static final String CHAT = "dialogues-chat.jsonl";
    public static final String CUSTOMERS = "customers.csv";
    public static final String EVENTS = "events.csv";
    public static final String NEWS_STREAM = "news-stream.jsonl";
    public static final String LETTERS = "letters.csv";

    /// What the customers like, by which a recommender is measured: not for training.
    public static final String HIDDEN = "hidden/customers.csv";

    public Shop {
        if (pieces < 1) {
            throw new IllegalArgumentException(
                    "%d pieces of advertising copy: ask for at least 1, usually 1500".formatted(pieces));
        }
    }

    /// The shop of the demo: 1500 pieces of copy in each language, about nine megabytes in all.
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
            texts(place);
            people(place);
            Files.write(place.resolve(STORIES_ENGLISH), gzip(stories(Language.ENGLISH)));
            Files.write(
                    place.resolve(STORIES_CHINESE), stories(Language.CHINESE).getBytes(Charset.forName("GB18030")));
            Files.write(place.resolve(NEWS), news());
            pictures(place.resolve(PICTURES));
            jingles(place.resolve(JINGLES));
        });
    }

    private void texts(Path folder) throws IOException {
        Advertising advertising = new Advertising(seed, pieces);
        Files.writeString(folder.resolve(COPY_ENGLISH), advertising.copy(Language.ENGLISH));
        Files.writeString(folder.resolve(COPY_CHINESE), advertising.copy(Language.CHINESE));
        Files.writeString(folder.resolve(CLICKS), advertising.clicks());
        Conversations conversations = new Conversations(seed, pieces);
        Files.writeString(folder.resolve(FAQ), conversations.faq());
        Files.writeString(folder.resolve(DIALOGUES), conversations.dialogues());
        Files.writeString(folder.resolve(CHAT), conversations.chat());
    }

    private void people(Path folder) throws IOException {
        Trade trade = new Trade(seed, pieces);
        Files.writeString(folder.resolve(CUSTOMERS), trade.customers());
        Files.createDirectories(folder.resolve(HIDDEN).getParent());
        Files.writeString(folder.resolve(HIDDEN), trade.hidden());
        Files.writeString(folder.resolve(EVENTS), trade.events());
        Files.writeString(folder.resolve(NEWS_STREAM), new NewsStream(seed, pieces).messages());
        Files.writeString(folder.resolve(LETTERS), new Letters(seed, pieces).letters());
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
