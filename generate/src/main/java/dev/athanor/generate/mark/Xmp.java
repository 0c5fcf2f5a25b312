package dev.athanor.generate.mark;

import dev.athanor.data.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// The mark as an XMP packet (ISO 16684-1): one description with the seven fields under the namespace that the
/// image guide of TC260 names, the lineage under our own, and the digital source type of IPTC.
final class Xmp {
    private static final String TC260 = "http://www.tc260.org.cn/ns/AIGC/1.0/";
    private static final String ATHANOR = "urn:athanor:lineage:1:";
    private static final String IPTC = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
    private static final String SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/";

    private static final String OPEN =
            "<rdf:Description rdf:about=\"\" xmlns:TC260=\"%s\" xmlns:athanor=\"%s\" xmlns:Iptc4xmpExt=\"%s\">"
                    .formatted(TC260, ATHANOR, IPTC);
    private static final String CLOSE = "</rdf:Description>";
    private static final String END = "</rdf:RDF>";

    /// The identifier in the first line is the one that ISO 16684-1 sets for every packet.
    private static final String EMPTY = """
            <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
            </rdf:RDF></x:xmpmeta>
            <?xpacket end="w"?>""";

    private Xmp() {}

    static String of(HiddenMark mark) {
        return into(EMPTY, mark).orElseThrow();
    }

    /// A packet that was there before, with the mark added, or renewed where it held one of ours.
    ///
    /// @return empty where it is not a packet that a description fits into
    static Optional<String> into(String packet, HiddenMark mark) {
        String other = without(packet);
        int end = other.lastIndexOf(END);
        return end < 0
                ? Optional.empty()
                : Optional.of(other.substring(0, end) + description(mark) + other.substring(end));
    }

    /// The refusal of a packet that no description fits into.
    static DataException closed(FileBytes bytes, int place) {
        return bytes.broken(place, "its XMP packet has no </rdf:RDF> to write before; remove the packet");
    }

    private static String without(String packet) {
        int start = packet.indexOf(OPEN);
        int end = start < 0 ? -1 : packet.indexOf(CLOSE, start);
        return end < 0 ? packet : packet.substring(0, start) + packet.substring(end + CLOSE.length());
    }

    private static String description(HiddenMark mark) {
        return OPEN
                + "<TC260:AIGC>" + escape(mark.fieldsAsText()) + "</TC260:AIGC>"
                + "<athanor:lineage>" + escape(mark.lineageAsText()) + "</athanor:lineage>"
                + "<Iptc4xmpExt:DigitalSourceType>" + SOURCE_TYPES + escape(mark.sourceType())
                + "</Iptc4xmpExt:DigitalSourceType>"
                + CLOSE;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /// The mark in a packet, whoever wrote it.
    static Optional<HiddenMark> read(String packet) {
        try {
            Document document = parser().parse(new ByteArrayInputStream(packet.getBytes(StandardCharsets.UTF_8)));
            Optional<String> fields = property(document, TC260, "AIGC");
            return fields.flatMap(text ->
                    HiddenMark.of(text, property(document, ATHANOR, "lineage").orElse("")));
        } catch (SAXException _) {
            return Optional.empty(); // not XML, so nobody's mark
        } catch (IOException impossible) {
            throw new IllegalStateException("bytes in memory can be read", impossible);
        }
    }

    /// A property is an element, or an attribute where a program wrote the packet in its short form.
    private static Optional<String> property(Document document, String space, String name) {
        NodeList elements = document.getElementsByTagNameNS(space, name);
        if (elements.getLength() > 0) {
            return Optional.of(elements.item(0).getTextContent());
        }
        NodeList all = document.getElementsByTagNameNS("*", "Description");
        for (int i = 0; i < all.getLength(); i++) {
            Node node = all.item(i);
            if (node instanceof Element element && element.hasAttributeNS(space, name)) {
                return Optional.of(element.getAttributeNS(space, name));
            }
        }
        return Optional.empty();
    }

    /// Without document types, and so without entities that reach elsewhere or swell.
    private static DocumentBuilder parser() {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newNSInstance();
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder parser = factory.newDocumentBuilder();
            parser.setErrorHandler(null);
            return parser;
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException("every Java reads XML", impossible);
        }
    }
}
