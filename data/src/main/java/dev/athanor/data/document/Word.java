package dev.athanor.data.document;

import dev.athanor.data.Unusable;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Documents of Word (`.docx`): the text of the body, a line for each paragraph, tabs between cells of a
/// table. What was deleted under revision marks is no text.
public record Word() implements Document {
    private static final String BODY = "word/document.xml";

    @Override
    public String text(byte[] bytes) throws Unusable {
        StringBuilder text = new StringBuilder();
        boolean[] found = {false};
        OfficeFile file = new OfficeFile(bytes);
        file.read(Map.of(BODY, xml -> {
            found[0] = true;
            body(xml, text);
        }));
        if (!found[0]) {
            throw new Unusable(
                    "is no Word document: " + (file.isZip() ? "it has no " + BODY : "it is no zip, as every .docx is"),
                    "Save it again as .docx, or say with --as what it is");
        }
        return text.toString().replaceAll("[ \t]+\n", "\n").strip();
    }

    private static void body(XMLStreamReader xml, StringBuilder text) throws XMLStreamException, Unusable {
        boolean inText = false;
        int fallback = 0; // says again what was said in a newer way
        int cells = 0;
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    switch (xml.getLocalName()) {
                        case "t" -> inText = true;
                        case "tab" -> text.append('\t');
                        case "br", "cr" -> text.append('\n');
                        case "Fallback" -> fallback++;
                        case "tc" -> cells++;
                        default -> {}
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    switch (xml.getLocalName()) {
                        case "t" -> inText = false;
                        case "p" -> text.append(cells == 0 ? '\n' : ' ');
                        case "Fallback" -> fallback--;
                        case "tc" -> {
                            cells--;
                            text.append('\t');
                        }
                        case "tr" -> text.append('\n');
                        default -> {}
                    }
                }
                case XMLStreamConstants.CHARACTERS -> {
                    if (inText && fallback == 0) {
                        text.append(xml.getText());
                    }
                }
                default -> {}
            }
            if (text.length() > MOST_CHARACTERS) {
                throw new Unusable("has more than %d characters".formatted(MOST_CHARACTERS), "Split it");
            }
        }
    }
}
