package dev.athanor.data;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Properties;
import java.util.SequencedMap;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/// The rows that a database answers a query with.
final class QuerySource implements RecordSource {
    private static final int ROWS_AT_ONCE = 1_000;

    private final Query query;
    private final Records records;
    private MessageDigest digest = Hashes.digest();
    private long bytes;

    QuerySource(Query query, Records records) {
        this.query = query;
        this.records = records;
    }

    @Override
    public String name() {
        return query.place();
    }

    @Override
    public void visit(Visitor visitor) {
        try (URLClassLoader drivers = new URLClassLoader(jars(), QuerySource.class.getClassLoader());
                Connection connection = connect(drivers)) {
            try (Statement sql = connection.createStatement()) {
                sql.setFetchSize(ROWS_AT_ONCE);
                records.trait(query.place(), "query");
                visitor.visit(query.place(), new Answer(sql));
            } finally {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
            }
        } catch (SQLException refused) {
            throw refused(refused);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private DataException refused(SQLException cause) {
        return new DataException(
                "%s: the database says: %s. Look at --jdbc, --query and the user"
                        .formatted(query.place(), cause.getMessage()),
                cause);
    }

    private URL[] jars() {
        List<URL> jars = new ArrayList<>();
        for (Path jar : query.drivers()) {
            if (!Files.isRegularFile(jar)) {
                throw new DataException("--driver-jar %s does not exist: check the path".formatted(jar));
            }
            try {
                jars.add(jar.toUri().toURL());
            } catch (MalformedURLException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        return jars.toArray(URL[]::new);
    }

    private Connection connect(ClassLoader drivers) throws SQLException {
        Properties settings = new Properties();
        if (!query.user().isEmpty()) {
            settings.setProperty("user", query.user());
            settings.setProperty("password", query.password());
        }
        if (query.url().matches("jdbc:duckdb:.+")) {
            settings.setProperty("duckdb.read_only", "true");
        } else if (query.url().startsWith("jdbc:sqlite:")) {
            settings.setProperty("open_mode", "1"); // SQLITE_OPEN_READONLY
        }
        for (Driver driver : ServiceLoader.load(Driver.class, drivers)) {
            if (driver.acceptsURL(query.url())) {
                Connection connection = driver.connect(query.url(), settings);
                if (!query.url().startsWith("jdbc:duckdb:")) { // which takes it only in the settings
                    connection.setReadOnly(true);
                    connection.setAutoCommit(false);
                }
                return connection;
            }
        }
        throw new DataException(
                "%s: there is no driver for it: give the jar of the database's JDBC driver with --driver-jar"
                        .formatted(query.place()));
    }

    private final class Answer implements Rows {
        private final Statement sql;

        Answer(Statement sql) {
            this.sql = sql;
        }

        @Override
        public boolean isText() {
            return false;
        }

        @Override
        public void read(Records.Sink sink) throws IOException {
            digest = Hashes.digest();
            bytes = 0;
            Records.Sink named = records.renaming(sink);
            try (ResultSet rows = sql.executeQuery(query.sql())) {
                List<String> columns = columns(rows.getMetaData());
                for (long number = 1; rows.next(); number++) {
                    named.take(values(rows, columns), query.place() + "#" + number);
                }
            } catch (SQLException refused) {
                throw refused(refused);
            }
        }

        /// An empty name is a column of bytes, which is left out.
        private List<String> columns(ResultSetMetaData about) throws SQLException {
            List<String> labels = new ArrayList<>();
            for (int i = 1; i <= about.getColumnCount(); i++) {
                labels.add(about.getColumnLabel(i));
            }
            List<String> names = new ArrayList<>(DelimitedFormat.named(query.place(), labels, records));
            for (int i = 1; i <= about.getColumnCount(); i++) {
                int type = about.getColumnType(i);
                if (type == Types.BLOB
                        || type == Types.BINARY
                        || type == Types.VARBINARY
                        || type == Types.LONGVARBINARY) {
                    records.note("%s: the column \"%s\" holds bytes and was left out"
                            .formatted(query.place(), names.get(i - 1)));
                    names.set(i - 1, "");
                }
            }
            return names;
        }

        private SequencedMap<String, String> values(ResultSet rows, List<String> columns) throws SQLException {
            SequencedMap<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                String value = columns.get(i).isEmpty() ? null : rows.getString(i + 1);
                if (value != null) {
                    values.put(columns.get(i), value);
                    byte[] said = value.getBytes(StandardCharsets.UTF_8);
                    digest.update(said);
                    digest.update((byte) 0);
                    bytes += said.length;
                }
            }
            return values;
        }
    }

    @Override
    public Supplier<Manifest.Source> provenance() {
        return () -> new Manifest.Source(query.toString(), HexFormat.of().formatHex(digest.digest()), bytes);
    }
}
