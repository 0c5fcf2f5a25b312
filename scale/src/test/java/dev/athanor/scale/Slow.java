package dev.athanor.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;

/// Jobs that only take time, a second for each piece.
final class Slow {
    /// What a session waits for a sign of life.
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private Slow() {}

    /// A client to be killed: `HOST:PORT FOLDER`.
    public static void main(String[] args) throws IOException {
        job(Cluster.Session.parse(args[0]), Path.of(args[1]), 600);
    }

    /// Two pieces go on at once.
    ///
    /// @param folder to be made
    static void job(Cluster.Session session, Path folder, int seconds) throws IOException {
        Job job = new Job(new Flink(session, 2, PATIENCE), "wait", Files.createDirectory(folder));
        job.run(job.pieces(2 * seconds, new Wait()));
    }

    private record Wait() implements FlatMapFunction<Long, Tuple2<Integer, long[]>> {
        @Override
        public void flatMap(Long number, Collector<Tuple2<Integer, long[]>> out) throws InterruptedException {
            Thread.sleep(1000);
        }
    }
}
