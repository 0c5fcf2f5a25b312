package dev.athanor.data.duplicate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The texts that were asked for last, since what many texts repeat stands first in few.
final class Recent {
    /// Characters that are kept, unless one text alone has more.
    private static final long MOST = 1 << 20;

    private final Rows texts;
    private final SequencedMap<Integer, Wording> kept = new LinkedHashMap<>(64, 0.75f, true);
    private long characters;

    Recent(Rows texts) {
        this.texts = texts;
    }

    Wording get(int row) throws IOException {
        Wording known = kept.get(row);
        if (known != null) {
            return known;
        }
        Wording words = Wording.of(new String(texts.get(row), StandardCharsets.UTF_8));
        kept.put(row, words);
        characters += words.text().length();
        Iterator<Wording> oldest = kept.values().iterator();
        while (characters > MOST && kept.size() > 1) {
            characters -= oldest.next().text().length();
            oldest.remove();
        }
        return words;
    }
}
