package dev.athanor.generate.mark;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a file says about itself to programs.
///
/// @param fields the seven fields of China's GB 45438-2025, in order
/// @param lineage what this project says beside them: where the content comes from; empty in the marks of
///     others
public record HiddenMark(ObjectNode fields, ObjectNode lineage) {
    /// The key of the seven fields, which the standard sets.
    public static final String FIELDS = "AIGC";

    /// The key of the lineage.
    public static final String LINEAGE = "athanor";

    /// The name in the lineage of what IPTC calls the digital source type.
    public static final String SOURCE_TYPE = "digitalSourceType";

    /// All of the media is the work of a trained model, in the words of IPTC's list of digital source types.
    public static final String BY_MODEL = "trainedAlgorithmicMedia";

    /// A model changed or filled in part of other media, in the words of the same list.
    public static final String PARTLY_BY_MODEL = "compositeWithTrainedAlgorithmicMedia";

    /// Text chunks and comments hold Latin letters or less; escapes keep every other name right.
    private static final JsonMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /// The seven fields alone, as the standard's guides want them.
    String fieldsAsText() {
        return ASCII.writeValueAsString(fields);
    }

    String lineageAsText() {
        return ASCII.writeValueAsString(lineage);
    }

    /// Both under their keys, for a carrier that has one place only.
    String together() {
        return ASCII.writeValueAsString(JsonNodeFactory.instance
                .objectNode()
                .<ObjectNode>set(FIELDS, fields)
                .set(LINEAGE, lineage));
    }

    String sourceType() {
        return lineage.path(SOURCE_TYPE).asString(BY_MODEL);
    }

    /// The mark in two texts of JSON; the seven fields may stand under their key, as the guides show both ways.
    ///
    /// @return empty where the first is not such an object
    static Optional<HiddenMark> of(String fields, String lineage) {
        return object(fields)
                .map(json -> json.path(FIELDS) instanceof ObjectNode inner ? inner : json)
                .map(json -> new HiddenMark(json, object(lineage).orElseGet(JsonNodeFactory.instance::objectNode)));
    }

    /// The mark in one text that holds both keys.
    static Optional<HiddenMark> ofTogether(String text) {
        return object(text)
                .filter(json -> json.path(FIELDS).isObject())
                .map(json -> new HiddenMark(
                        (ObjectNode) json.path(FIELDS),
                        json.path(LINEAGE) instanceof ObjectNode lineage
                                ? lineage
                                : JsonNodeFactory.instance.objectNode()));
    }

    private static Optional<ObjectNode> object(String text) {
        try {
            JsonNode json = ASCII.readTree(text);
            return json instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty(); // a text of somebody else, which happens to stand where a mark would
        }
    }
}
