package dev.athanor.cli;

import dev.athanor.data.Query;
import dev.athanor.data.WebFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/// Data that does not lie on this machine, as words of the command line: addresses of the web, and databases.
final class Elsewhere {
    @Option(
            names = "--allow-private",
            description = "Fetch also from machines of a private network and this one. Know who wrote the address.")
    private boolean allowPrivate;

    @Option(names = "--web-limit", paramLabel = "MB", description = "Fetch at most so much. Default: ${DEFAULT-VALUE}.")
    private long webLimit = 4096;

    @Option(
            names = "--web-minutes",
            paramLabel = "MINUTES",
            description = "Wait at most so long for it. Default: ${DEFAULT-VALUE}.")
    private long webMinutes = 10;

    @Option(
            names = "--jdbc",
            paramLabel = "URL",
            description = "Import what a database answers, as jdbc:postgresql://host/shop; it is opened to read only.")
    private String jdbc = "";

    @Option(names = "--query", paramLabel = "SQL", description = "One select, for --jdbc.")
    private String query = "";

    @Option(names = "--jdbc-user", paramLabel = "NAME", description = "Of the database.")
    private String user = "";

    @Option(
            names = "--jdbc-password-file",
            paramLabel = "FILE",
            description = "A file whose first line is the password: others cannot read it off the command line.")
    private Optional<Path> passwordFile = Optional.empty();

    @Option(
            names = "--driver-jar",
            paramLabel = "JAR",
            description = "The database's JDBC driver; may be given several times. DuckDB needs none.")
    private List<Path> drivers = List.of();

    private static final long MOST_MEGABYTES = 1L << 20; // a terabyte

    private static final long MOST_MINUTES = 7 * 24 * 60;

    /// The question to a database, where there is one.
    Optional<Query> query() throws IOException {
        if (jdbc.isEmpty() && query.isEmpty()) {
            return Optional.empty();
        }
        if (jdbc.isEmpty() || query.isEmpty()) {
            throw new IllegalArgumentException("--jdbc URL and --query \"select ...\" belong together: give both");
        }
        String password = "";
        if (passwordFile.isPresent()) {
            try (Stream<String> lines = Files.lines(passwordFile.get())) {
                password = lines.findFirst().orElse("");
            }
        }
        return Optional.of(new Query(jdbc, query, user, password, drivers));
    }

    /// Paths as they are, and what is fetched for addresses into a temporary folder.
    List<Path> local(List<String> sources, Path temporary) throws IOException {
        if (webLimit < 1 || webLimit > MOST_MEGABYTES || webMinutes < 1 || webMinutes > MOST_MINUTES) {
            throw new IllegalArgumentException(
                    "--web-limit %d, --web-minutes %d: expected megabytes from 1 to %d and minutes from 1 to %d"
                            .formatted(webLimit, webMinutes, MOST_MEGABYTES, MOST_MINUTES));
        }
        WebFile.Limits limits = WebFile.Limits.USUAL.withSize(webLimit << 20, Duration.ofMinutes(webMinutes));
        if (allowPrivate) {
            limits = limits.withAddresses(WebFile.Addresses.ANY);
        }
        List<Path> local = new ArrayList<>();
        for (String source : sources) {
            if (WebFile.isNamed(source)) {
                Path folder = Files.createDirectories(temporary.resolve(Integer.toString(local.size())));
                Path file = WebFile.fetch(source, limits, folder);
                Files.writeString(folder.resolve(ADDRESS), source + "\n");
                local.add(file);
            } else {
                local.add(Path.of(source));
            }
        }
        return local;
    }

    private static final String ADDRESS = "address.txt";

    /// Moves what was fetched to where it stays, beside the versions made of it, so that samples lead back to
    /// it.
    static List<Path> kept(List<Path> local, Path temporary, Path folder) throws IOException {
        List<Path> kept = new ArrayList<>();
        for (Path file : local) {
            if (!file.startsWith(temporary)) {
                kept.add(file);
                continue;
            }
            Path place = Files.createDirectories(folder.resolve(WebFile.fingerprint(file)));
            for (Path part : List.of(file.resolveSibling(ADDRESS), file)) {
                Files.move(part, place.resolve(part.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
            kept.add(place.resolve(file.getFileName()));
        }
        return kept;
    }

    /// Deletes a folder, if it is there.
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
