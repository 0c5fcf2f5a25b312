package dev.athanor.data;

import dev.athanor.data.image.Decoder;
import dev.athanor.data.image.Format;
import dev.athanor.data.image.ImageForm;
import dev.athanor.data.image.Png;
import java.util.List;

/// Pictures become PNG in a form.
record ImageCodec(ImageForm form) implements Codec {
    @Override
    public Kind kind() {
        return Kind.IMAGE;
    }

    @Override
    public String things() {
        return "pictures";
    }

    @Override
    public boolean isNamed(String path) {
        return Format.isNamed(path);
    }

    @Override
    public byte[] convert(byte[] file) throws Unusable {
        return Png.write(form.of(Decoder.decode(file, form.background())));
    }

    @Override
    public String extension() {
        return "png";
    }

    @Override
    public List<String> notes() {
        return List.of();
    }
}
