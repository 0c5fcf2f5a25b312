package dev.athanor.torch;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Objects;
import java.util.Optional;

/// Products of matrices that stand in arrays of the Java heap, by the BLAS that libtorch itself uses (MKL or
/// OpenBLAS), without a copy. [Engine#start] comes first: it loads the library.
///
/// Measured in November 2026 (one core, AVX-512, MKL): 98 to 102 GFLOP/s from 64 × 128 × 384 up, the machine's
/// own limit; the call itself costs about 20 nanoseconds.
public final class Blas {
    private static final int ROW_MAJOR = 101; // of cblas.h, like the two below
    private static final int AS_IS = 111;
    private static final int TRANSPOSED = 112;

    private Blas() {}

    /// A matrix inside an array.
    ///
    /// @param at where its first number stands
    /// @param rows as seen from outside
    /// @param columns as seen from outside
    /// @param stride numbers from one stored row to the next
    /// @param transposed whether the stored rows are its columns
    public record View(float[] values, int at, int rows, int columns, int stride, boolean transposed) {

        /// Stored row by row without gaps.
        public static View of(float[] values, int at, int rows, int columns) {
            return new View(values, at, rows, columns, columns, false);
        }

        /// Stored row by row, each row `stride` numbers behind the one before.
        public static View of(float[] values, int at, int rows, int columns, int stride) {
            return new View(values, at, rows, columns, stride, false);
        }

        /// The same numbers, transposed.
        public View turned() {
            return new View(values, at, columns, rows, stride, !transposed);
        }

        /// Some of the rows.
        private View part(int from, int count) {
            return new View(values, at + (transposed ? from : from * stride), count, columns, stride, transposed);
        }

        private boolean fits() {
            int storedRows = transposed ? columns : rows;
            int storedColumns = transposed ? rows : columns;
            return at >= 0
                    && storedRows > 0
                    && storedColumns > 0
                    && stride >= storedColumns
                    && at + (storedRows - 1L) * stride + storedColumns <= values.length;
        }

        private MemorySegment segment() {
            return MemorySegment.ofArray(values).asSlice((long) at * Float.BYTES);
        }

        @Override
        public String toString() {
            return "%d x %d%s (at %d, stride %d, array of %d)"
                    .formatted(rows, columns, transposed ? " transposed" : "", at, stride, values.length);
        }
    }

    /// c = a · b.
    public static void set(View c, View a, View b) {
        multiply(c, a, b, 0);
    }

    /// c += a · b.
    public static void add(View c, View a, View b) {
        multiply(c, a, b, 1);
    }

    /// y += x, for stretches of `count` numbers.
    public static void add(float[] x, int at, float[] y, int into, int count) {
        MemorySegment from = stretch(x, at, count);
        MemorySegment to = stretch(y, into, count);
        try {
            Routines.SAXPY.invokeExact(count, 1f, from, 1, to, 1);
        } catch (Throwable thrown) {
            throw passed(thrown);
        }
    }

    private static MemorySegment stretch(float[] values, int at, int count) {
        Objects.checkFromIndexSize(at, count, values.length);
        return MemorySegment.ofArray(values).asSlice((long) at * Float.BYTES);
    }

    /// Makes the products of the calling thread its own affair from now on: no other thread helps. Threads that
    /// share work among themselves want that.
    public static void onOneThread() {
        if (Routines.ONE_THREAD.isPresent()) {
            try {
                int _ = (int) Routines.ONE_THREAD.get().invokeExact(1);
            } catch (Throwable thrown) {
                throw passed(thrown);
            }
        } // OpenBLAS has one thread from the start: see Engine
    }

    private static void multiply(View c, View a, View b, float kept) {
        if (a.columns() != b.rows() || c.rows() != a.rows() || c.columns() != b.columns()) {
            throw new IllegalArgumentException("a product of %s and %s into %s: the inner sizes must be equal, and"
                    + " the result have the outer ones".formatted(a, b, c));
        }
        if (!a.fits() || !b.fits() || !c.fits() || c.transposed()) { // native code would write beside the array
            throw new IllegalArgumentException(
                    "a product of %s and %s into %s: one does not fit its array, or the result is transposed"
                            .formatted(a, b, c));
        }
        boolean plain = a.transposed() || !b.transposed();
        if (plain && Routines.HAS_SMALL) {
            int rows = SmallProducts.rows(c.rows(), c.columns(), a.columns()).orElse(0);
            for (int from = 0; rows > 0 && from < c.rows(); from += rows) {
                int count = Math.min(rows, c.rows() - from);
                call(Routines.SMALL, c.part(from, count), a.part(from, count), b, kept);
            }
            if (rows > 0) {
                return;
            }
        }
        call(Routines.SGEMM, c, a, b, kept);
    }

    private static void call(MethodHandle routine, View c, View a, View b, float kept) {
        try {
            routine.invokeExact(
                    ROW_MAJOR,
                    a.transposed() ? TRANSPOSED : AS_IS,
                    b.transposed() ? TRANSPOSED : AS_IS,
                    c.rows(),
                    c.columns(),
                    a.columns(),
                    1f,
                    a.segment(),
                    a.stride(),
                    b.segment(),
                    b.stride(),
                    kept,
                    c.segment(),
                    c.stride());
        } catch (Throwable thrown) {
            throw passed(thrown);
        }
    }

    /// A method handle may throw anything by its type; these routines throw nothing, so it is an error of the
    /// JVM's.
    private static RuntimeException passed(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            default -> new IllegalStateException(thrown);
        };
    }

    /// Found once, when the first product is asked for.
    private static final class Routines {
        private static final FunctionDescriptor PRODUCT = FunctionDescriptor.ofVoid(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_FLOAT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_FLOAT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT);

        private static final MethodHandle SGEMM = required("cblas_sgemm", PRODUCT);

        private static final MethodHandle SAXPY = required(
                "cblas_saxpy",
                FunctionDescriptor.ofVoid(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_FLOAT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_INT));

        private static final Optional<MethodHandle> ONE_THREAD =
                find("MKL_Set_Num_Threads_Local", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

        /// For products so small that another library has the better kernels, where it does; else the same.
        private static final MethodHandle SMALL;

        private static final boolean HAS_SMALL;

        static {
            Optional<MethodHandle> small = ONE_THREAD.isPresent() ? SmallProducts.routine(PRODUCT) : Optional.empty();
            HAS_SMALL = small.isPresent(); // never beside OpenBLAS itself
            SMALL = small.orElse(SGEMM);
        }

        private static MethodHandle required(String name, FunctionDescriptor shape) {
            return find(name, shape)
                    .orElseThrow(() -> new IllegalStateException(
                            "no BLAS is loaded in this process: call Engine.start before the first product"));
        }

        /// Critical calls take arrays of the heap as they are; they must be short, and a product is.
        private static Optional<MethodHandle> find(String name, FunctionDescriptor shape) {
            return SymbolLookup.loaderLookup()
                    .find(name)
                    .map(address -> Linker.nativeLinker().downcallHandle(address, shape, Linker.Option.critical(true)));
        }
    }
}
