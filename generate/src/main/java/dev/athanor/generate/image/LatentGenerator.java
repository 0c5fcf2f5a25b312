package dev.athanor.generate.image;

import dev.athanor.data.image.Image;
import dev.athanor.model.Autoencoder;
import dev.athanor.model.ImageFormat;
import dev.athanor.model.ImageShape;
import dev.athanor.model.ImageVae;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.Painter;
import dev.athanor.torch.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/// Makes pictures at once of points in a latent space, with an autoencoder or a gan. Owns native memory: close
/// it.
final class LatentGenerator implements ImageGenerator {
    private final Latents latents;
    private final ImageFormat format;
    private final String name;

    private LatentGenerator(Latents latents, ImageFormat format, String name) {
        this.latents = latents;
        this.format = format;
        this.name = name;
    }

    static LatentGenerator of(ModelFolder folder, Engine engine) {
        Latents latents = folder.config() instanceof ImageVae.Config
                ? new Both(Autoencoder.open(folder, engine))
                : new Only(Painter.open(folder, engine));
        return new LatentGenerator(latents, folder.images(), folder.name());
    }

    /// The way from points to pictures, and for some models back.
    private sealed interface Latents {
        ImageShape shape();

        /// Numbers of a point.
        int size();

        /// Pictures of points, each told what it shall show.
        float[] pictures(float[] points, int[] labels, int rows);

        void close();
    }

    private record Both(Autoencoder autoencoder) implements Latents {
        @Override
        public ImageShape shape() {
            return autoencoder.config().shape();
        }

        @Override
        public int size() {
            return autoencoder.config().latent();
        }

        @Override
        public float[] pictures(float[] points, int[] labels, int rows) {
            return autoencoder.decode(points, labels, rows);
        }

        @Override
        public void close() {
            autoencoder.close();
        }
    }

    private record Only(Painter painter) implements Latents {
        @Override
        public ImageShape shape() {
            return painter.config().shape();
        }

        @Override
        public int size() {
            return painter.config().latent();
        }

        @Override
        public float[] pictures(float[] points, int[] labels, int rows) {
            return painter.paint(points, labels, rows);
        }

        @Override
        public void close() {
            painter.close();
        }
    }

    @Override
    public ImageShape shape() {
        return latents.shape();
    }

    @Override
    public boolean isStepwise() {
        return false;
    }

    /// There are no steps to show.
    @Override
    public List<Image> generate(ImageRequest request, Frames frames) {
        return images(planes(request));
    }

    @Override
    public List<float[]> planes(ImageRequest request) {
        return planes(request, row -> noise(request, row));
    }

    private float[] noise(ImageRequest request, int row) {
        return Noise.of(request.seed(), row, latents.size());
    }

    /// The point of the picture is moved towards a random one, on a sphere, so that it stays as far out as
    /// points of pictures are.
    @Override
    public List<Image> vary(ImageRequest request, Image source, double strength) {
        ImageRequest.refuseUnlessStrength(strength);
        float[] point = point(request, source);
        return images(planes(request, row -> Noise.between(point, noise(request, row), strength)));
    }

    @Override
    public List<Image> fill(ImageRequest request, Image source, Image mask) {
        throw whole("fill a region");
    }

    @Override
    public List<Image> enlarge(ImageRequest request, Image small) {
        throw whole("enlarge a picture");
    }

    @Override
    public List<Image> between(ImageRequest request, Image from, Image to) {
        request.refuseUnlessTwo();
        float[] first = point(request, from);
        float[] last = point(request, to);
        return images(planes(request, row -> Noise.between(first, last, row / (request.count() - 1.0))));
    }

    private float[] point(ImageRequest request, Image picture) {
        return switch (latents) {
            case Both(Autoencoder autoencoder) -> autoencoder.encode(shape().planes(picture), labels(request), 1);
            case Only _ ->
                throw new IllegalArgumentException(
                        "the model %s is an image-gan, which makes pictures of noise and cannot read one: use a model of the families image-vae or image-diffusion"
                                .formatted(name));
        };
    }

    private IllegalArgumentException whole(String what) {
        return new IllegalArgumentException(
                "the model %s makes whole pictures at once and cannot %s: use a model of the family image-diffusion"
                        .formatted(name, what));
    }

    private int[] labels(ImageRequest request) {
        request.refuseIfPrompted(format);
        return format.asked(request.fields());
    }

    private List<float[]> planes(ImageRequest request, IntFunction<float[]> point) {
        int rows = request.count();
        int[] labels = Noise.repeated(labels(request), rows);
        float[] points = new float[rows * latents.size()];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(point.apply(row), 0, points, row * latents.size(), latents.size());
        }
        float[] made = latents.pictures(points, labels, rows);
        int numbers = shape().numbers();
        List<float[]> planes = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            planes.add(Arrays.copyOfRange(made, row * numbers, (row + 1) * numbers));
        }
        return planes;
    }

    private List<Image> images(List<float[]> planes) {
        return planes.stream().map(shape()::image).toList();
    }

    @Override
    public void close() {
        latents.close();
    }
}
