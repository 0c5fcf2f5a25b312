package dev.athanor.data.text;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Texts that tokenizers are tried on: the edges by hand, then random Unicode.
final class Texts {

    static final String TRAINING = """
            The old mill stood where the river bends; its wheel had not turned since the flood of 1893.
            "It's ours," they'd said, and we'll keep it: 12 rooms, 3456 windows, no roof.
            旧磨坊立在河湾处，自一八九三年的洪水以来，它的轮子再没有转过。
            “这是我们的，”他们说，“我们会守住它。”河水照旧流过，日复一日，年复一年。
            for (int i = 0; i < 10; i++) { total += i; }
            नदी बहती रही। Die Mühle stand still. Ёлка, сосна и дуб.
            """;

    static final List<String> EDGES = List.of(
            "",
            " ",
            "\n",
            "\0",
            "a",
            "水",
            "\ud83d\ude80",
            "\u007f\u0080\u07ff\u0800\uffff\ud800\udc00\udbff\udfff",
            "   leading and trailing   ",
            "a \t b\u3000c\u00a0d\u2003e\u0085f",
            "line\r\nline\n\n\n  line\r\r\n \n x",
            "it's IT'S it'\u017f 'll 'LL 're 'Re 've 'VE '' 's's 'st 'x",
            "1 12 123 1234 12345 \u0663\u0664\u0665 \u2167 \u00bd\u00b2 3\u3007\u3007",
            "cafe\u0301 caf\u00e9 \u0301\u0301 a\u20dd \u0928\u0926\u0940",
            "\ud83d\udc69\u200d\ud83d\udcbb \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 \u2764\ufe0f 1\ufe0f\u20e3"
                    + " \ud83c\udde8\ud83c\uddf3",
            "我用Java写。然后,\"好\"吗？〇々\ufa0e\ud840\udc00\ud87e\udc00\ufa6e\ud8bf\udffd",
            "\u0000\u0001\u0002\u001f\u00ff\u00fe\ufeff\ufffd\ufffe",
            "<|pad|><|begin|><|end|> <|field|>x<|value|><|text|>",
            "<0x41><0x00> \u0120\u010a \u2581",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".repeat(20),
            "的".repeat(500),
            "!".repeat(300) + "\n".repeat(300) + " ".repeat(300));

    private Texts() {}

    /// The edges, then `count` random texts.
    static List<String> all(RandomGenerator random, int count) {
        List<String> texts = new ArrayList<>(EDGES);
        for (int i = 0; i < count; i++) {
            texts.add(random(random));
        }
        return texts;
    }

    static String random(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(30);
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(9)) {
                case 0 -> text.append((char) random.nextInt(0x20, 0x7f));
                case 1 -> text.append((char) random.nextInt(0, 0x100));
                case 2 -> text.append((char) random.nextInt(0x4e00, 0xa000));
                case 3 -> text.append(" \r\n\t  '".charAt(random.nextInt(7)));
                case 4 -> text.append('\'').append("sStTdDmMlLrRvVeE\u017f".charAt(random.nextInt(17)));
                case 5 -> text.append((char) random.nextInt('0', ':'));
                case 6 -> text.append((char) random.nextInt(0x300, 0x1000));
                case 7 -> text.append((char) random.nextInt(0x2000, 0x3100));
                default -> {
                    int codePoint = random.nextInt(0x110000);
                    text.appendCodePoint(codePoint >= 0xd800 && codePoint < 0xe000 ? 'x' : codePoint);
                }
            }
        }
        return text.toString();
    }
}
