package dev.athanor.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// What a web server answers to one GET (HTTP/1.1, RFC 9112), over a connection to an address that whoever asks
/// has looked at. The name is told to the server and held against its certificate, but is not resolved here: the
/// second answer of a resolver may be another than the one that was looked at. The clients of the JDK resolve by
/// themselves.
final class WebAnswer implements Closeable {
    private static final Duration CONNECTING = Duration.ofSeconds(20);
    private static final int LONGEST_LINE = 16_384;
    private static final int MOST_LINES = 200;

    /// Who is asked.
    ///
    /// @param addresses tried in their order
    /// @param secured makes the connections of https
    /// @param stall how long a single byte may take
    /// @param deadline when all ends, on the clock of [System#nanoTime]
    record Peer(List<InetAddress> addresses, SSLSocketFactory secured, Duration stall, long deadline) {}

    private final Connection connection;
    private final InputStream in;
    private final int status;
    private final Map<String, String> headers;
    private final InputStream body;

    private WebAnswer(Connection connection, Socket socket) throws IOException {
        this.connection = connection;
        in = new BufferedInputStream(socket.getInputStream());
        String first = line();
        while (first.matches("HTTP/1\\.[01] 1\\d\\d.*")) { // "go on", "wait": the answer follows
            headers();
            first = line();
        }
        if (!first.matches("HTTP/1\\.[01] [2-5]\\d\\d.*")) {
            throw new IOException("what answers there is no web server");
        }
        status = Integer.parseInt(first.substring(9, 12));
        headers = headers();
        body = "chunked".equalsIgnoreCase(headers.getOrDefault("transfer-encoding", "")) ? new Chunks() : in;
    }

    /// Asks.
    static WebAnswer get(URI at, Peer peer) throws IOException {
        Connection connection = Connection.to(at, peer);
        try {
            Socket socket = isSecure(at) ? secured(connection.socket(), at, peer.secured()) : connection.socket();
            socket.getOutputStream().write(request(at).getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new WebAnswer(connection, socket);
        } catch (IOException failed) {
            connection.close();
            throw failed;
        }
    }

    private static String request(URI at) {
        URI plain = URI.create(at.toASCIIString());
        String path = plain.getRawPath().isEmpty() ? "/" : plain.getRawPath();
        return String.join(
                "\r\n",
                "GET %s%s HTTP/1.1".formatted(path, plain.getRawQuery() == null ? "" : "?" + plain.getRawQuery()),
                "Host: " + plain.getRawAuthority(),
                "User-Agent: athanor",
                "Accept: */*",
                "Accept-Encoding: identity",
                "Connection: close",
                "",
                "");
    }

    private static boolean isSecure(URI at) {
        return "https".equalsIgnoreCase(at.getScheme());
    }

    /// A connection, and a clock that ends it: who drips bytes never stalls.
    private record Connection(Socket socket, Thread clock) implements Closeable {
        static Connection to(URI at, Peer peer) throws IOException {
            int port = at.getPort() >= 0 ? at.getPort() : isSecure(at) ? 443 : 80;
            List<IOException> failures = new ArrayList<>();
            for (InetAddress address : peer.addresses()) {
                Socket socket = new Socket(proxy(at));
                try {
                    connect(socket, address, port, peer.deadline());
                    socket.setSoTimeout(milliseconds(peer.stall()));
                    return new Connection(socket, Thread.ofVirtual().start(() -> endAt(peer.deadline(), socket)));
                } catch (IOException failed) {
                    socket.close();
                    failures.add(failed);
                }
            }
            throw failures.getLast();
        }

        private static void connect(Socket socket, InetAddress address, int port, long deadline) throws IOException {
            InetAddress bare = InetAddress.getByAddress(address.getAddress()); // a proxy would resolve its name
            try {
                socket.connect(
                        new InetSocketAddress(bare, port),
                        Math.min(
                                milliseconds(CONNECTING),
                                milliseconds(Duration.ofNanos(deadline - System.nanoTime()))));
            } catch (SocketTimeoutException silent) {
                throw new IOException("%s does not answer".formatted(bare.getHostAddress()), silent);
            }
        }

        private static int milliseconds(Duration duration) {
            return Math.clamp(duration.toMillis(), 1, Integer.MAX_VALUE);
        }

        private static void endAt(long deadline, Socket socket) {
            try {
                Thread.sleep(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
                socket.close();
            } catch (InterruptedException | IOException _) {
                Thread.currentThread().interrupt(); // all is read, or there is nothing left to close
            }
        }

        @Override
        public void close() {
            clock.interrupt();
            try {
                socket.close();
            } catch (IOException closed) {
                throw new UncheckedIOException(closed);
            }
        }
    }

    /// That of the system properties, where there is one; it is asked to connect to the address, too.
    private static Proxy proxy(URI at) {
        return Optional.ofNullable(ProxySelector.getDefault())
                .flatMap(selector -> selector.select(at).stream().findFirst())
                .orElse(Proxy.NO_PROXY);
    }

    private static Socket secured(Socket socket, URI at, SSLSocketFactory factory) throws IOException {
        SSLSocket secured = (SSLSocket) factory.createSocket(socket, host(at), socket.getPort(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate must be the host's
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    /// The host of an address, an IPv6 one without its brackets.
    static String host(URI at) {
        return at.getHost().replaceAll("[\\[\\]]", "");
    }

    int status() {
        return status;
    }

    /// The first of a name.
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /// How long the body is said to be; empty where nothing is said.
    Optional<Long> length() {
        return header("content-length")
                .filter(length -> body == in && length.matches("\\d{1,18}"))
                .map(Long::valueOf);
    }

    InputStream body() {
        return body;
    }

    /// Ends whatever is still read.
    @Override
    public void close() {
        connection.close();
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        int lines = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (++lines > MOST_LINES) {
                throw new IOException("the server sends headers without end");
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server breaks off");
            }
            if (line.length() == LONGEST_LINE) {
                throw new IOException("the server sends a header without end");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    /// A body in pieces, each behind its length.
    private final class Chunks extends InputStream {
        private long left;
        private boolean ended;
        private boolean begun;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (left == 0 && !ended) {
                next();
            }
            if (ended) {
                return -1;
            }
            int read = in.read(into, from, (int) Math.min(left, length));
            if (read < 0) {
                throw new EOFException("the server breaks off");
            }
            left -= read;
            return read;
        }

        private void next() throws IOException {
            if (begun) {
                line(); // the end of the piece before
            }
            begun = true;
            String size = line().replaceFirst(";.*", "").strip();
            if (!size.matches("\\p{XDigit}{1,15}")) {
                throw new IOException("the server sends a piece of no length");
            }
            left = Long.parseLong(size, 16);
            ended = left == 0;
        }
    }
}
