package dev.athanor.torch.cpu;

import dev.athanor.torch.Blas;
import dev.athanor.torch.Blas.View;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.torch.Tensors;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// A convolution of 3 x 3, forward and back, in the forms that there are, in turn and with the same workers;
/// prints what each would need if it multiplied place by place, in GFLOP/s.
///
/// `Ours WORKERS ROUNDS`, in the package of the layers since it uses their own parts. With one worker it is
/// the time of the processor that counts, which other processes disturb less.
public final class Ours {
    private static final int[][] SIZES = {
        // side, pictures of a batch, channels
        {28, 64, 32}, {28, 64, 64}, {14, 128, 64}, {14, 64, 128}, {7, 128, 128}, {7, 64, 256}, {16, 64, 128}, {8, 64, 256}
    };

    /// Something that is done in two parts, each by all workers.
    private interface Form {
        void forward();

        void backward();
    }

    public static void main(String[] arguments) {
        int workers = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        Engine.start(Device.CPU);
        torch.set_num_threads(workers);
        Blas.onOneThread();
        ExecutorService threads = Executors.newFixedThreadPool(
                workers,
                work -> Thread.ofPlatform().daemon().unstarted(() -> {
                    Blas.onOneThread();
                    work.run();
                }));
        System.out.println("| side | channels | pictures | form | forward | back | both against the best of libtorch |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
        for (int[] size : SIZES) {
            try (PointerScope _ = new PointerScope()) {
                compare(size, rounds, workers, threads);
            }
        }
        System.exit(0);
    }

    private static void compare(int[] size, int rounds, int workers, ExecutorService threads) {
        int side = size[0];
        int pictures = size[1];
        int channels = size[2];
        List<String> names = List.of("libtorch", "libtorch, channels last", "nine products a place", "minimal filtering");
        List<Form> forms = List.of(
                new Libtorch(side, pictures, channels, torch.MemoryFormat.Contiguous),
                new Libtorch(side, pictures, channels, torch.MemoryFormat.ChannelsLast),
                shared(workers, threads, () -> new Products(side, pictures / workers, channels)),
                shared(workers, threads, () -> new Filtering(side, pictures / workers, channels)));
        double[] forward = new double[forms.size()];
        double[] back = new double[forms.size()];
        Arrays.fill(forward, Double.MAX_VALUE);
        Arrays.fill(back, Double.MAX_VALUE);
        for (int round = 0; round < rounds; round++) {
            for (int form = 0; form < forms.size(); form++) {
                long begun = now(workers);
                forms.get(form).forward();
                long turned = now(workers);
                forms.get(form).backward();
                forward[form] = Math.min(forward[form], turned - begun);
                back[form] = Math.min(back[form], now(workers) - turned);
            }
        }
        double work = 2.0 * 9 * side * side * pictures * channels * channels;
        double best = Math.min(forward[0] + back[0], forward[1] + back[1]);
        for (int form = 0; form < forms.size(); form++) {
            System.out.printf(
                    "| %d | %d | %d | %s | %.0f | %.0f | %.2f |%n",
                    side, channels, pictures, names.get(form), work / forward[form], 2 * work / back[form],
                    best / (forward[form] + back[form]));
        }
    }

    private static long now(int workers) {
        return workers == 1
                ? ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()
                : System.nanoTime();
    }

    /// One form for each worker, with its share of the pictures.
    private static Form shared(int workers, ExecutorService threads, java.util.function.Supplier<Form> made) {
        if (workers == 1) {
            return made.get();
        }
        List<Form> parts = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            parts.add(made.get());
        }
        return new Form() {
            @Override
            public void forward() {
                together(worker -> parts.get(worker).forward());
            }

            @Override
            public void backward() {
                together(worker -> parts.get(worker).backward());
            }

            private void together(IntConsumer work) {
                List<Future<?>> running = new ArrayList<>();
                for (int worker = 0; worker < workers; worker++) {
                    int number = worker;
                    running.add(threads.submit(() -> work.accept(number)));
                }
                for (Future<?> one : running) {
                    try {
                        one.get();
                    } catch (Exception failed) {
                        throw new IllegalStateException(failed);
                    }
                }
            }
        };
    }

    private static float[] random(int count) {
        Random random = new Random(1);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    private static Cells cells(int side, int pictures, int channels) {
        Cells cells = Cells.none(side, side, channels).forPictures(pictures);
        for (float[] place : cells.values()) {
            System.arraycopy(random(place.length), 0, place, 0, place.length);
        }
        return cells;
    }

    /// What PyTorch runs too: oneDNN's convolution, and autograd.
    private static final class Libtorch implements Form {
        private final Tensor x;
        private final Tensor filters;
        private final Tensor dy;
        private Tensor y;

        Libtorch(int side, int pictures, int channels, torch.MemoryFormat format) {
            x = tensor(format, pictures, channels, side, side);
            filters = tensor(format, channels, channels, 3, 3);
            dy = tensor(format, pictures, channels, side, side);
            x.set_requires_grad(true);
            filters.set_requires_grad(true);
        }

        private static Tensor tensor(torch.MemoryFormat format, long... shape) {
            int count = (int) (shape[0] * shape[1] * shape[2] * shape[3]);
            return Tensors.of(random(count), shape).clone().contiguous(format).detach();
        }

        @Override
        public void forward() {
            long[] ones = {1, 1};
            y = torch.conv2d(x, filters, new TensorOptional(), ones, ones, ones, 1);
        }

        @Override
        public void backward() {
            y.backward(dy, new BoolOptional(false), false, new TensorArrayRefOptional());
            y.close();
        }
    }

    /// The plain way on our arrays.
    private static final class Products implements Form {
        private final int channels;
        private final Cells x;
        private final Cells y;
        private final Cells dx;
        private final float[] filters; // (3, 3, K, C)
        private final float[] dFilters;

        Products(int side, int pictures, int channels) {
            this.channels = channels;
            x = cells(side, pictures, channels);
            y = cells(side, pictures, channels);
            dx = cells(side, pictures, channels);
            filters = random(9 * channels * channels);
            dFilters = new float[filters.length];
        }

        private interface Tap {
            void at(View x, View y, View filter, int place);
        }

        private void each(float[] row, Cells in, Cells out, Tap tap) {
            for (int place = 0; place < out.places(); place++) {
                for (int i = 0; i < 9; i++) {
                    int down = place / out.width() + i / 3 - 1;
                    int right = place % out.width() + i % 3 - 1;
                    if (down >= 0 && right >= 0 && down < out.height() && right < out.width()) {
                        View filter = View.of(row, i * channels * channels, channels, channels);
                        tap.at(in.at(down * out.width() + right), out.at(place), filter, place);
                    }
                }
            }
        }

        @Override
        public void forward() {
            y.clear();
            each(filters, x, y, (in, out, filter, _) -> Blas.add(out, in, filter.turned()));
        }

        @Override
        public void backward() {
            dx.clear();
            each(filters, dx, y, (in, out, filter, _) -> Blas.add(in, out, filter));
            each(dFilters, x, y, (in, out, filter, _) -> Blas.add(filter, out.turned(), in));
        }
    }

    private static final class Filtering implements Form {
        private final Winograd convolution;
        private final Cells x;
        private final Cells y;
        private final Cells dx;
        private final float[] weights;
        private final float[] gradient;

        Filtering(int side, int pictures, int channels) {
            int bias = 9 * channels * channels;
            convolution = new Winograd(new Dense(0, bias, channels, channels), new Scratch());
            x = cells(side, pictures, channels);
            y = cells(side, pictures, channels);
            dx = cells(side, pictures, channels);
            weights = random(bias + channels);
            gradient = new float[weights.length];
        }

        @Override
        public void forward() {
            convolution.take(weights);
            convolution.forward(x, y);
        }

        @Override
        public void backward() {
            dx.clear();
            convolution.backward(x, y, dx);
            convolution.learn(gradient);
        }
    }
}
