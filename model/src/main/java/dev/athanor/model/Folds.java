package dev.athanor.model;

import dev.athanor.torch.cpu.Cells;

/// Pictures as cells: squares of pixels become channels, by channel, row and column of the square.
///
/// @param patch pixels of a square's side
record Folds(ImageShape shape, int patch) {

    /// Of each cell.
    int channels() {
        return shape.channels() * patch * patch;
    }

    Cells cells() {
        return Cells.none(shape.height() / patch, shape.width() / patch, channels());
    }

    /// @param pixels (pictures, channels, height, width)
    void fold(float[] pixels, Cells cells) {
        each(cells, (place, i, pixel) -> cells.values()[place][i] = pixels[pixel]);
    }

    /// The way back.
    float[] unfold(Cells cells) {
        float[] pixels = new float[cells.pictures() * shape.numbers()];
        each(cells, (place, i, pixel) -> pixels[pixel] = cells.values()[place][i]);
        return pixels;
    }

    @FunctionalInterface
    private interface Pair {
        void of(int place, int i, int pixel);
    }

    private void each(Cells cells, Pair pair) {
        int width = shape.width();
        int height = shape.height();
        int squares = patch * patch;
        for (int place = 0; place < cells.places(); place++) {
            int corner = place / cells.width() * patch * width + place % cells.width() * patch;
            for (int i = 0; i < cells.numbers(); i++) {
                int within = i % squares / patch * width + i % patch; // patch divides squares
                pair.of(place, i, i / squares * height * width + corner + within);
            }
        }
    }
}
