package dev.athanor.data.image;

/// Whether pictures are grey or in colour.
public enum Shades {
    /// As the picture is.
    KEEP,
    GREY,
    COLOR;

    public Image of(Image image) {
        return switch (this) {
            case KEEP -> image;
            case GREY -> image.channels() == 1 ? image : grey(image);
            case COLOR -> image.channels() == 3 ? image : color(image);
        };
    }

    /// Luma of ITU-R BT.601, section 2.5.1: 0.299 red + 0.587 green + 0.114 blue.
    private static Image grey(Image image) {
        byte[] from = image.pixels();
        byte[] to = new byte[from.length / 3];
        for (int i = 0; i < to.length; i++) {
            int sum = 299 * (from[3 * i] & 0xFF) + 587 * (from[3 * i + 1] & 0xFF) + 114 * (from[3 * i + 2] & 0xFF);
            to[i] = (byte) ((sum + 500) / 1000);
        }
        return new Image(image.width(), image.height(), 1, to);
    }

    private static Image color(Image image) {
        byte[] from = image.pixels();
        byte[] to = new byte[from.length * 3];
        for (int i = 0; i < from.length; i++) {
            to[3 * i] = from[i];
            to[3 * i + 1] = from[i];
            to[3 * i + 2] = from[i];
        }
        return new Image(image.width(), image.height(), 3, to);
    }
}
