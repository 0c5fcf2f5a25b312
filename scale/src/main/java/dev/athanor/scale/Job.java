package dev.athanor.scale;

import dev.athanor.data.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.client.ClientUtils;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/// A bounded job: pieces of work by their numbers, and behind them work on whole parts of the numbers that
/// these send. What it makes lies in files, so nothing comes out of its end.
final class Job {
    /// Signs of life in the time that a session waits for one.
    private static final int SIGNS = 4;

    private final Flink flink;
    private final String name;
    private final StreamExecutionEnvironment environment;

    /// @param folder for what is made to be sent to a session
    Job(Flink flink, String name, Path folder) throws IOException {
        this.flink = flink;
        this.name = name;
        this.environment = flink.environment(folder);
    }

    /// The first stage: each number from 0 to below a count goes to one worker.
    DataStream<Tuple2<Integer, long[]>> pieces(int count, FlatMapFunction<Long, Tuple2<Integer, long[]>> work) {
        return environment
                .fromSource(new Numbers(count), WatermarkStrategy.noWatermarks(), "ranges", Types.LONG)
                .flatMap(work)
                .returns(Parts.TYPE)
                .name(name);
    }

    /// A stage that waits for what the one before sends to each part.
    static DataStream<Tuple2<Integer, long[]>> parts(DataStream<Tuple2<Integer, long[]>> sent, PartWork work) {
        return sent.keyBy(numbers -> numbers.f0, Types.INT)
                .process(new WholePart(work))
                .returns(Parts.TYPE)
                .name(work.getClass().getSimpleName());
    }

    /// Runs the job to its end.
    ///
    /// @param last its last stage
    /// @throws DataException where a worker refuses what it is given, with its words
    /// @throws ClusterException where the cluster gives up
    void run(DataStream<Tuple2<Integer, long[]>> last) {
        last.sinkTo(new DiscardingSink<>()).name("end");
        try {
            await(environment.executeAsync("athanor " + name));
        } catch (Exception failed) {
            throw Failure.of(flink.cluster(), failed);
        }
    }

    private void await(JobClient client) throws Exception {
        switch (flink.cluster()) {
            case Cluster.Embedded _ -> client.getJobExecutionResult().get();
            case Cluster.Session _ -> awaitWithSigns(client);
        }
    }

    /// Flink sends signs of life by itself only from its own command line.
    private void awaitWithSigns(JobClient client) throws Exception {
        long patience = flink.patience().toMillis();
        ScheduledExecutorService signs = ClientUtils.reportHeartbeatPeriodically(client, patience / SIGNS, patience);
        try {
            client.getJobExecutionResult().get();
        } finally {
            signs.shutdownNow();
        }
    }
}
