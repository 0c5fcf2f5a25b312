package dev.athanor.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A question to a database, which only reads.
///
/// @param url as JDBC has it
/// @param user empty: as the URL says
/// @param drivers jars with the database's JDBC driver; empty: one that is there already (DuckDB)
public record Query(String url, String sql, String user, String password, List<Path> drivers) {
    /// Quoted things and comments in which words mean nothing, then words and the end of a statement.
    private static final Pattern TOKEN = Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|--[^\\n]*"
            + "|/\\*(?s:.*?)\\*/|\\$(\\w*)\\$(?s:.*?)\\$\\1\\$|([A-Za-z_]\\w*)|(;)");

    private static final Set<String> WRITING = Set.of(
            "insert",
            "update",
            "delete",
            "merge",
            "upsert",
            "into",
            "drop",
            "alter",
            "create",
            "truncate",
            "rename",
            "grant",
            "revoke",
            "call",
            "exec",
            "execute",
            "copy",
            "attach",
            "detach",
            "pragma",
            "set",
            "load",
            "install",
            "export",
            "import",
            "vacuum",
            "lock",
            "begin",
            "commit");

    public Query {
        drivers = List.copyOf(drivers);
        if (!url.startsWith("jdbc:")) {
            throw new IllegalArgumentException(
                    "--jdbc %s: expected a URL as jdbc:postgresql://host/database".formatted(withoutSecrets(url)));
        }
        requireReading(sql);
    }

    /// Refuses what is no single select. What a function of the database does no parser can see: the
    /// connection only reads, too, and whatever it did is rolled back.
    private static void requireReading(String sql) {
        Matcher tokens = TOKEN.matcher(sql);
        boolean first = true;
        boolean ended = false;
        while (tokens.find()) {
            String word = tokens.group(2) == null ? "" : tokens.group(2).toLowerCase(Locale.ROOT);
            if (tokens.group(3) != null) {
                ended = true;
            } else if (!word.isEmpty()) {
                if (ended) {
                    throw refused("holds more than one statement", "Give them one by one");
                }
                if (first && !word.equals("select") && !word.equals("with")) {
                    throw refused("begins with \"%s\"".formatted(word), "Begin with select or with");
                }
                if (WRITING.contains(word)) {
                    throw refused(
                            "holds the word \"%s\", which writes".formatted(word),
                            "If it is the name of a column, quote it");
                }
                first = false;
            }
        }
        if (first) {
            throw refused("is empty", "Begin with select");
        }
    }

    private static IllegalArgumentException refused(String what, String remedy) {
        return new IllegalArgumentException("--query %s, and only a select is run. %s".formatted(what, remedy));
    }

    /// The URL without what nobody else should read.
    String place() {
        return withoutSecrets(url);
    }

    private static String withoutSecrets(String url) {
        return url.replaceAll("//[^/@]*@", "//")
                .replaceAll("(?i)(password|pwd|user|token|secret|key)=[^;&]*", "$1=...");
    }

    @Override
    public String toString() {
        return "%s: %s".formatted(place(), sql);
    }
}
