package dev.athanor.evaluate;

import dev.athanor.data.image.Image;

/// The mean of pictures that pass one by one: what to answer where nothing is known of the picture asked for.
final class MeanPicture {
    private long[] sums = {};
    private Image last = new Image(1, 1, 1, new byte[1]);
    private int count;

    /// @param picture of the size of all others
    void add(Image picture) {
        if (count == 0) {
            sums = new long[picture.pixels().length];
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] += picture.pixels()[i] & 0xFF;
        }
        last = picture;
        count++;
    }

    /// Each value rounded to the nearest whole number.
    Image image() {
        if (count == 0) {
            throw new IllegalStateException("the mean of no picture: add the pictures of the training split first");
        }
        byte[] pixels = new byte[sums.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Math.round((double) sums[i] / count);
        }
        return new Image(last.width(), last.height(), last.channels(), pixels);
    }
}
