package dev.athanor.check;

import dev.athanor.cli.Main;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;

/// The command in a process that has first taken something away from itself, by calls to the system that need no
/// rights: so the same test runs for root, in a container and for a plain user.
final class Deprived {
    private static final int RLIMIT_FSIZE = 1;
    private static final int SIGXFSZ = 25;
    private static final long SIG_IGN = 1;
    private static final int CAPABILITIES_3 = 0x20080522;

    private Deprived() {}

    /// What is taken away.
    sealed interface Of {
        String word();

        /// No file can grow beyond so many bytes: every write behind them fails, as on a full disk.
        record Space(long bytes) implements Of {
            @Override
            public String word() {
                return Long.toString(bytes);
            }
        }

        /// Root's power to read what a file's mode forbids.
        record Power() implements Of {
            @Override
            public String word() {
                return "power";
            }
        }
    }

    /// @param words what is taken away, then those of the command
    public static void main(String[] words) throws Throwable {
        List<String> command = Arrays.asList(words).subList(1, words.length);
        if (words[0].equals("power")) {
            dropPower();
        } else {
            DriverManager.getConnection("jdbc:duckdb:").close(); // its library is unpacked while there is room
            if (command.contains("train")) {
                Engine.start(Device.CPU);
            }
            limitFiles(Long.parseLong(words[0]));
        }
        Main.main(command.toArray(String[]::new));
    }

    private static MethodHandle call(String name, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().find(name).orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
    }

    private static void limitFiles(long bytes) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            var _ = (int)
                    call("signal", ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG).invokeExact(SIGXFSZ, SIG_IGN);
            MemorySegment limit = arena.allocateFrom(ValueLayout.JAVA_LONG, bytes, bytes);
            check((int)
                    call("setrlimit", ValueLayout.JAVA_INT, ValueLayout.ADDRESS).invokeExact(RLIMIT_FSIZE, limit));
        }
    }

    /// Every capability of this thread, and so of those it starts; nothing changes for a plain user, who has none.
    private static void dropPower() throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment header = arena.allocateFrom(ValueLayout.JAVA_INT, CAPABILITIES_3, 0);
            MemorySegment none = arena.allocate(ValueLayout.JAVA_INT, 6);
            check((int) call("capset", ValueLayout.ADDRESS, ValueLayout.ADDRESS).invokeExact(header, none));
        }
    }

    private static void check(int result) {
        if (result != 0) {
            throw new IllegalStateException("the system refused to take it away");
        }
    }
}
