package dev.athanor.data;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;

/// A file that is fetched from the web to be imported. Addresses may come from anyone, so every hop is looked
/// at before it is followed: only http and https, no redirect from https to http, and no machine of a private
/// network, which whoever wrote the address could reach through us.
///
/// A name is resolved once: what is connected to is what was looked at, whatever the name leads to by then.
public final class WebFile {
    private static final int MOST_HOPS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

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

    /// How the web is reached.
    ///
    /// @param secured makes the connections of https, and knows whom to trust
    record Network(Names names, SSLSocketFactory secured) {
        static final Network REAL =
                new Network(InetAddress::getAllByName, (SSLSocketFactory) SSLSocketFactory.getDefault());

        /// Resolves a name.
        @FunctionalInterface
        interface Names {
            InetAddress[] resolve(String name) throws UnknownHostException;
        }
    }

    private final Limits limits;
    private final Network network;
    private final long deadline;

    private WebFile(Limits limits, Network network) {
        this.limits = limits;
        this.network = network;
        deadline = System.nanoTime() + limits.time().toNanos();
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
        return fetch(address, limits, Network.REAL, folder);
    }

    static Path fetch(String address, Limits limits, Network network, Path folder) {
        return new WebFile(limits, network).follow(address, folder);
    }

    /// A short name for what a file holds.
    public static String fingerprint(Path file) {
        return Hashes.sha256(file).substring(0, 12);
    }

    private Path follow(String address, Path folder) {
        URI at = parse(address);
        for (int hop = 0; hop <= MOST_HOPS; hop++) {
            try (WebAnswer answer = ask(at, address)) {
                if (answer.status() == 200) {
                    return save(at, answer, folder.resolve(name(parse(address), answer)));
                }
                if (!REDIRECTS.contains(answer.status())) {
                    throw new DataException("%s could not be fetched: the server answered %d. Look at the address"
                            .formatted(address, answer.status()));
                }
                at = onwards(at, answer.header("location").orElse(""), address);
            }
        }
        throw new DataException(
                "%s leads on more than %d times: give the address it ends at".formatted(address, MOST_HOPS));
    }

    private static URI onwards(URI at, String location, String address) {
        URI next = at.resolve(parse(location));
        if ("https".equalsIgnoreCase(at.getScheme()) && "http".equalsIgnoreCase(next.getScheme())) {
            throw new DataException(
                    "%s leads from https to %s, where anybody could change it: give that address itself if you trust it"
                            .formatted(address, next));
        }
        return next;
    }

    private WebAnswer ask(URI at, String address) {
        List<InetAddress> allowed = allowed(at, address);
        try {
            return WebAnswer.get(at, new WebAnswer.Peer(allowed, network.secured(), limits.stall(), deadline));
        } catch (IOException failed) {
            throw failure(at, 0, failed);
        }
    }

    private DataException failure(URI at, long bytes, IOException failed) {
        boolean late = System.nanoTime() >= deadline;
        if (late || failed instanceof SocketTimeoutException) {
            return new DataException(
                    "%s %s, after %s: fetch it with another program and import the file"
                            .formatted(
                                    at,
                                    late
                                            ? "takes longer than "
                                                    + Counted.of(limits.time().toSeconds(), "second")
                                            : "sends nothing any more",
                                    Counted.of(bytes, "byte")),
                    failed);
        }
        String said = failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
        return new DataException(
                bytes == 0
                        ? "%s could not be fetched: %s. Look at the address and the network".formatted(at, said)
                        : "%s broke off after %s (%s): try again".formatted(at, Counted.of(bytes, "byte"), said),
                failed);
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

    /// The machines that an address leads to, where all of them may be asked.
    private List<InetAddress> allowed(URI at, String address) {
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
            List<InetAddress> addresses = List.of(network.names().resolve(WebAnswer.host(at)));
            for (InetAddress resolved : addresses) {
                if (!limits.addresses().allow(resolved)) {
                    throw new DataException(
                            "%s%s is %s, a machine of a private network or this one: that is fetched only with --allow-private"
                                    .formatted(at.getHost(), led, resolved.getHostAddress()));
                }
            }
            return addresses;
        } catch (UnknownHostException unknown) {
            throw new DataException(
                    "%s%s is not known: look at the address and the network".formatted(at.getHost(), led), unknown);
        }
    }

    private Path save(URI at, WebAnswer answer, Path target) {
        long told = answer.length().orElse(0L);
        if (told > limits.bytes()) {
            throw tooLarge(at, told);
        }
        long bytes = 0;
        try (OutputStream out = Files.newOutputStream(target)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = read(at, answer, buffer, bytes); read >= 0; read = read(at, answer, buffer, bytes)) {
                bytes += read;
                if (bytes > limits.bytes()) {
                    throw tooLarge(at, bytes);
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException full) {
            throw Durable.refusal(target, full);
        }
        if (told > bytes) {
            throw new DataException("%s broke off after %d of %d bytes: try again".formatted(at, bytes, told));
        }
        return target;
    }

    private int read(URI at, WebAnswer answer, byte[] buffer, long before) {
        try {
            return answer.body().read(buffer);
        } catch (IOException broken) {
            throw failure(at, before, broken);
        }
    }

    private DataException tooLarge(URI at, long bytes) {
        return new DataException(
                "%s has %d bytes or more, and at most %d are fetched: give --web-limit, or fetch it with another program"
                        .formatted(at, bytes, limits.bytes()));
    }

    private static String name(URI address, WebAnswer answer) {
        String path = address.getPath() == null ? "" : address.getPath();
        String last = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^\\p{L}\\p{N}._-]", "_");
        String name = last.isBlank() || last.startsWith(".") ? "page" + last : last;
        name = name.length() > 100 ? name.substring(name.length() - 100) : name;
        String kind = SourceFiles.kind(name);
        if (RecordFormats.isKnown(kind) || kind.equals("zip")) {
            return name;
        }
        String type =
                answer.header("content-type").orElse("").replaceFirst(";.*", "").strip();
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
