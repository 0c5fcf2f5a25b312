package dev.athanor.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Makes one version of a dataset: takes samples one after the other, divides them, writes Parquet and
/// manifest.
///
/// What memory cannot hold lies in the version's temporary folder, so memory does not grow with the samples
/// ([VersionFiles]).
final class VersionWriter implements AutoCloseable {
    private static final String SPOOL = "spool";
    private static final String MEDIA_SPOOL = "spool.media";

    private static final int FORMS_SHOWN = 20;

    /// What the manifest says besides what the samples tell.
    ///
    /// @param report what happened on the way, for `report.json`
    record Description(List<Manifest.Source> sources, List<String> parents, String licence, ObjectNode report) {}

    /// What the samples look like.
    ///
    /// @param name of the dataset
    /// @param label the field that is the label, or empty
    /// @param fields the columns beside id, text, media and origin
    record Schema(String name, Kind kind, String label, List<String> fields) {
        Schema {
            fields = List.copyOf(fields);
            Set<String> names = new HashSet<>(); // a database does not tell A from a
            for (String field : fields) {
                String lower = field.toLowerCase(Locale.ROOT);
                if (kind.hasText() && lower.equals(Tables.TEXT)
                        || lower.equals(kind.column())
                        || field.startsWith("_")) {
                    throw new DataException(
                            "the column \"%s\" has a name that every dataset uses itself: rename it with --map %s=OTHER, or leave it out with --attributes"
                                    .formatted(field, field));
                }
                if (!names.add(lower)) {
                    throw new DataException(
                            "there is more than one column \"%s\", capital letters aside: rename one with --map, or leave it out with --attributes"
                                    .formatted(field));
                }
            }
        }

        /// Refuses a field that is not there.
        void require(String field) {
            if (!fields.contains(field)) {
                throw new IllegalArgumentException("%s has no field \"%s\" to divide by%s; it has %s"
                        .formatted(
                                name,
                                field,
                                Nearest.hint(field, fields),
                                fields.isEmpty() ? "none" : String.join(", ", fields)));
            }
        }

        /// That of an older version.
        static Schema of(Manifest manifest) {
            return new Schema(manifest.name(), manifest.kind(), manifest.label(), manifest.fields());
        }
    }

    /// Gives every sample to the writer and then says what they are.
    @FunctionalInterface
    interface Source {
        Description read(VersionWriter writer) throws IOException;
    }

    private final Making making;
    private final VersionFiles files;
    private final VersionFiles.Place place;
    private final BufferedWriter quarantine;
    private final InOrder<List<SampleColumns.Row>> preparing;
    private final Map<String, Long> forms = new HashMap<>();
    private final Batches<Coming> batches =
            new Batches<>(coming -> coming.sample().weight(), this::prepare);
    private long row;

    /// What a version is made of, and who is told how many samples it has.
    private record Making(Schema schema, SplitPlan plan, Source source, LongConsumer taken) {}

    /// A sample as it comes.
    ///
    /// @param row as in [SampleColumns.Row]
    /// @param chance as there; absent where the plan tells it
    /// @param begin as there
    private record Coming(long row, Sample sample, Optional<Split> given, OptionalDouble chance, long begin) {}

    private VersionWriter(Making making, VersionFiles.Place place, BufferedWriter quarantine) throws SQLException {
        this.making = making;
        this.files = new VersionFiles(making.schema(), making.plan(), place);
        this.place = place;
        this.quarantine = quarantine;
        this.preparing = new InOrder<>(Runtime.getRuntime().availableProcessors(), this::take);
    }

    /// Writes the next version of a name.
    ///
    /// @throws DataException where no sample comes, or the disk refuses; nothing is left then
    static Dataset write(Datasets datasets, Schema schema, SplitPlan plan, Source source) {
        String name = schema.name();
        plan.needs().ifPresent(schema::require);
        Path parent = datasets.workspace().datasets().resolve(Datasets.checkedName(name));
        synchronized (VersionWriter.class) { // a lock on a file is the process's; this one is the thread's
            try {
                Files.createDirectories(parent);
                try (FileChannel lock = FileChannel.open(
                                parent.resolve(Datasets.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var _ = lock.lock()) {
                    int version = datasets.next(name);
                    Path target = parent.resolve(Integer.toString(version));
                    Making making = new Making(schema, plan, source, datasets.taken());
                    Durable.folder(target, temporary -> fill(temporary, version, making));
                    return Dataset.open(target);
                }
            } catch (IOException refused) {
                throw Durable.refusal(parent, refused);
            }
        }
    }

    private static void fill(Path folder, int version, Making making) throws IOException {
        Files.createDirectories(folder.resolve("data"));
        try (Connection connection = Tables.spilling(folder.resolve(SPOOL));
                MediaSpool media = new MediaSpool(folder.resolve(MEDIA_SPOOL));
                BufferedWriter quarantine = Files.newBufferedWriter(folder.resolve(Quarantined.FILE));
                VersionWriter writer =
                        new VersionWriter(making, new VersionFiles.Place(folder, connection, media), quarantine)) {
            Description description = making.source().read(writer);
            if (writer.row == 0) {
                throw new DataException(
                        "there is nothing to keep: no sample with text was found. See that the files are not empty and that the text column is the right one");
            }
            Map<Split, Manifest.Count> counts = writer.finish();
            boolean kept = making.plan() instanceof SplitPlan.Given
                    && !description.parents().isEmpty();
            String divided = kept ? "as in " + description.parents().getFirst() : writer.files.divided();
            if (!counts.containsKey(Split.TRAIN)) {
                throw new DataException(
                        "no sample would be left to train on (%s): choose other shares".formatted(divided));
            }
            Schema schema = making.schema();
            Manifest manifest = new Manifest(
                    schema.name(),
                    version,
                    schema.kind(),
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                    schema.label(),
                    schema.fields(),
                    divided,
                    counts,
                    commonest(writer.forms),
                    sums(folder),
                    description.sources(),
                    description.parents(),
                    description.licence());
            Files.writeString(folder.resolve(Manifest.FILE), manifest.toJson().toPrettyString());
            Files.writeString(
                    folder.resolve("report.json"), description.report().toPrettyString());
        } catch (SQLException failed) {
            throw new IOException(failed.getMessage(), failed);
        }
        if (Files.size(folder.resolve(Quarantined.FILE)) == 0) {
            Files.delete(folder.resolve(Quarantined.FILE));
        }
        Files.deleteIfExists(folder.resolve(MEDIA_SPOOL));
    }

    /// The data files with their sums, by their paths inside the folder; those of train first.
    private static SequencedMap<String, String> sums(Path folder) throws IOException {
        SequencedMap<String, String> sums = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(folder.resolve("data"))) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            for (Split split : Split.values()) {
                names.stream()
                        .filter(name -> name.startsWith(split.word() + "-"))
                        .forEach(name -> sums.put("data/" + name, Hashes.sha256(folder.resolve("data/" + name))));
            }
        }
        return sums;
    }

    private Map<Split, Manifest.Count> finish() throws SQLException, IOException {
        batches.finish();
        preparing.finish();
        return files.finish();
    }

    @Override
    public void close() throws SQLException {
        preparing.close();
        files.close();
    }

    /// Takes one sample.
    ///
    /// @param given the split that the source says, where it says one
    void add(Sample sample, Optional<Split> given) {
        add(sample, given, OptionalDouble.empty());
    }

    /// Takes one sample.
    ///
    /// @param chance a number from 0 to below 1 that what must stay together has in common
    void add(Sample sample, Optional<Split> given, double chance) {
        add(sample, given, OptionalDouble.of(chance));
    }

    private void add(Sample sample, Optional<Split> given, OptionalDouble chance) {
        try {
            batches.add(new Coming(
                    row, sample, given, chance, spooled(sample.media().bytes())));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        row++;
        making.taken().accept(row);
    }

    private void prepare(List<Coming> batch, long weight) throws IOException {
        preparing.give(weight, () -> batch.stream().map(this::prepared).toList());
    }

    /// What takes time and nobody else is needed for: several threads do it.
    private SampleColumns.Row prepared(Coming coming) {
        double chance = coming.chance().orElseGet(() -> SplitChance.of(making.plan(), coming.sample()));
        return new SampleColumns.Row(
                coming.row(),
                coming.given(),
                chance,
                coming.begin(),
                coming.sample(),
                files.columns().lasting(coming.sample()));
    }

    private void take(List<SampleColumns.Row> rows) throws IOException {
        for (SampleColumns.Row prepared : rows) {
            try {
                files.add(prepared);
            } catch (SQLException failed) {
                throw new IOException(
                        "sample %d (%s): %s"
                                .formatted(prepared.row(), prepared.sample().origin(), failed.getMessage()),
                        failed);
            }
        }
    }

    /// Takes samples of an older version's split as they are.
    ///
    /// @param kept which of them, by their numbers in the split
    void keep(Dataset older, Split split, LongPredicate kept) throws IOException {
        List<Path> parts = older.files(split);
        if (parts.isEmpty()) {
            return;
        }
        boolean single =
                Stream.of(Split.values()).allMatch(each -> older.files(each).size() <= 1);
        if (single && !making.schema().kind().hasMedia()) { // all splits in one way, else what waits would be left
            copy(parts.getFirst(), split, kept);
            return;
        }
        try (Stream<Sample> samples = older.samples(split)) {
            long number = 0;
            for (Sample sample : (Iterable<Sample>) samples::iterator) {
                if (kept.test(number++)) {
                    add(sample, Optional.of(split));
                }
            }
        }
    }

    private void copy(Path older, Split split, LongPredicate kept) throws IOException {
        try {
            row += files.copy(older, split, kept);
            making.taken().accept(row);
        } catch (SQLException failed) {
            throw new IOException("%s: %s".formatted(older, failed.getMessage()), failed);
        }
    }

    private long spooled(byte[] bytes) throws IOException {
        if (!making.schema().kind().hasMedia()) {
            return 0;
        }
        forms.merge(making.schema().kind().form(bytes), 1L, Long::sum);
        return place.media().write(bytes);
    }

    /// A file of the version beside its data and report, which is there when the version is.
    Path beside(String name) {
        return place.folder().resolve(name);
    }

    /// Lists a file that is left out.
    void quarantine(Quarantined file) throws IOException {
        quarantine.write(file.toJson());
        quarantine.write("\n");
    }

    private static SequencedMap<String, Long> commonest(Map<String, Long> forms) {
        SequencedMap<String, Long> commonest = new LinkedHashMap<>();
        forms.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(FORMS_SHOWN)
                .forEach(form -> commonest.put(form.getKey(), form.getValue()));
        return commonest;
    }
}
