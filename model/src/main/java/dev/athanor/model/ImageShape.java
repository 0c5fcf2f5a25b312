package dev.athanor.model;

import dev.athanor.data.image.Frame;
import dev.athanor.data.image.Image;
import dev.athanor.data.image.ImageForm;
import dev.athanor.data.image.Rgb;
import dev.athanor.data.image.Shades;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The size of pictures as a model sees them: (channels, height, width), numbers from -1 to 1.
///
/// @param channels 1: grey or a spectrogram, 3: colour
public record ImageShape(int channels, int height, int width) {
    public ImageShape {
        Sizes.positive("channels", channels);
        Sizes.positive("height", height);
        Sizes.positive("width", width);
    }

    /// How many numbers a picture has.
    public int numbers() {
        return channels * height * width;
    }

    /// Height and width divided by a whole number that divides both.
    ImageShape shrunk(int factor, int channels) {
        Sizes.divides("height", height, "rows", factor);
        Sizes.divides("width", width, "columns", factor);
        return new ImageShape(channels, height / factor, width / factor);
    }

    /// A picture's numbers, channel by channel from -1 to 1. One of another size is shrunk or enlarged until
    /// it covers this one, and cut.
    public float[] planes(Image image) {
        Shades shades = channels == 1 ? Shades.GREY : Shades.COLOR;
        Image fitted = new ImageForm(new Frame.Crop(width, height), shades, Rgb.WHITE).of(image);
        float[] planes = new float[numbers()];
        int places = height * width;
        for (int i = 0; i < planes.length; i++) {
            planes[i] = (fitted.pixels()[i % places * channels + i / places] & 0xFF) / 127.5f - 1;
        }
        return planes;
    }

    /// The picture of such numbers; what lies beyond -1 and 1 is cut off.
    public Image image(float[] planes) {
        byte[] pixels = new byte[numbers()];
        int places = height * width;
        for (int i = 0; i < pixels.length; i++) {
            float value = planes[i % channels * places + i / channels];
            pixels[i] = (byte) Math.clamp(Math.round((value + 1) * 127.5f), 0, 255);
        }
        return new Image(width, height, channels, pixels);
    }

    void write(ObjectNode json) {
        json.put("channels", channels);
        json.put("height", height);
        json.put("width", width);
    }

    static ImageShape read(JsonNode json) {
        return new ImageShape(Sizes.read(json, "channels"), Sizes.read(json, "height"), Sizes.read(json, "width"));
    }

    @Override
    public String toString() {
        return "%d x %d %s".formatted(width, height, channels == 1 ? "grey" : "colour");
    }
}
