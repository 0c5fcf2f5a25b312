package dev.athanor.data.shop;

import dev.athanor.data.Seed;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What people and papers write about the shop over a quarter, in both languages.
///
/// Planted: complaints about one product, which rise tenfold within two days and then lose half of the
/// surplus every two days; a cheerful day of many messages, which is no alarm; and reposts, with small
/// changes or none.
record NewsStream(Seed seed, int pieces) {
    /// Whose tins are said to smell of mould.
    static final String SURGING = "D03";

    /// When it begins, counted from the quarter's first day: 1 May 2026.
    static final int SURGE = 60;

    /// The evening of lanterns, 10 April 2026.
    static final int LANTERNS = 39;

    private static final double PER_DAY = 1 / 150.0; // messages of a language, by pieces of copy
    private static final double COMPLAINTS = 1 / 1500.0; // about the surging product, of a language
    private static final double LANTERN_SHARE = 15; // of the shop's events on that day, to the usual day
    private static final String LANTERN_RULE = "event.lanterns";
    private static final double REPOSTED = 0.1;
    private static final int TRIES = 20;

    /// What is written about: how often, by whom, and how often gladly, neither, or angrily.
    private enum Topic {
        TASTE(0.28, "name", new double[] {0.6, 0.15, 0.25}),
        DELIVERY(0.15, "shop", new double[] {0.4, 0, 0.6}),
        PRICE(0.14, "name", new double[] {0.3, 0.2, 0.5}),
        SERVICE(0.14, "shop", new double[] {0.7, 0, 0.3}),
        QUALITY(0.05, "name", new double[] {0, 0, 1}),
        EVENT(0.06, "shop", new double[] {0.5, 0.5, 0}),
        HARVEST(0.09, "origin", new double[] {0.3, 0.4, 0.3}),
        MARKET(0.09, "category", new double[] {0, 1, 0});

        private final double share;
        private final String entity; // the value that it is about
        private final double[] sentiments;

        Topic(double share, String entity, double[] sentiments) {
            this.share = share;
            this.entity = entity;
            this.sentiments = sentiments;
        }

        List<String> sources() {
            return switch (this) {
                case HARVEST, MARKET -> List.of("newspaper", "newspaper", "forum");
                case EVENT -> List.of("newspaper", "social", "social");
                case TASTE, DELIVERY, PRICE, SERVICE, QUALITY -> List.of("social", "social", "forum", "review");
            };
        }
    }

    /// @param about everything but text, time and number
    private record Message(LocalDateTime time, String text, Map<String, String> about, Optional<Message> original) {}

    /// How many times as often as usual there are complaints about the surging product on a day.
    static double surge(int day) {
        if (day < SURGE) {
            return 1;
        }
        return day == SURGE ? 4 : 1 + 9 * StrictMath.pow(2, -(day - SURGE - 1) / 2.0);
    }

    /// Everything in the order of time, one JSON object a line.
    String messages() {
        List<Message> messages = new ArrayList<>();
        for (Language language : Language.values()) {
            new Writer(this, language, messages).write();
        }
        messages.removeIf(message -> !message.time().isBefore(Quarter.END));
        messages.sort(Comparator.comparing(Message::time).thenComparing(Message::text));
        Map<Message, String> numbers = new IdentityHashMap<>();
        messages.forEach(message -> numbers.put(message, "m%06d".formatted(numbers.size() + 1)));
        StringBuilder lines = new StringBuilder();
        for (Message message : messages) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("id", numbers.get(message));
            json.put("time", Quarter.written(message.time()));
            json.put("text", message.text());
            message.about().forEach(json::put);
            json.put("repost_of", message.original().map(numbers::get).orElse(""));
            lines.append(json).append('\n');
        }
        return lines.toString();
    }

    /// Writes the messages of one language.
    private static final class Writer {
        private final NewsStream stream;
        private final Language language;
        private final List<Message> messages;
        private final Grammar grammar;
        private final Chance chance;
        private final Map<String, Message> seen = new HashMap<>();

        Writer(NewsStream stream, Language language, List<Message> messages) {
            this.stream = stream;
            this.language = language;
            this.messages = messages;
            this.grammar = Grammar.read("stream." + language.code() + ".txt");
            this.chance =
                    new Chance(stream.seed().branch("stream-" + language.code()).random());
        }

        void write() {
            List<Product> products = Product.list();
            List<Product> teas = products.stream().filter(Product::isTea).toList();
            Product surging = sold(products, SURGING);
            List<Product> others =
                    teas.stream().filter(tea -> !tea.equals(surging)).toList();
            for (int day = 0; day < Quarter.DAYS; day++) {
                for (Topic topic : Topic.values()) {
                    double mean = stream.pieces() * PER_DAY * topic.share * Quarter.rhythm(day);
                    boolean lanterns = topic == Topic.EVENT && day == LANTERNS;
                    int count = chance.poisson(lanterns ? LANTERN_SHARE * mean : mean);
                    for (int i = 0; i < count; i++) {
                        String rule = lanterns ? LANTERN_RULE : "";
                        say(day, topic, chance.any(topic == Topic.QUALITY ? others : teas), rule);
                    }
                }
                int complaints = chance.poisson(stream.pieces() * COMPLAINTS * surge(day));
                for (int i = 0; i < complaints; i++) {
                    say(day, Topic.QUALITY, surging, "quality.mould");
                }
            }
        }

        private static Product sold(List<Product> products, String sku) {
            return products.stream()
                    .filter(product -> product.columns().get("sku").equals(sku))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("products.csv has no %s".formatted(sku)));
        }

        /// @param special the rule to write by, where it is not the one of topic and sentiment
        private void say(int day, Topic topic, Product product, String special) {
            Map<String, String> values = new LinkedHashMap<>(product.in(language));
            values.put("shop", chance.any(grammar.choices("shops"), new double[] {6, 1, 1}));
            values.put("count", Integer.toString(20 * chance.random().nextInt(5, 100)));
            values.put("number", Integer.toString(chance.random().nextInt(2, 15)));
            String sentiment = special.equals(LANTERN_RULE)
                    ? "positive"
                    : chance.any(List.of("positive", "neutral", "negative"), topic.sentiments);
            String rule = special.isEmpty() ? Jingle.word(topic) + "." + sentiment : special;
            LocalDateTime time = Quarter.anyTime(day, chance);
            String text = grammar.write(rule, values, chance.random());
            for (int i = 0; i < TRIES && seen.containsKey(text); i++) {
                text = grammar.write(rule, values, chance.random());
            }
            Map<String, String> about = about(topic, values);
            about.put("sentiment", sentiment);
            spread(publish(new Message(time, text, about, Optional.empty())));
        }

        private Map<String, String> about(Topic topic, Map<String, String> values) {
            Map<String, String> about = new LinkedHashMap<>();
            about.put("language", language.code());
            about.put("source", chance.any(topic.sources()));
            about.put("topic", Jingle.word(topic));
            about.put("entity", values.get(topic.entity));
            about.put("product", topic.entity.equals("name") ? values.get("sku") : "");
            return about;
        }

        /// Adds a message; one that says word for word what another did counts as its repost.
        private Message publish(Message message) {
            Message first = seen.putIfAbsent(message.text(), message);
            Message published = message;
            if (first != null && message.original().isEmpty()) {
                LocalDateTime time = message.time().isAfter(first.time())
                        ? message.time()
                        : first.time().plusMinutes(1);
                Message original = first.original().orElse(first);
                published = new Message(time, message.text(), message.about(), Optional.of(original));
            }
            messages.add(published);
            return published;
        }

        /// Others repeat it within hours, as it is or a little changed.
        private void spread(Message message) {
            if (message.original().isPresent() || !chance.happens(REPOSTED)) {
                return;
            }
            LocalDateTime time = message.time();
            do {
                time = time.plusSeconds(60 + (long) chance.exponential(4 * 3600));
                Map<String, String> about = new LinkedHashMap<>(message.about());
                about.put("source", chance.any(List.of("social", "social", "forum")));
                publish(new Message(time, changed(message.text()), about, Optional.of(message)));
            } while (chance.happens(0.4));
        }

        private String changed(String text) {
            String gap = language == Language.ENGLISH ? " " : "";
            return switch (chance.random().nextInt(5)) {
                case 0 -> text;
                case 1 -> grammar.write("before", Map.of(), chance.random()) + gap + text;
                case 2 -> text + gap + grammar.write("behind", Map.of(), chance.random());
                case 3 -> text.substring(0, text.length() - 1) + (language == Language.ENGLISH ? "!!" : "！！");
                default -> {
                    int at = chance.random().nextInt(1, text.length() - 1); // a slip of the finger
                    yield text.substring(0, at) + text.substring(at + 1);
                }
            };
        }
    }
}
