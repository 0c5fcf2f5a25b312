package dev.athanor.cli;

import dev.athanor.data.CleaningEngine;
import dev.athanor.data.DuplicateEngine;
import dev.athanor.data.Processors;
import dev.athanor.scale.Cluster;
import dev.athanor.scale.FlinkEngine;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Where the work is done. Flink's classes are touched only where it is asked for, so that all others start as
/// quickly as without it.
final class EngineOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description =
                    "Where the work is done: local, on all processors of this machine, or flink, for what outgrows one. The result is the same. Default: local.")
    private Engine engine = Engine.LOCAL;

    @Option(
            names = "--cluster",
            paramLabel = "HOST:PORT",
            description =
                    "With --engine flink: the REST address of a Flink cluster whose machines see the workspace under the same path. Default: Flink in this program.")
    private Optional<String> cluster = Optional.empty();

    enum Engine {
        LOCAL,
        FLINK
    }

    CleaningEngine cleaning() {
        check();
        return engine == Engine.LOCAL ? Processors.all() : new FlinkEngine(flink());
    }

    DuplicateEngine duplicates() {
        check();
        return engine == Engine.LOCAL ? Processors.all() : new FlinkEngine(flink());
    }

    /// The option that was given, where one was.
    Optional<String> given() {
        return engine == Engine.LOCAL ? cluster.map(_ -> "--cluster") : Optional.of("--engine");
    }

    /// Where to look while the work is elsewhere.
    void tell(Terminal terminal) {
        cluster.ifPresent(address -> terminal.note(
                "The work goes to the Flink cluster at %1$s: http://%1$s shows how far it is".formatted(address)));
    }

    private void check() {
        if (engine == Engine.LOCAL && cluster.isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--cluster is for Flink: give --engine flink with it, or leave it out");
        }
    }

    private Cluster flink() {
        if (cluster.isEmpty()) {
            return new Cluster.Embedded(Runtime.getRuntime().availableProcessors());
        }
        try {
            return Cluster.Session.parse(cluster.get());
        } catch (IllegalArgumentException malformed) {
            throw new ParameterException(spec.commandLine(), malformed.getMessage(), malformed);
        }
    }
}
