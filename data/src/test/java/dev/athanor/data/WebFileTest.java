package dev.athanor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
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
        server.createContext(
                "/pieces.csv",
                exchange -> { // of no length that is known before
                    exchange.sendResponseHeaders(200, 0);
                    try (OutputStream out = exchange.getResponseBody()) {
                        for (int i = 0; i < 3000; i++) {
                            out.write("a line of tea\n".getBytes(StandardCharsets.UTF_8));
                            if (i % 1000 == 0) {
                                out.flush();
                            }
                        }
                    }
                });
        server.createContext(
                "/host.txt",
                exchange -> answer(
                        exchange, 200, exchange.getRequestHeaders().getFirst("Host") + " " + exchange.getRequestURI()));
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

    @Test
    void a_body_in_pieces_is_joined_and_an_address_is_asked_for_as_it_stands() throws IOException {
        assertThat(WebFile.fetch(at("/pieces.csv"), HERE, folder)).hasContent("a line of tea\n".repeat(3000));
        assertThat(WebFile.fetch(at("/host.txt?q=%20a&b=茶"), HERE, folder))
                .hasContent("127.0.0.1:%d /host.txt?q=%%20a&b=%%E8%%8C%%B6"
                        .formatted(server.getAddress().getPort()));
    }

    /// A server that says what it is told to, on a connection of its own, and then closes it.
    private String raw(String... parts) throws IOException {
        ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        threads.submit(() -> {
            try (listening;
                    Socket socket = listening.accept()) {
                socket.getInputStream().read(new byte[4096]);
                for (String part : parts) {
                    socket.getOutputStream().write(part.getBytes(StandardCharsets.ISO_8859_1));
                    socket.getOutputStream().flush();
                    if (parts.length > 10) {
                        Thread.sleep(20);
                    }
                }
            }
            return null;
        });
        return "http://127.0.0.1:%d/raw.csv".formatted(listening.getLocalPort());
    }

    @Test
    void what_a_server_breaks_off_is_no_file() throws IOException {
        refused(
                raw("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\ntext\n"),
                HERE,
                "broke off after 5 of 20 bytes: try again");
        String pieces = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        refused(
                raw(pieces + "5\r\ntext\n\r\n20\r\nte"),
                HERE,
                "broke off after 7 bytes (the server breaks off): try again");
        refused(raw(pieces + "-5\r\ntext\n\r\n"), HERE, "the server sends a piece of no length");
        refused(raw("HTTP/1.1 200 OK\r\nContent-Le"), HERE, "could not be fetched: the server breaks off");
        refused(raw("SSH-2.0-OpenSSH_9\r\n"), HERE, "what answers there is no web server");
        assertThat(WebFile.fetch(raw("HTTP/1.1 100 Go on\r\n\r\nHTTP/1.0 200 OK\r\n\r\ntext\n"), HERE, folder))
                .hasContent("text\n");
    }

    @Test
    void headers_without_end_come_to_an_end() throws IOException {
        refused(raw("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(300)), HERE, "sends headers without end");
        refused(raw("HTTP/1.1 200 OK\r\nX: " + "y".repeat(20_000)), HERE, "sends a header without end");
        String[] drops = new String[1000];
        Arrays.fill(drops, "y");
        refused(raw(drops), HERE.withSize(1 << 20, Duration.ofSeconds(1)), "takes longer than 1 second, after 0 bytes");
    }

    // --------------------------------------------------------------------------------- names that change their minds

    private static InetAddress named(String name, int... address) throws UnknownHostException {
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            bytes[i] = (byte) address[i];
        }
        return InetAddress.getByAddress(name, bytes);
    }

    @Test
    void what_is_connected_to_is_what_was_looked_at_though_the_name_leads_elsewhere_by_then() throws IOException {
        List<String> asked = new ArrayList<>();
        WebFile.Network fickle = new WebFile.Network(
                name -> {
                    asked.add(name);
                    return new InetAddress[] {named(name, 127, 0, 0, asked.size())}; // 127.0.0.2 is private here
                },
                WebFile.Network.REAL.secured());
        String address =
                "http://tea.example:%d/host.txt".formatted(server.getAddress().getPort());
        assertThat(WebFile.fetch(address, HERE, fickle, folder))
                .hasContent(
                        "tea.example:%d /host.txt".formatted(server.getAddress().getPort()));
        assertThat(asked).containsExactly("tea.example");
        assertThatThrownBy(() -> WebFile.fetch(address, HERE, fickle, folder))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("tea.example is 127.0.0.2, a machine of a private network", "--allow-private");
    }

    @Test
    void a_name_with_one_private_address_among_public_ones_is_refused_and_one_that_is_silent_is_passed_over()
            throws IOException {
        String address =
                "http://tea.example:%d/good.csv".formatted(server.getAddress().getPort());
        WebFile.Network both = new WebFile.Network(
                name -> new InetAddress[] {named(name, 127, 0, 0, 1), named(name, 10, 0, 0, 1)},
                WebFile.Network.REAL.secured());
        assertThatThrownBy(() -> WebFile.fetch(address, HERE, both, folder)).hasMessageContaining("is 10.0.0.1, a");
        WebFile.Network second = new WebFile.Network(
                name -> new InetAddress[] {named(name, 127, 0, 0, 9), named(name, 127, 0, 0, 1)},
                WebFile.Network.REAL.secured());
        assertThat(WebFile.fetch(address, HERE.withAddresses(WebFile.Addresses.ANY), second, folder))
                .hasContent("text,kind\none,a\n");
    }

    @Test
    void the_certificate_must_be_that_of_the_name_whatever_address_it_has() throws Exception {
        Path store = folder.resolve("tea.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "tea",
                        "-dname",
                        "CN=tea.example",
                        "-ext",
                        "SAN=dns:tea.example",
                        "-validity",
                        "2",
                        "-storepass",
                        "secret",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .doesNotContain("rror");
        assertThat(keytool.waitFor()).isZero();
        SSLContext tea = trusting(KeyStore.getInstance(store.toFile(), "secret".toCharArray()));
        HttpsServer secured = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        List<String> told = new ArrayList<>();
        secured.setHttpsConfigurator(new HttpsConfigurator(tea));
        secured.setExecutor(threads);
        secured.createContext("/good.csv", exchange -> {
            ExtendedSSLSession session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
            session.getRequestedServerNames().forEach(name -> told.add(name.toString()));
            answer(exchange, 200, "text\none\n");
        });
        secured.start();
        try {
            WebFile.Network network =
                    new WebFile.Network(name -> new InetAddress[] {named(name, 127, 0, 0, 1)}, tea.getSocketFactory());
            int port = secured.getAddress().getPort();
            assertThat(WebFile.fetch("https://tea.example:%d/good.csv".formatted(port), HERE, network, folder))
                    .hasContent("text\none\n");
            assertThat(told).singleElement().asString().contains("tea.example");
            assertThatThrownBy(() ->
                            WebFile.fetch("https://pot.example:%d/good.csv".formatted(port), HERE, network, folder))
                    .isInstanceOf(DataException.class)
                    .hasMessageContainingAll("could not be fetched", "pot.example");
            assertThatThrownBy(() -> WebFile.fetch(
                            "https://tea.example:%d/good.csv".formatted(port),
                            HERE,
                            new WebFile.Network(network.names(), WebFile.Network.REAL.secured()),
                            folder))
                    .isInstanceOf(DataException.class)
                    .hasMessageContainingAll("could not be fetched", "certification path");
        } finally {
            secured.stop(0);
        }
    }

    private static SSLContext trusting(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "secret".toCharArray());
        KeyStore trusted;
        try {
            trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        trusted.setCertificateEntry("tea", store.getCertificate("tea"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
