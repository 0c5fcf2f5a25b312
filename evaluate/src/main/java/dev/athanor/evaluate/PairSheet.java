package dev.athanor.evaluate;

import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import dev.athanor.evaluate.page.Block;
import dev.athanor.generate.show.ContactSheet;
import java.util.ArrayList;
import java.util.List;

/// Pictures in a row, and below each the one that it is to be held against.
record PairSheet(List<Image> above, List<Image> below) {
    Block block(String caption) {
        List<Image> all = new ArrayList<>(above);
        all.addAll(below);
        ContactSheet sheet = ContactSheet.of(all).withColumns(above.size());
        return new Block.Gallery(List.of(new Block.Picture(caption, Png.write(sheet.draw(all)))));
    }
}
