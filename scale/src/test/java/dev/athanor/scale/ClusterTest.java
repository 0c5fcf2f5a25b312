package dev.athanor.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "x", "host:", ":8081", "host:0", "host:65536", "host:1:2", "http://host:8081", "a b:1"})
    void an_address_that_is_none_is_refused_with_an_example(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cluster.Session.parse(address))
                .withMessage(
                        "the cluster \"%s\": expected HOST:PORT, the address of the REST interface of a Flink cluster, for example flink.example.org:8081",
                        address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8081", "flink.example.org:1", "10.0.0.1:65535", "[::1]:8081"})
    void an_address_is_taken_as_it_is(String address) {
        assertThat(Cluster.Session.parse(address).address()).isEqualTo(address);
    }

    @Test
    void a_cluster_that_is_not_there_is_told_with_what_to_do() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertThatThrownBy(() -> Flink.open(new Cluster.Session("localhost", port)))
                .isInstanceOf(ClusterException.class)
                .hasMessage(
                        "no Flink cluster answers at localhost:%d (nothing listens there, or the name is unknown): start one with bin/start-cluster.sh, or give the address of its REST interface, whose port is 8081 unless it is set otherwise",
                        port);
    }

    @Test
    void what_answers_must_be_flink_of_the_right_version_with_workers() throws IOException {
        assertThat(refusal("<html>"))
                .startsWith("no Flink cluster answers at localhost:")
                .contains("(what answers is no Flink)");
        assertThat(refusal("{\"flink-version\": \"1.20.1\", \"slots-total\": 4}"))
                .contains("is of version 1.20.1 and this program works with 2.3.x: start one of that version");
        assertThat(refusal("{\"flink-version\": \"2.3.0\", \"slots-total\": 0}"))
                .contains("has no worker: start at least one task manager with bin/taskmanager.sh start, on JDK 25");
    }

    /// What is said of a cluster that answers so.
    private static String refusal(String answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/overview", exchange -> {
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            Flink.open(new Cluster.Session("localhost", server.getAddress().getPort()));
            throw new AssertionError("not refused: " + answer);
        } catch (ClusterException refused) {
            return refused.getMessage();
        } finally {
            server.stop(0);
        }
    }
}
