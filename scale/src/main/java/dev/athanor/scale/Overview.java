package dev.athanor.scale;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a session cluster says of itself.
///
/// @param slots of all workers together
record Overview(int slots) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// Programs of one line of versions can run each other's jobs.
    private static final String LINE = "2.3.";

    /// @throws ClusterException where it does not answer, is of another version, or has no workers
    static Overview of(Cluster.Session session) {
        JsonNode answer = ask(session);
        String version = answer.path("flink-version").asString("");
        if (!version.startsWith(LINE)) {
            throw new ClusterException(
                    "the Flink cluster at %s is of version %s and this program works with %sx: start one of that version"
                            .formatted(session.address(), version.isEmpty() ? "unknown" : version, LINE));
        }
        int slots = answer.path("slots-total").asInt(0);
        if (slots < 1) {
            throw new ClusterException(
                    "the Flink cluster at %s has no worker: start at least one task manager with bin/taskmanager.sh start, on JDK 25"
                            .formatted(session.address()));
        }
        return new Overview(slots);
    }

    private static JsonNode ask(Cluster.Session session) {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + session.address() + "/overview"))
                    .timeout(PATIENCE)
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return JsonMapper.shared().readTree(response.body());
        } catch (IOException | JacksonException | IllegalArgumentException silent) {
            throw silent(session, silent);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw silent(session, interrupted);
        }
    }

    private static ClusterException silent(Cluster.Session session, Exception cause) {
        return new ClusterException(
                "no Flink cluster answers at %s (%s): start one with bin/start-cluster.sh, or give the address of its REST interface, whose port is 8081 unless it is set otherwise"
                        .formatted(session.address(), reason(cause)),
                cause);
    }

    private static String reason(Exception cause) {
        return switch (cause) {
            case HttpTimeoutException _ -> "no answer within %d s".formatted(PATIENCE.toSeconds());
            case ConnectException _ -> "nothing listens there, or the name is unknown";
            case JacksonException _ -> "what answers is no Flink";
            case Exception other
            when other.getMessage() == null -> other.getClass().getSimpleName();
            case Exception other -> other.getMessage();
        };
    }
}
