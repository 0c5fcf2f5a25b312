package dev.athanor.train;

import dev.athanor.model.ImageShape;

/// Pictures and what is known of them.
///
/// @param pixels (rows, channels, height, width), from -1 to 1
/// @param labels (rows, fields): numbers as in [dev.athanor.model.Given]
/// @param captions (rows, tokens), likewise
public record ImageBatch(float[] pixels, ImageShape shape, int[] labels, int[] captions, int rows) implements Batch {

    @Override
    public long asked() {
        return rows;
    }
}
