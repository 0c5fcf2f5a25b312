package dev.athanor.torch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/// OpenBLAS beside MKL, for small products on AMD's processors with AVX-512.
///
/// MKL leaves AVX-512 to Intel's processors. OpenBLAS does not, and has kernels of its own for products of up
/// to a million multiplications, which need no rearranged copies. Measured in November 2026 (one core of an
/// AMD EPYC, GFLOP/s of MKL and of OpenBLAS): 64 x 64 x 64 87 and 114, 32 x 128 x 128 83 and 113, 64 x 32 x 32
/// 74 and 105. A product whose second factor alone is transposed gains nothing there.
///
/// The binding's own copy of the library cannot be used: where MKL is asked for, a link to MKL stands in its
/// place.
final class SmallProducts {
    private static final String PLATFORM = "linux-x86_64";

    /// In the order in which they need each other.
    private static final List<String> LIBRARIES =
            List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0");

    /// Multiplications up to which OpenBLAS takes its small kernels (0.3.31, `sgemm_small_kernel_permit`).
    private static final int LARGEST = 1_000_000;

    /// Rows below which a part of a product is not worth a call.
    private static final int FEWEST_ROWS = 4;

    private SmallProducts() {}

    /// Whether this machine gains by it, as its description of the processor (`/proc/cpuinfo`) says.
    static boolean suits(String processor) {
        return processor.contains("AuthenticAMD") && processor.contains("avx512f");
    }

    private static boolean suits() throws IOException {
        return Loader.Detector.getPlatform().equals(PLATFORM) && suits(Files.readString(Path.of("/proc/cpuinfo")));
    }

    /// Copies the libraries to the cache of natives where this machine gains by them; one process at a time.
    static void unpack() throws IOException {
        if (!suits()) {
            return;
        }
        Path folder = folder();
        Files.createDirectories(folder);
        for (String library : LIBRARIES) {
            if (!Files.exists(folder.resolve(library))) {
                unpack(library, folder);
            }
        }
    }

    private static void unpack(String library, Path folder) throws IOException {
        String resource = "/org/bytedeco/openblas/" + PLATFORM + "/" + library;
        try (InputStream in = SmallProducts.class.getResourceAsStream(resource)) {
            if (in == null) {
                return; // this build brings no OpenBLAS
            }
            Path whole = folder.resolve(library + ".part");
            Files.copy(in, whole, StandardCopyOption.REPLACE_EXISTING);
            Files.move(whole, folder.resolve(library), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static Path folder() throws IOException {
        String version = Loader.getVersion("org.bytedeco", "openblas");
        return Loader.getCacheDir().toPath().resolve("athanor-openblas-" + version);
    }

    /// `cblas_sgemm`, where this machine gains by it. The libraries stay out of sight of libtorch, which keeps
    /// MKL's.
    static Optional<MethodHandle> routine(FunctionDescriptor shape) {
        try {
            return suits() && Files.exists(folder().resolve(LIBRARIES.getLast()))
                    ? Optional.of(load(folder(), shape))
                    : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static MethodHandle load(Path folder, FunctionDescriptor shape) {
        SymbolLookup found = SymbolLookup.loaderLookup();
        for (String library : LIBRARIES) {
            found = SymbolLookup.libraryLookup(folder.resolve(library), Arena.global());
        }
        Linker linker = Linker.nativeLinker();
        MethodHandle threads = linker.downcallHandle(
                found.findOrThrow("openblas_set_num_threads"), FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
        try {
            threads.invokeExact(1);
        } catch (RuntimeException | Error passed) {
            throw passed;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
        return linker.downcallHandle(found.findOrThrow("cblas_sgemm"), shape, Linker.Option.critical(true));
    }

    /// How many rows of a product to take at once, or none where MKL is the faster.
    static Optional<Integer> rows(int rows, int columns, int inner) {
        long most = LARGEST / ((long) columns * inner);
        if (most >= rows) {
            return Optional.of(rows);
        }
        if (most < FEWEST_ROWS) {
            return Optional.empty();
        }
        int parts = Math.ceilDiv(rows, (int) most);
        return Optional.of(Math.ceilDiv(rows, parts));
    }
}
