package dev.athanor.data.document;

import dev.athanor.data.Unusable;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// A spreadsheet of Excel (`.xlsx`, ECMA-376 part 1, chapter 18). RecordValues are what they show, as far as the
/// file says it: of formulas the result that was computed last, dates as ISO 8601 has them, numbers without
/// their format.
public final class Spreadsheet {
    private static final String RELATIONS = "xl/_rels/workbook.xml.rels";
    private static final int MOST_COLUMNS = 16_384; // of Excel itself
    private static final int MOST_SHEETS = 1_000; // each is looked for in the whole file

    private final OfficeFile file;
    private final List<String> shared = new ArrayList<>();
    private final SequencedMap<String, String> sheets = new LinkedHashMap<>();
    private final Set<String> hidden = new HashSet<>();
    private final Map<String, String> targets = new HashMap<>();
    private final Set<Integer> dateStyles = new HashSet<>();
    private LocalDate dayZero = LocalDate.of(1899, 12, 30); // 1900 counts as a leap year there

    /// Takes a row.
    @FunctionalInterface
    public interface Rows {
        /// @param number from 1
        void row(int number, List<String> cells);
    }

    /// Opens a file.
    ///
    /// @throws Unusable where it is broken or beyond a limit
    public Spreadsheet(byte[] bytes) throws Unusable {
        file = new OfficeFile(bytes);
        file.read(Map.of(
                "xl/workbook.xml",
                this::workbook,
                RELATIONS,
                this::relations,
                "xl/sharedStrings.xml",
                this::sharedStrings,
                "xl/styles.xml",
                this::styles));
        if (sheets.size() > MOST_SHEETS) {
            throw new Unusable(
                    "has %d sheets, and %d are read at most".formatted(sheets.size(), MOST_SHEETS),
                    "Save those that are meant as a file of their own");
        }
        if (sheets.isEmpty()) {
            throw new Unusable(
                    "is no spreadsheet: " + (file.isZip() ? "it has no sheets" : "it is no zip, as every .xlsx is"),
                    "Save it again as .xlsx, or say with --as what it is");
        }
    }

    /// Their names, in the order of the tabs.
    public List<String> sheets() {
        return List.copyOf(sheets.sequencedKeySet());
    }

    /// Whether people do not see a sheet when they open the file.
    public boolean isHidden(String sheet) {
        return hidden.contains(sheet);
    }

    /// Whether no cell of a sheet holds anything; charts are such sheets, too.
    public boolean isEmpty(String sheet) throws Unusable {
        try {
            read(sheet, (_, _) -> {
                throw new Filled();
            });
            return true;
        } catch (Filled _) {
            return false;
        }
    }

    /// Ends the reading of a sheet at its first row.
    private static final class Filled extends RuntimeException {
        private static final long serialVersionUID = 1;

        Filled() {
            super("it is not empty", null, false, false);
        }
    }

    /// Gives the rows of a sheet that are not empty.
    public void read(String sheet, Rows rows) throws Unusable {
        String target = targets.getOrDefault(sheets.get(sheet), "worksheets/sheet1.xml");
        String path = target.startsWith("/") ? target.substring(1) : "xl/" + target;
        new OfficeFile(file.bytes()).read(Map.of(path, xml -> new Sheet(xml, rows).read()));
    }

    private void workbook(XMLStreamReader xml) throws XMLStreamException {
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                if (xml.getLocalName().equals("sheet")) {
                    String name = attribute(xml, "name").orElse("?");
                    sheets.put(name, attribute(xml, "id").orElse(""));
                    if (attribute(xml, "state")
                            .filter(state -> !state.equals("visible"))
                            .isPresent()) {
                        hidden.add(name);
                    }
                } else if (xml.getLocalName().equals("workbookPr")
                        && attribute(xml, "date1904")
                                .filter(value -> value.matches("1|true"))
                                .isPresent()) {
                    dayZero = LocalDate.of(1904, 1, 1);
                }
            }
        }
    }

    private void relations(XMLStreamReader xml) throws XMLStreamException {
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                Optional<String> target = attribute(xml, "Target");
                attribute(xml, "Id").ifPresent(id -> targets.put(id, target.orElse("")));
            }
        }
    }

    private void sharedStrings(XMLStreamReader xml) throws XMLStreamException, Unusable {
        long characters = 0;
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("si")) {
                String text = words(xml, "si");
                characters += text.length();
                if (characters > Document.MOST_CHARACTERS) {
                    throw new Unusable(
                            "has more than %d characters of text".formatted(Document.MOST_CHARACTERS),
                            "Save it as .csv, which has no such limit");
                }
                shared.add(text);
            }
        }
    }

    private void styles(XMLStreamReader xml) throws XMLStreamException {
        Set<Integer> dates = new HashSet<>();
        boolean ofCells = false;
        int style = 0;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "numFmt" -> {
                        if (isDate(attribute(xml, "formatCode").orElse(""))) {
                            dates.add(number(xml, "numFmtId"));
                        }
                    }
                    case "cellXfs" -> ofCells = true;
                    case "xf" -> {
                        int format = number(xml, "numFmtId");
                        if (ofCells && (dates.contains(format) || isBuiltInDate(format))) {
                            dateStyles.add(style);
                        }
                        style += ofCells ? 1 : 0;
                    }
                    default -> {}
                }
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && xml.getLocalName().equals("cellXfs")) {
                ofCells = false;
            }
        }
    }

    private static boolean isDate(String format) {
        String bare = format.replaceAll("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.", "");
        return bare.matches(".*[ymdhsYMDHS].*") && !bare.contains("General");
    }

    /// ECMA-376 part 1, 18.8.30: also those of Chinese and Japanese versions.
    private static boolean isBuiltInDate(int format) {
        return format >= 14 && format <= 22
                || format >= 27 && format <= 36
                || format >= 45 && format <= 47
                || format >= 50 && format <= 58;
    }

    private static int number(XMLStreamReader xml, String name) {
        return attribute(xml, name)
                .filter(value -> value.matches("\\d{1,8}"))
                .map(Integer::parseInt)
                .orElse(0);
    }

    /// By its name without a namespace.
    private static Optional<String> attribute(XMLStreamReader xml, String name) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeLocalName(i).equals(name)) {
                return Optional.of(xml.getAttributeValue(i));
            }
        }
        return Optional.empty();
    }

    /// The text inside an element, without how it is pronounced.
    private static String words(XMLStreamReader xml, String until) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        boolean inText = false;
        int pronounced = 0;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.CHARACTERS && inText && pronounced == 0) {
                text.append(xml.getText());
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                inText = xml.getLocalName().equals("t");
                pronounced += xml.getLocalName().equals("rPh") ? 1 : 0;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                inText = false;
                pronounced -= xml.getLocalName().equals("rPh") ? 1 : 0;
                if (xml.getLocalName().equals(until)) {
                    break;
                }
            }
        }
        return text.toString();
    }

    /// The cells of a sheet while it is read.
    private final class Sheet {
        private final XMLStreamReader xml;
        private final Rows rows;
        private final List<String> cells = new ArrayList<>();
        private int number;

        Sheet(XMLStreamReader xml, Rows rows) {
            this.xml = xml;
            this.rows = rows;
        }

        void read() throws XMLStreamException, Unusable {
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("row")) {
                    int given = Spreadsheet.number(xml, "r");
                    number = given > 0 ? given : number + 1;
                    cells.clear();
                } else if (event == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("c")) {
                    cell();
                } else if (event == XMLStreamConstants.END_ELEMENT
                        && xml.getLocalName().equals("row")
                        && cells.stream().anyMatch(cell -> !cell.isBlank())) {
                    rows.row(number, List.copyOf(cells));
                }
            }
        }

        private void cell() throws XMLStreamException, Unusable {
            String type = attribute(xml, "t").orElse("n");
            int style = Spreadsheet.number(xml, "s");
            int column = attribute(xml, "r").map(Sheet::column).orElse(cells.size());
            if (column >= MOST_COLUMNS) {
                throw new Unusable("has a cell in column %d of row %d".formatted(column + 1, number), "Save it again");
            }
            String value = "";
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("v")) {
                    value = xml.getElementText();
                } else if (event == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("is")) {
                    value = words(xml, "is");
                } else if (event == XMLStreamConstants.END_ELEMENT
                        && xml.getLocalName().equals("c")) {
                    break;
                }
            }
            while (cells.size() <= column) {
                cells.add("");
            }
            cells.set(column, shown(type, style, value));
        }

        /// `BC12` is column 54, from 0.
        private static int column(String reference) {
            int column = 0;
            for (int i = 0; i < reference.length() && i < 4 && Character.isLetter(reference.charAt(i)); i++) {
                column = column * 26 + Character.toUpperCase(reference.charAt(i)) - 'A' + 1;
            }
            return Math.max(0, column - 1);
        }

        private String shown(String type, int style, String value) {
            return switch (type) {
                case "s" ->
                    value.matches("\\d{1,9}") && Integer.parseInt(value) < shared.size()
                            ? shared.get(Integer.parseInt(value))
                            : "";
                case "b" -> value.equals("1") ? "TRUE" : "FALSE";
                case "n" -> numeric(style, value);
                default -> value;
            };
        }

        private String numeric(int style, String value) {
            double number;
            try {
                number = Double.parseDouble(value);
            } catch (NumberFormatException _) {
                return value;
            }
            if (dateStyles.contains(style) && number >= 0 && number < 3_000_000) {
                return moment(number);
            }
            return number == Math.rint(number) && Math.abs(number) < 1e15
                    ? Long.toString((long) number)
                    : Double.toString(number);
        }

        private String moment(double days) {
            long day = (long) days;
            long seconds = Math.round((days - day) * 86_400);
            LocalTime time = LocalTime.ofSecondOfDay(Math.min(seconds, 86_399));
            if (day == 0) {
                return time.toString();
            }
            LocalDate date = dayZero.plusDays(day);
            return seconds == 0 ? date.toString() : date.atTime(time).toString();
        }
    }
}
