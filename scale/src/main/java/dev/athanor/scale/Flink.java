package dev.athanor.scale;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.client.cli.ClientOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/// A cluster that answers.
///
/// @param slots how many pieces of work go on at once
/// @param patience after how long without a sign of life of this program a session ends its job
record Flink(Cluster cluster, int slots, Duration patience) {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /// Each machine that is lost costs a few.
    private static final int RESTARTS = 20;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /// @throws ClusterException where a cluster does not answer, is of another version, or has no workers
    static Flink open(Cluster cluster) {
        return switch (cluster) {
            case Cluster.Embedded(int slots) -> new Flink(cluster, slots, PATIENCE);
            case Cluster.Session session ->
                new Flink(cluster, Overview.of(session).slots(), PATIENCE);
        };
    }

    /// What a bounded job is made with.
    ///
    /// @param folder for what is made to be sent to a session
    StreamExecutionEnvironment environment(Path folder) throws IOException {
        Configuration settings = new Configuration();
        settings.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, RESTARTS);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, PAUSE);
        StreamExecutionEnvironment flink = switch (cluster) {
            case Cluster.Embedded _ -> StreamExecutionEnvironment.createLocalEnvironment(slots, settings);
            case Cluster.Session session -> {
                settings.set(DeploymentOptions.SHUTDOWN_IF_ATTACHED, true);
                settings.set(ClientOptions.CLIENT_HEARTBEAT_TIMEOUT, patience);
                yield StreamExecutionEnvironment.createRemoteEnvironment(
                        session.host(),
                        session.port(),
                        settings,
                        Shipped.jars(System.getProperty("java.class.path"), folder));
            }
        };
        return flink.setParallelism(slots);
    }
}
