package dev.athanor.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// A file that is fetched from the web to be imported. Addresses may come from anyone, so every hop is looked
/// at before it is followed: only http and https, no redirect from https to http, and no machine of a private
/// network, which whoever wrote the address could reach through us.
///
/// A name is resolved here and again when it is connected to; within the JVM's cache (30 seconds unless
/// `networkaddress.cache.ttl` says less) both give the same address.
public final class WebFile {
    private static final int MOST_HOPS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Duration CONNECTING = Duration.ofSeconds(20);

    private static final Map<String, String> ENDS = Map.of(
            "text/csv", "csv",
            "text/tab-separated-values", "tsv",
            "application/json", "json",
            "application/x-ndjson", "jsonl",
            "application/jsonl", "jsonl",
            "text/html", "html",
            "text/markdown", "md",
            "text/plain", "txt",
            "application/pdf", "pdf",
            "application/zip", "zip");

    /// Which machines may be asked.
    @FunctionalInterface
    public interface Addresses {
        /// Those of the public internet.
        Addresses PUBLIC = WebFile::isPublic;

        Addresses ANY = _ -> true;

        boolean allow(InetAddress address);
    }

    /// How far fetching goes.
    ///
    /// @param time for all of it
    /// @param stall without a single byte
    public record Limits(long bytes, Duration time, Duration stall, Addresses addresses) {
        /// 4 GiB and ten minutes; nothing for half a minute is the end.
        public static final Limits USUAL =
                new Limits(4L << 30, Duration.ofMinutes(10), Duration.ofSeconds(30), Addresses.PUBLIC);

        public Limits withAddresses(Addresses addresses) {
            return new Limits(bytes, time, stall, addresses);
        }

        public Limits withSize(long bytes, Duration time) {
            return new Limits(bytes, time, stall, addresses);
        }
    }

    private final Limits limits;
    private final long begun = System.nanoTime();

    private WebFile(Limits limits) {
        this.limits = limits;
    }

    /// Whether this is an address of the web and no path.
    public static boolean isNamed(String source) {
        return source.matches("(?i)[a-z][a-z0-9+.-]+://.*");
    }

    /// Fetches into a folder, under the name that the address ends in.
    ///
    /// @throws DataException for an address that may not be followed, a refusal of the server, or a limit
    ///     that is met
    public static Path fetch(String address, Limits limits, Path folder) {
        WebFile file = new WebFile(limits);
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECTING)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        try {
            return file.follow(client, address, folder);
        } catch (IOException failed) {
            throw new DataException(
                    "%s could not be fetched: %s. Look at the address and the network".formatted(address, said(failed)),
                    failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new DataException("fetching %s was interrupted".formatted(address), stopped);
        } finally {
            client.shutdownNow();
        }
    }

    /// A short name for what a file holds.
    public static String fingerprint(Path file) {
        return Hashes.sha256(file).substring(0, 12);
    }

    private static String said(IOException failed) {
        return failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
    }

    private Path follow(HttpClient client, String address, Path folder) throws IOException, InterruptedException {
        URI at = parse(address);
        for (int hop = 0; hop <= MOST_HOPS; hop++) {
            require(at, address);
            HttpResponse<InputStream> answer = client.send(
                    HttpRequest.newBuilder(at).timeout(limits.time()).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() == 200) {
                    return save(answer, body, folder.resolve(name(parse(address), answer)));
                }
            }
            if (!REDIRECTS.contains(answer.statusCode())) {
                throw new DataException("%s could not be fetched: the server answered %d. Look at the address"
                        .formatted(address, answer.statusCode()));
            }
            URI next = at.resolve(parse(answer.headers().firstValue("location").orElse("")));
            if ("https".equalsIgnoreCase(at.getScheme()) && "http".equalsIgnoreCase(next.getScheme())) {
                throw new DataException(
                        "%s leads from https to %s, where anybody could change it: give that address itself if you trust it"
                                .formatted(address, next));
            }
            at = next;
        }
        throw new DataException(
                "%s leads on more than %d times: give the address it ends at".formatted(address, MOST_HOPS));
    }

    private static URI parse(String address) {
        try {
            return URI.create(address.strip());
        } catch (IllegalArgumentException wrong) {
            throw new DataException(
                    "%s is no address: expected one as https://example.org/data.csv, with %%20 for a blank"
                            .formatted(address),
                    wrong);
        }
    }

    private void require(URI at, String address) {
        if (!"http".equalsIgnoreCase(at.getScheme()) && !"https".equalsIgnoreCase(at.getScheme())) {
            throw new DataException(
                    "%s: only http and https are fetched, not \"%s\": fetch it with another program and import the file"
                            .formatted(at, at.getScheme()));
        }
        if (at.getHost() == null || at.getUserInfo() != null) {
            throw new DataException(
                    "%s: expected an address with a host and without user and password, as https://example.org/data.csv"
                            .formatted(at.getHost() == null ? at : "the address"));
        }
        String led = at.toString().equals(address) ? "" : " (where %s leads to)".formatted(address);
        try {
            for (InetAddress resolved : InetAddress.getAllByName(at.getHost().replaceAll("[\\[\\]]", ""))) {
                if (!limits.addresses().allow(resolved)) {
                    throw new DataException(
                            "%s%s is %s, a machine of a private network or this one: that is fetched only with --allow-private"
                                    .formatted(at.getHost(), led, resolved.getHostAddress()));
                }
            }
        } catch (UnknownHostException unknown) {
            throw new DataException(
                    "%s%s is not known: look at the address and the network".formatted(at.getHost(), led), unknown);
        }
    }

    private Path save(HttpResponse<InputStream> answer, InputStream body, Path target) throws IOException {
        long told = answer.headers().firstValueAsLong("content-length").orElse(0);
        if (told > limits.bytes()) {
            throw tooLarge(answer.uri(), told);
        }
        AtomicLong bytes = new AtomicLong();
        AtomicReference<String> ended = new AtomicReference<>("");
        Thread watch = Thread.ofVirtual().start(() -> watch(body, bytes, ended));
        try (OutputStream out = Files.newOutputStream(target)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                if (bytes.addAndGet(read) > limits.bytes()) {
                    throw tooLarge(answer.uri(), bytes.get());
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException broken) {
            if (ended.get().isEmpty()) {
                throw broken;
            }
        } finally {
            watch.interrupt();
        }
        if (!ended.get().isEmpty()) {
            throw new DataException("%s %s, after %d bytes: fetch it with another program and import the file"
                    .formatted(answer.uri(), ended.get(), bytes.get()));
        }
        if (told > bytes.get()) {
            throw new DataException(
                    "%s broke off after %d of %d bytes: try again".formatted(answer.uri(), bytes.get(), told));
        }
        return target;
    }

    private DataException tooLarge(URI at, long bytes) {
        return new DataException(
                "%s has %d bytes or more, and at most %d are fetched: give --web-limit, or fetch it with another program"
                        .formatted(at, bytes, limits.bytes()));
    }

    /// Ends an answer that takes too long, or that comes no further: a reader that waits sees no clock.
    private void watch(InputStream body, AtomicLong bytes, AtomicReference<String> ended) {
        long seen = -1;
        long since = System.nanoTime();
        try {
            while (true) {
                Thread.sleep(Math.min(250, Math.max(10, limits.stall().toMillis() / 4)));
                long now = System.nanoTime();
                if (bytes.get() != seen) {
                    seen = bytes.get();
                    since = now;
                }
                if (now - begun > limits.time().toNanos()) {
                    ended.set("takes longer than " + Counted.of(limits.time().toSeconds(), "second"));
                } else if (now - since > limits.stall().toNanos()) {
                    ended.set("sends nothing any more");
                }
                if (!ended.get().isEmpty()) {
                    body.close();
                    return;
                }
            }
        } catch (InterruptedException | IOException _) {
            Thread.currentThread().interrupt(); // all is read, or there is nothing left to close
        }
    }

    private static String name(URI address, HttpResponse<?> answer) {
        String path = address.getPath() == null ? "" : address.getPath();
        String last = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^\\p{L}\\p{N}._-]", "_");
        String name = last.isBlank() || last.startsWith(".") ? "page" + last : last;
        name = name.length() > 100 ? name.substring(name.length() - 100) : name;
        String kind = SourceFiles.kind(name);
        if (RecordFormats.isKnown(kind) || kind.equals("zip")) {
            return name;
        }
        String type = answer.headers()
                .firstValue("content-type")
                .orElse("")
                .replaceFirst(";.*", "")
                .strip();
        return ENDS.containsKey(type) ? name + "." + ENDS.get(type) : name;
    }

    /// Whether an address is one of the public internet (RFC 6890 and its updates).
    static boolean isPublic(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        int[] parts = new int[16];
        byte[] bytes = address.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            parts[i] = bytes[i] & 0xff;
        }
        return address instanceof Inet4Address ? isPublic4(parts) : isPublic6(parts);
    }

    private static boolean isPublic4(int[] a) {
        return a[0] != 0
                && a[0] < 240
                && !(a[0] == 100 && a[1] >= 64 && a[1] < 128) // providers' own
                && !(a[0] == 192 && a[1] == 0 && (a[2] == 0 || a[2] == 2))
                && !(a[0] == 198 && (a[1] == 18 || a[1] == 19 || a[1] == 51 && a[2] == 100))
                && !(a[0] == 203 && a[1] == 0 && a[2] == 113);
    }

    private static boolean isPublic6(int[] a) {
        boolean mapped = List.of(a[0], a[1], a[2], a[3]).equals(List.of(0, 0x64, 0xff, 0x9b)); // holds an IPv4 address
        boolean sixToFour = a[0] == 0x20 && a[1] == 0x02; // likewise
        boolean compatible = a[0] == 0 && a[1] == 0 && !mapped;
        return (a[0] & 0xfe) != 0xfc
                && !mapped
                && !sixToFour
                && !compatible
                && !(a[0] == 0x20 && a[1] == 0x01 && (a[2] == 0x0d && a[3] == 0xb8 || a[2] == 0 && a[3] == 0));
    }
}
