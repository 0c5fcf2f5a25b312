package dev.athanor.torch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/// libtorch, started once for a process: thread policy, natives, device, randomness.
///
/// The order matters. The environment that OpenMP reads is set before the first native library loads, and the
/// natives are unpacked before the first class of the binding is touched: without that a first run on a fresh
/// machine crashes.
public final class Engine {
    private static final String PLATFORM = Loader.Detector.getPlatform();

    private static Engine running;

    private final Device device;
    private final String products;

    private Engine(Device device, String products) {
        this.device = device;
        this.products = products;
    }

    /// Starts libtorch, or gives the engine that runs already.
    ///
    /// @throws IllegalStateException where CUDA is asked for and not to be had, or natives cannot be unpacked
    public static synchronized Engine start(Device wanted) {
        if (running == null) {
            String products = loadNatives();
            running = new Engine(choose(wanted), products);
        } else if (wanted != Device.AUTO && wanted != running.device) {
            throw new IllegalStateException("the engine runs on %s already and %s was asked for: one process uses one"
                    .formatted(running.device, wanted));
        }
        return running;
    }

    /// [Device#CPU] or [Device#CUDA].
    public Device device() {
        return device;
    }

    /// The same for libtorch.
    public org.bytedeco.pytorch.Device place() {
        return new org.bytedeco.pytorch.Device(device == Device.CUDA ? "cuda" : "cpu");
    }

    /// Threads that share the work of one operator.
    public int threads() {
        return torch.get_num_threads();
    }

    /// What a model card says of the engine, for example `libtorch 2.10.0, CPU, 2 threads, MKL`.
    public String describe() {
        return "libtorch %s, %s, %d threads, %s".formatted(version(), device, threads(), products);
    }

    private static String version() {
        try {
            return Loader.getVersion("org.bytedeco", "pytorch");
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the jar of libtorch does not name its version", unreadable);
        }
    }

    /// Starts every random draw of libtorch over from one number: weights, dropout, noise.
    public void seed(long seed) {
        torch.manual_seed(seed);
    }

    private static Device choose(Device wanted) {
        boolean cuda = torch.cuda_is_available();
        if (wanted == Device.CUDA && !cuda) {
            throw new IllegalStateException(
                    "device cuda was asked for, but libtorch sees no CUDA device: build with the Maven profile that"
                            + " brings its natives (mvn -Pcuda package) on a machine with an NVIDIA driver, or use --device cpu");
        }
        return wanted == Device.CPU || !cuda ? Device.CPU : Device.CUDA;
    }

    private static String loadNatives() {
        int cores = Runtime.getRuntime().availableProcessors();
        // MKL and libtorch share one pool of OpenMP threads. OpenBLAS keeps its own beside it, and the two fight: it
        // gets one thread, and the waiting ones of OpenMP must not spin. Measured: docs/decisions.md, "MKL".
        boolean mkl = isOnClassPath("org.bytedeco.mkl.global.mkl_rt");
        environment("OMP_NUM_THREADS", Integer.toString(cores));
        environment("MKL_NUM_THREADS", Integer.toString(cores));
        environment("OPENBLAS_NUM_THREADS", "1");
        if (mkl) {
            // The same product gives the same bits wherever its arrays stand in memory: at no cost in speed (November
            // 2026), and without it small products do not.
            environment("MKL_CBWR", "AUTO,STRICT");
            // A waiting thread looks this often before it sleeps: enough between two operators, little on a busy
            // machine.
            environment("GOMP_SPINCOUNT", "10000");
        } else {
            environment("OMP_WAIT_POLICY", "PASSIVE");
        }
        if (mkl) {
            System.setProperty("org.bytedeco.openblas.load", "mkl_rt");
        }
        try (UnpackingTurn _ = UnpackingTurn.take()) {
            if (mkl) {
                unpack("mkl");
            }
            unpack("openblas");
            unpack("pytorch");
        } catch (IOException unwritable) {
            throw new IllegalStateException(
                    ("the native libraries cannot be unpacked: %s. About 500 MB are needed in the folder of the system"
                                    + " property org.bytedeco.javacpp.cachedir (by default .javacpp/cache in the home folder):"
                                    + " make it writable, or name another with JAVA_TOOL_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=DIR")
                            .formatted(unwritable.getMessage()),
                    unwritable);
        }
        if (mkl) {
            Loader.load(mklClass());
        }
        Loader.load(torch.class);
        return mkl ? "MKL" : "OpenBLAS";
    }

    private static void unpack(String library) throws IOException {
        Loader.cacheResources("/org/bytedeco/" + library + "/" + PLATFORM + "/");
    }

    private static boolean isOnClassPath(String className) {
        String resource = className.replace('.', '/') + ".class";
        ClassLoader loader = Engine.class.getClassLoader();
        boolean natives = loader.getResource("org/bytedeco/mkl/" + PLATFORM + "/") != null;
        return natives && loader.getResource(resource) != null;
    }

    private static Class<?> mklClass() {
        try {
            return Class.forName("org.bytedeco.mkl.global.mkl_rt");
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException("MKL was found on the class path and then not", impossible);
        }
    }

    /// Sets a variable of this process where the user has not, so that native code sees it.
    private static void environment(String name, String value) {
        if (System.getenv(name) != null) {
            return;
        }
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> setenv = linker.defaultLookup().find("setenv");
        if (setenv.isEmpty()) {
            return; // Windows has none; there the variables only tune speed, and its OpenMP has other names for them
        }
        MethodHandle call = linker.downcallHandle(
                setenv.get(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            int failed = (int) call.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
            if (failed != 0) {
                throw new IllegalStateException("the variable %s could not be set to %s".formatted(name, value));
            }
        } catch (RuntimeException | Error passed) {
            throw passed;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// One process unpacks, the others wait: two that write the same library at once would load half of it.
    private record UnpackingTurn(FileChannel channel, FileLock lock) implements AutoCloseable {
        static UnpackingTurn take() throws IOException {
            Path folder = Loader.getCacheDir().toPath();
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(
                    folder.resolve(".athanor.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return new UnpackingTurn(channel, channel.lock());
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
