package dev.athanor.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.Cleaner;
import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.Deduplicator;
import dev.athanor.data.Keep;
import dev.athanor.data.clean.Step;
import dev.athanor.data.duplicate.TextLikeness;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cluster of processes of their own, of which some are killed at work.
@Tag("slow")
class SessionClusterTest {
    @TempDir
    private static Path folder;

    private static Datasets datasets;
    private static SessionCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        datasets = Cups.imported(folder, 20_000);
        cluster = new SessionCluster(folder.resolve("flink"));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void cleaning_survives_the_kill_of_a_worker_and_does_not_do_again_what_was_done() throws Exception {
        FlinkEngine engine = new FlinkEngine(cluster.withTaskManagers(2));
        Dataset dataset = datasets.open("cups@1");
        List<Step> steps = Cups.steps(folder);
        Dataset flink = whileOneIsKilled("treated-0-", () -> Cleaner.run(datasets, dataset, steps, engine));
        Cups.assertSame(flink, Cleaner.run(datasets, dataset, steps));
    }

    @Test
    void a_search_for_duplicates_survives_the_kill_of_a_worker() throws Exception {
        FlinkEngine engine = new FlinkEngine(cluster.withTaskManagers(2));
        Dataset dataset = datasets.open("cups@1");
        Deduplicator.Plan plan = new Deduplicator.Plan(
                new TextLikeness(TextLikeness.Settings.USUAL), new Keep.First(), Optional.empty());
        Dataset flink = whileOneIsKilled(
                "contents-",
                () -> Deduplicator.run(datasets, dataset, plan, engine)
                        .written()
                        .orElseThrow());
        Dataset local = Deduplicator.run(datasets, dataset, plan).written().orElseThrow();
        Cups.assertSamePairs(flink, local);
    }

    @Test
    void a_session_ends_the_job_of_a_client_that_died_and_no_other() throws Exception {
        Cluster.Session session = cluster.withTaskManagers(2);
        Slow.job(session, folder.resolve("living"), 10); // longer than the session's patience
        Process client = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Slow.class.getName(),
                        session.address(),
                        folder.resolve("dying").toString())
                .inheritIO()
                .start();
        awaitJobs("RUNNING", session);
        client.destroyForcibly().onExit().join();
        awaitJobs("CANCELED", session);
    }

    /// Waits until the session has a job in some state.
    private static void awaitJobs(String state, Cluster.Session session) throws Exception {
        for (int i = 0; i < 240; i++) {
            try (InputStream answer = URI.create("http://" + session.address() + "/jobs/overview")
                    .toURL()
                    .openStream()) {
                if (new String(answer.readAllBytes(), StandardCharsets.UTF_8).contains("\"" + state + "\"")) {
                    return;
                }
            }
            Thread.sleep(500);
        }
        throw new AssertionError("no job became " + state);
    }

    /// Does some work, in the midst of which a worker is killed: when some of the files are there and others
    /// are not. Those that were there then are those of the end.
    private static <T> T whileOneIsKilled(String files, Supplier<T> work) throws Exception {
        CompletableFuture<T> done = CompletableFuture.supplyAsync(work);
        Map<Path, Object> before = new TreeMap<>();
        Map<Path, Object> after = new TreeMap<>();
        while (!done.isDone()) {
            Map<Path, Object> seen = seen(files);
            if (before.isEmpty() && seen.size() >= 3) {
                before.putAll(seen);
                cluster.killOne();
            }
            after.putAll(seen);
            Thread.sleep(10);
        }
        T result = done.get();
        assertThat(before).hasSizeLessThan(after.size());
        assertThat(after).containsAllEntriesOf(before);
        return result;
    }

    /// Files of the work on the cluster with what tells one from another of the same name.
    private static Map<Path, Object> seen(String prefix) {
        Map<Path, Object> seen = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(datasets.open("cups@1").folder().getParent())) {
            for (Path path : paths.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .toList()) {
                seen.put(
                        path,
                        Files.readAttributes(path, BasicFileAttributes.class).fileKey());
            }
        } catch (NoSuchFileException | UncheckedIOException over) {
            return seen; // the work is done, and its folder is being removed
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return seen;
    }
}
