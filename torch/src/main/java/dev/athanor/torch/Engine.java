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

    /// What the natives with CUDA add to the platform in their folder's name.
    private static final String CUDA_NATIVES = "-gpu";

    private static Engine running;

    private final Device device;
    private final String products;

    private Engine(Device device, String products) {
        this.device = device;
        this.products = products;
    }

    /// Starts libtorch, or gives the engine that runs already.
    ///
    /// @throws IllegalArgumentException where CUDA is asked for and not to be had
    /// @throws EngineException where natives cannot be unpacked or loaded
    public static synchronized Engine start(Device wanted) {
        if (running == null) {
            String products = loadNatives();
            running = new Engine(choose(wanted, torch.cuda_is_available()), products);
        } else if (wanted != Device.AUTO && wanted != running.device) {
            choose(wanted, torch.cuda_is_available());
            throw new IllegalArgumentException(
                    "the engine runs on %s already and %s was asked for: one process uses one"
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

    /// The device that is used, where `available` says whether libtorch sees one with CUDA.
    static Device choose(Device wanted, boolean available) {
        if (wanted == Device.CUDA && !available) {
            throw new IllegalArgumentException(
                    "device cuda was asked for, but libtorch sees no CUDA device: build with the Maven profile that"
                            + " brings its natives (mvn -Pcuda package) on a machine with an NVIDIA driver, or use --device cpu");
        }
        return wanted == Device.CPU || !available ? Device.CPU : Device.CUDA;
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
            if (mkl) {
                SmallProducts.unpack();
            }
            unpack("cuda"); // there with profile cuda only
        } catch (IOException unwritable) {
            throw new EngineException(
                    ("the native libraries cannot be unpacked: %s. About 500 MB (with CUDA, 1.5 GB) are needed in the folder of the system"
                                    + " property org.bytedeco.javacpp.cachedir (by default .javacpp/cache in the home folder):"
                                    + " make it writable, or name another with JAVA_TOOL_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=DIR")
                            .formatted(unwritable.getMessage()),
                    unwritable);
        }
        try {
            if (mkl) {
                Loader.load(mklClass());
            }
            Loader.load(torch.class);
        } catch (UnsatisfiedLinkError unlinked) {
            throw unloadable(unlinked, has("pytorch", PLATFORM + CUDA_NATIVES));
        }
        return mkl ? "MKL" : "OpenBLAS";
    }

    /// In words what the linker says, with the cure that fits the natives of this build.
    static EngineException unloadable(UnsatisfiedLinkError unlinked, boolean cuda) {
        return new EngineException(
                "the native libraries cannot be loaded: %s. %s"
                        .formatted(
                                unlinked.getMessage(),
                                cuda
                                        ? "This build has CUDA's natives, which need the CUDA toolkit, cuDNN and NCCL that"
                                                + " docs/training.md names, found through LD_LIBRARY_PATH or /usr/local/cuda;"
                                                + " a build without the Maven profile cuda needs none of them"
                                        : "Is this platform (%s) the one whose natives were built in, and its C library new enough?"
                                                .formatted(PLATFORM)),
                unlinked);
    }

    /// Both kinds of natives, with and without CUDA: which is on the class path is the build's choice.
    private static void unpack(String library) throws IOException {
        Loader.cacheResources("/org/bytedeco/" + library + "/" + PLATFORM + "/");
        Loader.cacheResources("/org/bytedeco/" + library + "/" + PLATFORM + CUDA_NATIVES + "/");
    }

    private static boolean has(String library, String platform) {
        return Engine.class.getClassLoader().getResource("org/bytedeco/" + library + "/" + platform + "/") != null;
    }

    private static boolean isOnClassPath(String className) {
        String resource = className.replace('.', '/') + ".class";
        return has("mkl", PLATFORM) && Engine.class.getClassLoader().getResource(resource) != null;
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
