package dev.athanor.cli;

import dev.athanor.data.Engine;
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
    private Place place = Place.LOCAL;

    @Option(
            names = "--cluster",
            paramLabel = "HOST:PORT",
            description =
                    "With --engine flink: the REST address of a Flink cluster whose machines see the workspace under the same path. Default: Flink in this program.")
    private Optional<String> cluster = Optional.empty();

    enum Place {
        LOCAL,
        FLINK
    }

    /// @throws ParameterException for a cluster without Flink, or an address that is none
    Engine chosen() {
        if (place == Place.LOCAL && cluster.isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--cluster is for Flink: give --engine flink with it, or leave it out");
        }
        return place == Place.LOCAL ? Processors.all() : new FlinkEngine(flink());
    }

    /// The option that was given, where one was.
    Optional<String> given() {
        return place == Place.LOCAL ? cluster.map(_ -> "--cluster") : Optional.of("--engine");
    }

    /// Where to look while the work is elsewhere.
    void tell(Terminal terminal) {
        cluster.ifPresent(address -> terminal.note(
                "The work goes to the Flink cluster at %1$s: http://%1$s shows how far it is".formatted(address)));
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
