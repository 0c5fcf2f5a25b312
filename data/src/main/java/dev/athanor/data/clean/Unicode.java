package dev.athanor.data.clean;

import java.text.Normalizer;

/// One way to write each character (Unicode Standard Annex 15), and no full-width letters.
@About("write each character in one way: composed forms, no full-width letters and digits")
record Unicode(
        @About("nfc composes accents; nfkc also takes ligatures, circled digits and the like apart; keep")
        Form form,

        @About("full-width characters that become half-width: letters (and digits), all (punctuation, too), or keep")
        Width width)
        implements Step {
    static final Unicode USUAL = new Unicode(Form.NFC, Width.LETTERS);

    enum Form {
        NFC,
        NFKC,
        KEEP
    }

    /// Chinese has its commas and question marks in full width, so these stay as a rule; NFKC takes them as well.
    enum Width {
        LETTERS,
        ALL,
        KEEP
    }

    /// Between a full-width character and its half-width one: U+FF01 to U+FF5E are U+0021 to U+007E.
    private static final int DISTANCE = 0xFF01 - 0x21;

    @Override
    public Treatment open(Surroundings around) {
        return Treatment.changing(text -> narrow(composed(text)));
    }

    private String composed(String text) {
        return switch (form) {
            case NFC -> Normalizer.normalize(text, Normalizer.Form.NFC);
            case NFKC -> Normalizer.normalize(text, Normalizer.Form.NFKC);
            case KEEP -> text;
        };
    }

    private String narrow(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (narrow(text.charAt(i)) != text.charAt(i)) {
                char[] changed = text.toCharArray();
                for (int j = i; j < changed.length; j++) {
                    changed[j] = narrow(changed[j]);
                }
                return new String(changed);
            }
        }
        return text;
    }

    private char narrow(char c) {
        if (c < 0xFF01 || c > 0xFF5E || width == Width.KEEP) {
            return c;
        }
        char half = (char) (c - DISTANCE);
        return width == Width.ALL || Character.isLetterOrDigit(half) ? half : c;
    }
}
