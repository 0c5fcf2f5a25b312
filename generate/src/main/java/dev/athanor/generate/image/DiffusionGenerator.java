package dev.athanor.generate.image;

import dev.athanor.data.image.Image;
import dev.athanor.data.text.Tokenizer;
import dev.athanor.model.Denoiser;
import dev.athanor.model.ImageFormat;
import dev.athanor.model.ImageShape;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.NoiseProcess;
import dev.athanor.torch.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Makes pictures with a diffusion model, step by step. Owns native memory: close it.
final class DiffusionGenerator implements ImageGenerator {
    private static final int TOGETHER = 64; // pictures of a batch

    private final Denoiser denoiser;
    private final ImageFormat format;
    private final Optional<Tokenizer> tokenizer;
    private final ImageShape shape;
    private final NoiseProcess process;

    private DiffusionGenerator(Denoiser denoiser, ImageFormat format, Optional<Tokenizer> tokenizer) {
        this.denoiser = denoiser;
        this.format = format;
        this.tokenizer = tokenizer;
        this.shape = denoiser.config().shape();
        this.process = denoiser.config().process();
    }

    static DiffusionGenerator of(ModelFolder folder, Engine engine) {
        ImageFormat format = folder.images();
        return new DiffusionGenerator(
                Denoiser.open(folder, engine),
                format,
                format.captionLength() > 0 ? Optional.of(folder.tokenizer()) : Optional.empty());
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    @Override
    public boolean isStepwise() {
        return true;
    }

    @Override
    public List<Image> generate(ImageRequest request, Frames frames) {
        return make(request, fromNoise(request), frames);
    }

    @Override
    public List<float[]> planes(ImageRequest request) {
        return solve(request, fromNoise(request), _ -> {});
    }

    private Task fromNoise(ImageRequest request) {
        return new Task(row -> noise(request, row), 1, Task.UNCHANGED, clean -> clean);
    }

    /// Strength is the time up to which the picture gets noise (Meng et al. 2022, section 3.1, t0).
    @Override
    public List<Image> vary(ImageRequest request, Image source, double strength) {
        ImageRequest.refuseUnlessStrength(strength);
        float[] given = shape.planes(source);
        return make(
                request,
                new Task(row -> noisy(given, noise(request, row), strength), strength, Task.UNCHANGED, clean -> clean),
                _ -> {});
    }

    /// What is known is put back behind each step (Lugmayr et al. 2022, equation 8).
    @Override
    public List<Image> fill(ImageRequest request, Image source, Image mask) {
        if (mask.width() != source.width() || mask.height() != source.height()) {
            throw new IllegalArgumentException(
                    "the mask has %d x %d pixels and the picture %d x %d: give a mask of the picture's size, bright where something new shall be"
                            .formatted(mask.width(), mask.height(), source.width(), source.height()));
        }
        float[] given = shape.planes(source);
        boolean[] open = open(mask);
        return make(
                request,
                new Task(
                        row -> noise(request, row),
                        1,
                        (x, noise, time) -> keep(x, time == 0 ? given : noisy(given, noise, time), open),
                        clean -> clean),
                _ -> {});
    }

    /// What the model takes the picture to be is put right at each step (Wang et al. 2023, equation 13).
    @Override
    public List<Image> enlarge(ImageRequest request, Image small) {
        return enlarged(request, small).stream().map(shape::image).toList();
    }

    /// The same as numbers, which may lie beyond black and white.
    List<float[]> enlarged(ImageRequest request, Image small) {
        int factor = shape.width() / Math.max(1, small.width());
        if (factor < 2 || factor * small.width() != shape.width() || factor * small.height() != shape.height()) {
            throw new IllegalArgumentException(
                    "the picture has %d x %d pixels and the model makes %d x %d: give one that is smaller by a whole number, for example %d x %d"
                            .formatted(
                                    small.width(),
                                    small.height(),
                                    shape.width(),
                                    shape.height(),
                                    shape.width() / 2,
                                    shape.height() / 2));
        }
        ImageShape smaller = new ImageShape(shape.channels(), small.height(), small.width());
        float[] known = smaller.planes(small);
        return solve(
                request,
                new Task(row -> noise(request, row), 1, Task.UNCHANGED, clean -> consistent(clean, known, factor)),
                _ -> {});
    }

    /// The picture with the mean of each square of pixels as known.
    private float[] consistent(float[] clean, float[] known, int factor) {
        float[] right = clean.clone();
        int width = shape.width() / factor;
        for (int square = 0; square < known.length; square++) {
            int corner = square / width * factor * shape.width() + square % width * factor;
            float sum = 0;
            for (int i = 0; i < factor * factor; i++) {
                sum += clean[corner + i / factor * shape.width() + i % factor];
            }
            float missing = known[square] - sum / (factor * factor);
            for (int i = 0; i < factor * factor; i++) {
                right[corner + i / factor * shape.width() + i % factor] += missing;
            }
        }
        return right;
    }

    /// Whether each number of a picture may change.
    private boolean[] open(Image mask) {
        float[] bright = new ImageShape(1, shape.height(), shape.width()).planes(mask);
        boolean[] open = new boolean[shape.numbers()];
        for (int i = 0; i < open.length; i++) {
            open[i] = bright[i % bright.length] > 0;
        }
        return open;
    }

    private static float[] keep(float[] x, float[] known, boolean[] open) {
        float[] mixed = x.clone();
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = open[i] ? x[i] : known[i];
        }
        return mixed;
    }

    /// Both are taken back to the noise that leads to them, and pictures are made of what lies between (Song
    /// et al. 2021, section 5.3).
    @Override
    public List<Image> between(ImageRequest request, Image from, Image to) {
        request.refuseUnlessTwo();
        float[] first = back(request, shape.planes(from));
        float[] last = back(request, shape.planes(to));
        return make(
                request,
                new Task(
                        row -> Noise.between(first, last, row / (request.count() - 1.0)),
                        1,
                        Task.UNCHANGED,
                        clean -> clean),
                _ -> {});
    }

    /// The probability flow from a picture to its noise.
    private float[] back(ImageRequest request, float[] picture) {
        double[] down = Solver.times(process, 1, request.denoising().steps());
        double[] up = new double[down.length];
        for (int i = 0; i < up.length; i++) {
            up[i] = down[down.length - 1 - i];
        }
        up[0] = Math.min(0.02, up[1] / 2); // at 0 there is no noise to tell from the picture
        Denoiser.Told told = told(request, 1);
        return Solver.DDIM.solve(
                process,
                picture,
                up,
                (x, time) -> Solver.Parts.of(process, time, x, denoiser.predict(x, time, told)),
                (x, _, _) -> x);
    }

    /// What the pictures of a request begin with, and what happens to them on the way.
    ///
    /// @param time at which they begin
    /// @param change of the noisy picture behind each step
    /// @param right what the model takes the picture to be, put right
    private record Task(Start start, double time, Change change, UnaryOperator<float[]> right) {
        static final Change UNCHANGED = (x, _, _) -> x;

        interface Start {
            float[] of(int row);
        }

        interface Change {
            /// @param noise that the picture began with
            float[] after(float[] x, float[] noise, double time);
        }
    }

    private List<Image> make(ImageRequest request, Task task, Frames frames) {
        return solve(request, task, frames).stream().map(shape::image).toList();
    }

    private List<float[]> solve(ImageRequest request, Task task, Frames frames) {
        double[] times = Solver.times(process, task.time(), request.denoising().steps());
        List<float[]> solved = new ArrayList<>();
        for (int from = 0; from < request.count(); from += TOGETHER) {
            int first = from;
            int rows = Math.min(TOGETHER, request.count() - first);
            float[][] starts = new float[rows][];
            for (int row = 0; row < rows; row++) {
                starts[row] = task.start().of(first + row);
            }
            boolean shown = first == 0;
            float[] made = request.denoising()
                    .solver()
                    .solve(process, join(starts), times, answer(request, task, rows), (x, clean, time) -> {
                        if (shown) {
                            frames.show(images(clean, rows));
                        }
                        return each(x, row -> task.change().after(slice(x, row), noise(request, first + row), time));
                    });
            for (int row = 0; row < rows; row++) {
                solved.add(slice(made, row));
            }
        }
        return solved;
    }

    private Solver.Answer answer(ImageRequest request, Task task, int rows) {
        Denoiser.Told told = told(request, rows);
        double guidance = request.denoising().guidance();
        boolean guided = guidance != 1
                && (!request.fields().isEmpty() || !request.prompt().isEmpty());
        Denoiser.Told both = told.and(told.nothing());
        return (x, time) -> {
            float[] prediction = guided
                    ? guided(denoiser.predict(join(new float[][] {x, x}), time, both), guidance)
                    : denoiser.predict(x, time, told);
            Solver.Parts parts = Solver.Parts.of(process, time, x, prediction);
            return new Solver.Parts(
                    each(parts.clean(), row -> task.right().apply(slice(parts.clean(), row))), parts.noise());
        };
    }

    private static float[] guided(float[] answers, double guidance) {
        float[] asked = Arrays.copyOf(answers, answers.length / 2);
        float[] open = Arrays.copyOfRange(answers, answers.length / 2, answers.length);
        return Solver.mix(asked, (float) guidance, open, (float) (1 - guidance));
    }

    private Denoiser.Told told(ImageRequest request, int rows) {
        int[] labels = format.asked(request.fields());
        int[] caption = caption(request);
        return new Denoiser.Told(Noise.repeated(labels, rows), Noise.repeated(caption, rows), rows);
    }

    private int[] caption(ImageRequest request) {
        if (tokenizer.isEmpty()) {
            request.refuseIfPrompted(format);
        }
        return tokenizer
                .map(reading -> format.caption(reading, request.prompt()))
                .orElse(new int[0]);
    }

    private float[] noise(ImageRequest request, int row) {
        return Noise.of(request.seed(), row, shape.numbers());
    }

    private float[] noisy(float[] picture, float[] noise, double time) {
        return Solver.mix(picture, (float) process.alpha(time), noise, (float) process.sigma(time));
    }

    private List<Image> images(float[] planes, int rows) {
        List<Image> images = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            images.add(shape.image(slice(planes, row)));
        }
        return images;
    }

    private float[] slice(float[] planes, int row) {
        return Arrays.copyOfRange(planes, row * shape.numbers(), (row + 1) * shape.numbers());
    }

    private float[] each(float[] planes, Task.Start change) {
        float[][] rows = new float[planes.length / shape.numbers()][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = change.of(row);
        }
        return join(rows);
    }

    private static float[] join(float[][] rows) {
        float[] all = new float[rows.length * rows[0].length];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, all, row * rows[row].length, rows[row].length);
        }
        return all;
    }

    @Override
    public void close() {
        denoiser.close();
    }
}
