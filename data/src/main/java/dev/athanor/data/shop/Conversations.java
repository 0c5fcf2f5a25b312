package dev.athanor.data.shop;

import dev.athanor.data.Seed;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Questions with answers, and conversations of a customer and the shop. What a customer says has an intent:
/// the topic that is asked for, or `order`, `later`, `thanks`, or `out_of_scope`, which is nothing a tea shop
/// can help with.
record Conversations(Seed seed, int pieces) {
    private static final List<String> PRODUCT_TOPICS = List.of("brewing", "taste", "price", "origin", "pairing");
    private static final List<String> WARE_TOPICS = List.of("price", "origin");
    private static final List<String> SHOP_TOPICS =
            List.of("delivery", "returns", "storage", "hours", "gift", "caffeine", "wholesale");
    private static final String OUT_OF_SCOPE = "out_of_scope";

    /// What a question is asked with.
    private record Talk(
            Grammar grammar, String topic, Map<String, String> values, Language language, RandomGenerator random) {
        String say(String rule) {
            return grammar.write(rule, values, random);
        }

        ObjectNode finish(ObjectNode json) {
            json.put("topic", topic);
            json.put("product", values.get("name"));
            json.put("language", language.code());
            return json;
        }
    }

    /// @param intent empty where the shop speaks
    private record Turn(String text, String intent) {}

    private record Conversation(Talk talk, List<Turn> turns) {
        ArrayNode intents() {
            ArrayNode intents = JsonNodeFactory.instance.arrayNode();
            turns.stream().map(Turn::intent).filter(intent -> !intent.isEmpty()).forEach(intents::add);
            return intents;
        }
    }

    /// Every product and every topic, in as many wordings as there are distinct ones.
    String faq() {
        StringBuilder lines = new StringBuilder();
        for (Language language : Language.values()) {
            RandomGenerator random = seed.branch("faq-" + language.code()).random();
            Grammar grammar = grammar(language);
            Set<String> seen = new LinkedHashSet<>();
            for (Product product : Product.list()) {
                for (String topic : product.isTea() ? PRODUCT_TOPICS : WARE_TOPICS) {
                    ask(lines, seen, new Talk(grammar, topic, product.in(language), language, random), 2);
                }
            }
            for (String topic : SHOP_TOPICS) {
                ask(lines, seen, new Talk(grammar, topic, Map.of("name", ""), language, random), 12);
            }
            ask(lines, seen, new Talk(grammar, OUT_OF_SCOPE, Map.of("name", ""), language, random), 12);
        }
        return lines.toString();
    }

    private static Grammar grammar(Language language) {
        return Grammar.read("talk." + language.code() + ".txt");
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
                talk.finish(json).put("intent", talk.topic());
                lines.append(json).append('\n');
            }
        }
    }

    /// A turn on each line of the text, with the intents of the customer's turns in their order.
    String dialogues() {
        StringBuilder lines = new StringBuilder();
        for (Conversation conversation : all()) {
            Talk talk = conversation.talk();
            StringJoiner text = new StringJoiner("\n");
            for (Turn turn : conversation.turns()) {
                String speaker = talk.say(turn.intent().isEmpty() ? "shop" : "customer");
                text.add(speaker + (talk.language() == Language.ENGLISH ? ": " : "：") + turn.text());
            }
            ObjectNode json = JsonNodeFactory.instance.objectNode().put("text", text.toString());
            talk.finish(json).set("intents", conversation.intents());
            lines.append(json).append('\n');
        }
        return lines.toString();
    }

    /// The same conversations as lists of messages, the layout that chat models are tuned with: an
    /// instruction, then customer and shop in turn. The shop's welcome is left out, since the customer begins
    /// there.
    String chat() {
        StringBuilder lines = new StringBuilder();
        for (Conversation conversation : all()) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            ArrayNode messages = json.putArray("messages");
            message(messages, "system", conversation.talk().say("instruction"));
            conversation.turns().stream()
                    .skip(1)
                    .forEach(turn -> message(messages, turn.intent().isEmpty() ? "assistant" : "user", turn.text()));
            conversation.talk().finish(json).set("intents", conversation.intents());
            lines.append(json).append('\n');
        }
        return lines.toString();
    }

    private static void message(ArrayNode messages, String role, String content) {
        messages.addObject().put("role", role).put("content", content);
    }

    private List<Conversation> all() {
        List<Conversation> all = new ArrayList<>();
        List<Product> teas = Product.list().stream().filter(Product::isTea).toList();
        for (Language language : Language.values()) {
            Chance chance =
                    new Chance(seed.branch("dialogues-" + language.code()).random());
            Grammar grammar = grammar(language);
            for (int i = 0; i < pieces / 6; i++) {
                Map<String, String> tea = chance.any(teas).in(language);
                Talk talk = new Talk(grammar, chance.any(PRODUCT_TOPICS), tea, language, chance.random());
                all.add(new Conversation(talk, turns(talk, chance)));
            }
        }
        return all;
    }

    private static List<Turn> turns(Talk talk, Chance chance) {
        List<Turn> turns = new ArrayList<>(List.of(new Turn(talk.say("hello"), "")));
        turns.addAll(exchange(talk, "", talk.topic()));
        switch (chance.random().nextInt(9)) {
            case 0, 1 -> turns.addAll(List.of(new Turn(talk.say("order"), "order"), new Turn(talk.say("confirm"), "")));
            case 2 -> turns.addAll(List.of(new Turn(talk.say("later"), "later"), new Turn(talk.say("wait"), "")));
            case 3, 4, 5 -> {
                List<String> others = PRODUCT_TOPICS.stream()
                        .filter(topic -> !topic.equals(talk.topic()))
                        .toList();
                turns.addAll(exchange(talk, talk.say("more"), chance.any(others)));
            }
            case 6, 7 -> turns.addAll(exchange(talk, talk.say("more"), chance.any(SHOP_TOPICS)));
            default -> turns.addAll(exchange(talk, talk.say("more"), OUT_OF_SCOPE));
        }
        turns.addAll(List.of(new Turn(talk.say("thanks"), "thanks"), new Turn(talk.say("bye"), "")));
        return turns;
    }

    private static List<Turn> exchange(Talk talk, String opening, String topic) {
        String gap = opening.isEmpty() || talk.language() == Language.CHINESE ? "" : " ";
        return List.of(
                new Turn(opening + gap + talk.say("question." + topic), topic),
                new Turn(talk.say("answer." + topic), ""));
    }
}
