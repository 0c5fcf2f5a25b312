package dev.athanor.data.clean;

import com.github.houbb.opencc4j.util.ZhConverterUtil;
import java.util.BitSet;
import java.util.function.UnaryOperator;

/// Brings Chinese to one script by words, not only by characters (頭髮 and 發財 are 头发 and 发财), by opencc4j.
@About("write Chinese in one script: traditional becomes simplified, or the other way")
record Chinese(@About("simplified or traditional") Form to) implements Step {
    static final Chinese USUAL = new Chinese(Form.SIMPLIFIED);

    enum Form {
        SIMPLIFIED,
        TRADITIONAL
    }

    /// From the first ideograph of 16 bits (extension A) to the last of the main block.
    private static final int FIRST = 0x3400;

    private static final int LAST = 0x9FFF;

    @Override
    public Treatment open(Surroundings around) {
        UnaryOperator<String> convert =
                to == Form.SIMPLIFIED ? ZhConverterUtil::toSimple : ZhConverterUtil::toTraditional;
        BitSet changing = changing(convert);
        return Treatment.changing(text -> converted(text, convert, changing));
    }

    /// The characters that the library changes where they stand alone. A text without any stays as it
    /// is, and does not go through the library.
    private static BitSet changing(UnaryOperator<String> convert) {
        BitSet changing = new BitSet(LAST + 1);
        for (int c = FIRST; c <= LAST; c++) {
            String alone = Character.toString(c);
            if (!convert.apply(alone).equals(alone)) {
                changing.set(c);
            }
        }
        return changing;
    }

    /// Only stretches of ideographs go through the library: all else stays byte for byte.
    private static String converted(String text, UnaryOperator<String> convert, BitSet changing) {
        if (text.chars().noneMatch(changing::get)) {
            return text;
        }
        StringBuilder converted = new StringBuilder(text.length());
        int from = 0;
        while (from < text.length()) {
            int to = from;
            boolean ideographs = isIdeograph(text.charAt(from));
            while (to < text.length() && isIdeograph(text.charAt(to)) == ideographs) {
                to++;
            }
            String part = text.substring(from, to);
            converted.append(ideographs ? convert.apply(part) : part);
            from = to;
        }
        return converted.toString();
    }

    private static boolean isIdeograph(char c) {
        return c >= FIRST && c <= LAST;
    }
}
