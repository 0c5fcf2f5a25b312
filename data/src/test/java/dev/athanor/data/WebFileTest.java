package dev.athanor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server on this machine that is good or bad, and what is fetched of it.
class WebFileTest {
    /// This machine under one address alone: another stands for a private network.
    private static final WebFile.Limits HERE = WebFile.Limits.USUAL.withAddresses(
            address -> address.getHostAddress().equals("127.0.0.1"));

    @TempDir
    private Path folder;

    private HttpServer server;
    private ExecutorService threads;
    private final CountDownLatch over = new CountDownLatch(1);

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/good.csv", exchange -> answer(exchange, 200, "text,kind\none,a\n"));
        server.createContext("/page", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            answer(exchange, 200, "<p>tea</p>");
        });
        server.createContext("/gone.csv", exchange -> answer(exchange, 404, "gone"));
        redirect("/moved.csv", "/good.csv");
        redirect("/loop.csv", "/loop.csv");
        redirect("/inward.csv", "http://127.0.0.2:1/secret.csv");
        redirect("/file.csv", "file:///etc/passwd");
        server.createContext("/endless.csv", WebFileTest::endless);
        server.createContext("/stalls.csv", this::stall);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void redirect(String from, String to) {
        server.createContext(from, exchange -> {
            exchange.getResponseHeaders().add("Location", to);
            answer(exchange, 302, "");
        });
    }

    private static void answer(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] piece = "tea,".repeat(1 << 14).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = exchange.getResponseBody()) {
            while (true) {
                out.write(piece);
            }
        }
    }

    private void stall(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write("text\n".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        try {
            over.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private String at(String path) {
        return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
    }

    private void refused(String address, WebFile.Limits limits, String... words) {
        assertThatThrownBy(() -> WebFile.fetch(address, limits, folder))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void a_file_is_fetched_also_where_it_moved_to_and_named_by_what_it_is() throws IOException {
        Path file = WebFile.fetch(at("/moved.csv"), HERE, folder);
        assertThat(file).hasFileName("moved.csv").hasContent("text,kind\none,a\n");
        assertThat(WebFile.fetch(at("/page"), HERE, folder)).hasFileName("page.html");
    }

    @Test
    void this_machine_and_private_networks_are_refused_whatever_they_are_called() {
        for (String host : new String[] {
            "127.0.0.1", "localhost", "10.1.2.3", "192.168.1.1", "172.16.0.9", "169.254.169.254", "100.64.0.1",
            "0.0.0.0", "[::1]", "[fe80::1]", "[fc00::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "2130706433"
        }) {
            refused("http://%s:9/x.csv".formatted(host), WebFile.Limits.USUAL, "--allow-private");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "1.1.1.1", "2606:4700::1111", "100.128.0.1", "172.32.0.1"})
    void addresses_of_the_public_internet_are_not(String address) throws IOException {
        assertThat(WebFile.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void a_redirect_into_a_private_network_is_not_followed() {
        refused(
                at("/inward.csv"),
                HERE,
                "127.0.0.2 (where " + at("/inward.csv") + " leads to) is 127.0.0.2",
                "private");
        refused(at("/file.csv"), HERE, "only http and https are fetched, not \"file\"");
        refused(at("/loop.csv"), HERE, "leads on more than 5 times");
    }

    @Test
    void what_is_no_address_or_not_there_is_refused() {
        refused("ftp://example.org/x.csv", HERE, "only http and https are fetched, not \"ftp\"");
        refused("http://me:secret@127.0.0.1/x.csv", HERE, "without user and password");
        refused("http://a b/x.csv", HERE, "is no address", "%20 for a blank");
        refused(at("/gone.csv"), HERE, "the server answered 404");
    }

    @Test
    void an_endless_answer_and_one_that_stalls_come_to_an_end() {
        refused(
                at("/endless.csv"),
                HERE.withSize(1 << 20, Duration.ofMinutes(1)),
                "bytes or more, and at most 1048576 are fetched",
                "--web-limit");
        refused(
                at("/endless.csv"),
                HERE.withSize(1L << 40, Duration.ofSeconds(1)),
                "takes longer than 1 second",
                "another program");
        WebFile.Limits impatient =
                new WebFile.Limits(1 << 20, Duration.ofMinutes(1), Duration.ofMillis(400), HERE.addresses());
        refused(at("/stalls.csv"), impatient, "sends nothing any more, after 5 bytes");
    }
}
