package dev.athanor.generate;

import dev.athanor.generate.mark.HiddenMark;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The hidden mark of China's GB 45438-2025: seven fields under the key `AIGC`. It also is the machine-readable
/// mark that article 50 of the EU AI Act asks for.
///
/// @param label 1: is generated, 2: may be, 3: is suspected to be
/// @param contentProducer who generated it: name or registered code
/// @param produceId the producer's id of the content
/// @param reservedCode1 the producer's own use; here SHA-256 of the text, pixels or samples, so that a change
///     is noticed
/// @param contentPropagator who spreads it, filled in by whoever publishes it
/// @param propagateId the propagator's id
/// @param reservedCode2 the propagator's own use
public record AiMark(
        String label,
        String contentProducer,
        String produceId,
        String reservedCode1,
        String contentPropagator,
        String propagateId,
        String reservedCode2) {

    /// The key that the standard sets.
    public static final String KEY = HiddenMark.FIELDS;

    private static final Pattern ID = Pattern.compile("c-[0-9a-f]{16}");
    private static final String NOTICE = "AI生成 / AI-generated · ";

    /// The mark of content that is generated for certain.
    public static AiMark of(Content content) {
        return new AiMark("1", content.producer(), content.id(), content.sha256(), "", "", "");
    }

    /// The visible mark: a line for people, with the id that leads back.
    public static String notice(String id) {
        return NOTICE + id;
    }

    /// Whether a word is an id of content.
    public static boolean isId(String word) {
        return ID.matcher(word).matches();
    }

    static boolean isNotice(String line) {
        return line.startsWith(NOTICE) && isId(line.substring(NOTICE.length()).strip());
    }

    static String idOf(String notice) {
        return notice.substring(NOTICE.length()).strip();
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("Label", label);
        json.put("ContentProducer", contentProducer);
        json.put("ProduceID", produceId);
        json.put("ReservedCode1", reservedCode1);
        json.put("ContentPropagator", contentPropagator);
        json.put("PropagateID", propagateId);
        json.put("ReservedCode2", reservedCode2);
        return json;
    }

    static AiMark read(JsonNode json) {
        return new AiMark(
                json.path("Label").asString(""),
                json.path("ContentProducer").asString(""),
                json.path("ProduceID").asString(""),
                json.path("ReservedCode1").asString(""),
                json.path("ContentPropagator").asString(""),
                json.path("PropagateID").asString(""),
                json.path("ReservedCode2").asString(""));
    }
}
