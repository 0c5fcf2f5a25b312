package dev.athanor.scale;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A session cluster whose job manager and task managers are processes of their own, with Flink's jars alone.
/// Ends them when it is closed.
final class SessionCluster implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 120;

    /// What `bin/flink-dist.jar` and its neighbours hold.
    private static final List<String> OF_FLINK = List.of(
            "flink-",
            "commons-",
            "kryo-",
            "reflectasm-",
            "objenesis-",
            "minlog-",
            "RoaringBitmap-",
            "snakeyaml-engine-",
            "javassist-",
            "snappy-java-",
            "async-profiler-",
            "lz4-java-",
            "slf4j-",
            "jsr305-");

    private final Path folder;
    private final int restPort = freePort();
    private final int rpcPort = freePort();
    private final List<Process> taskManagers = new ArrayList<>();
    private final Process jobManager;
    private int started;

    SessionCluster(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.yaml"), """
                jobmanager.rpc.address: localhost
                jobmanager.rpc.port: %d
                rest.address: localhost
                rest.port: %d
                jobmanager.memory.process.size: 1g
                taskmanager.numberOfTaskSlots: 1
                taskmanager.cpu.cores: 1.0
                taskmanager.memory.task.heap.size: 256m
                taskmanager.memory.task.off-heap.size: 0m
                taskmanager.memory.framework.heap.size: 128m
                taskmanager.memory.framework.off-heap.size: 128m
                taskmanager.memory.managed.size: 64m
                taskmanager.memory.network.min: 64m
                taskmanager.memory.network.max: 64m
                taskmanager.memory.jvm-metaspace.size: 256m
                taskmanager.memory.jvm-overhead.min: 192m
                taskmanager.memory.jvm-overhead.max: 192m
                heartbeat.interval: 500
                heartbeat.timeout: 5000
                $internal.dispatcher.client-aliveness-check.interval: 1 s
                io.tmp.dirs: %s
                """.formatted(rpcPort, restPort, folder));
        this.jobManager = start("jobmanager", "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /// As many workers as are asked for, each with one slot.
    Cluster.Session withTaskManagers(int count) throws IOException, InterruptedException {
        taskManagers.removeIf(process -> !process.isAlive());
        while (taskManagers.size() < count) {
            started++;
            taskManagers.add(
                    start("taskmanager-" + started, "org.apache.flink.runtime.taskexecutor.TaskManagerRunner"));
        }
        return await(count);
    }

    /// `kill -9` of a worker.
    void killOne() {
        taskManagers.getFirst().destroyForcibly().onExit().join();
    }

    private Cluster.Session await(int slots) throws InterruptedException {
        Cluster.Session session = new Cluster.Session("localhost", restPort);
        AssertionError last = new AssertionError("never %d workers; see %s".formatted(slots, folder));
        for (int i = 0; i < 4 * PATIENCE_SECONDS; i++) {
            try {
                if (Overview.of(session).slots() == slots) {
                    return session;
                }
            } catch (ClusterException notYet) {
                last = new AssertionError("no cluster after %d s; see %s".formatted(PATIENCE_SECONDS, folder), notYet);
            }
            Thread.sleep(250);
        }
        throw last;
    }

    private Process start(String name, String main) throws IOException {
        String classes = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        OF_FLINK.stream().anyMatch(Path.of(entry).getFileName().toString()::startsWith))
                .collect(Collectors.joining(File.pathSeparator));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        classes,
                        main,
                        "--configDir",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }

    @Override
    public void close() {
        taskManagers.forEach(process -> process.destroyForcibly().onExit().join());
        jobManager.destroyForcibly().onExit().join();
    }
}
