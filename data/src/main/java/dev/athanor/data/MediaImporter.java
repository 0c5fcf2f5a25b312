package dev.athanor.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes pictures or sounds that were found into a new version of a dataset. What cannot be read goes to the
/// version's quarantine and stops nothing, unless it is all of them.
final class MediaImporter {
    /// Columns whose text says what is to be seen or heard, in this order.
    private static final List<String> CAPTIONS = List.of(
            "text",
            "caption",
            "captions",
            "description",
            "prompt",
            "transcription",
            "transcript",
            "sentence",
            "文本",
            "描述");

    private static final int SHOWN = 20;

    private final ImportOptions options;
    private final Importer.Knowledge knowledge;
    private final Codec codec;
    private final ObjectNode report = JsonNodeFactory.instance.objectNode();
    private final Records records;
    private final Map<String, Long> labels = new TreeMap<>();
    private Optional<Quarantined> firstBroken = Optional.empty();
    private long broken;
    private long samples;
    private Columns columns = new Columns("", "", List.of());

    /// Which columns are what; empty: none.
    private record Columns(String caption, String label, List<String> fields) {}

    MediaImporter(ImportOptions options, Importer.Knowledge knowledge, Codec codec) {
        this.options = options;
        this.knowledge = knowledge;
        this.codec = codec;
        this.records = new Records(options, report);
    }

    Dataset run(Datasets datasets, MediaSources found, Consumer<Findings> told) throws IOException {
        List<MediaSource> sources = found.open(codec, records);
        columns = choose(sources);
        told.accept(findings(found));
        VersionWriter.Schema schema =
                new VersionWriter.Schema(options.name(), codec.kind(), columns.label(), columns.fields());
        return VersionWriter.write(datasets, schema, options.plan(), writer -> {
            records.take(writer::quarantine);
            leaveOut(writer, found);
            for (MediaSource source : sources) {
                source.read(one -> add(writer, one));
            }
            if (samples == 0) {
                throw nothing();
            }
            describe(found.unnamed());
            return new VersionWriter.Description(found.sources(), List.of(), options.licence(), report);
        });
    }

    /// Of several archives one that is broken does not stop the others.
    private void leaveOut(VersionWriter writer, MediaSources found) throws IOException {
        for (Map.Entry<String, DataException> file : found.broken().entrySet()) {
            if (options.badRows() == ImportOptions.BadRows.REFUSE) {
                throw file.getValue();
            }
            Quarantined left = Quarantined.of(file.getKey(), file.getValue());
            writer.quarantine(left);
            note("left out, with the others that cannot be used in %s: %s".formatted(Quarantined.FILE, left));
        }
    }

    /// What an import would find.
    Findings look(MediaSources found) throws IOException {
        columns = choose(found.open(codec, records));
        found.broken().values().forEach(one -> records.note("an import leaves this out: " + one.getMessage()));
        return findings(found);
    }

    private Findings findings(MediaSources found) {
        List<Findings.Source> files = found.overview(codec, columns.caption());
        found.beside().forEach(records::note);
        return new Findings(codec.kind(), files, columns.label(), columns.fields(), records.notes());
    }

    private Columns choose(List<MediaSource> sources) throws IOException {
        Set<String> known = new LinkedHashSet<>();
        for (MediaSource source : sources) {
            known.addAll(source.columns());
        }
        for (String wanted : wanted()) {
            if (!known.contains(wanted)) {
                throw new DataException("there is no column \"%s\"%s; there %s"
                        .formatted(
                                wanted,
                                Nearest.hint(wanted, known),
                                known.isEmpty() ? "are none at all" : "are " + String.join(", ", known)));
            }
        }
        String caption = options.text().isEmpty()
                ? CAPTIONS.stream().filter(known::contains).findFirst().orElse("")
                : options.text();
        boolean usual = options.label().isEmpty() && known.contains(MediaFiles.LABEL);
        String label = usual && !caption.equals(MediaFiles.LABEL) ? MediaFiles.LABEL : options.label();
        if (!knowledge.fields().isEmpty()) {
            return new Columns(caption, knowledge.fields().contains(label) ? label : "", knowledge.fields());
        }
        Set<String> fields = new LinkedHashSet<>(options.attributes().isEmpty() ? known : options.attributes());
        fields.remove(caption);
        if (!label.isEmpty()) {
            fields.add(label);
        }
        return new Columns(caption, label, List.copyOf(fields));
    }

    /// The columns that the options name; those of a known data set may be computed.
    private List<String> wanted() {
        if (!knowledge.fields().isEmpty()) {
            return List.of();
        }
        List<String> wanted = new ArrayList<>(options.attributes());
        if (!options.text().isEmpty()) {
            wanted.add(options.text());
        }
        if (!options.label().isEmpty()) {
            wanted.add(options.label());
        }
        return wanted;
    }

    private void add(VersionWriter writer, MediaSource.Found one) throws IOException {
        SequencedMap<String, String> values = new LinkedHashMap<>(one.values());
        values.putAll(knowledge.naming().values(one.file()));
        values.values().removeIf(String::isBlank);
        if (!knowledge.choosing().takes(one.file(), values)) {
            return;
        }
        byte[] bytes;
        try {
            bytes = codec.convert(one.content().bytes());
        } catch (Unusable why) {
            quarantine(writer, Quarantined.of(one.place(), why));
            return;
        } catch (IOException unreadable) {
            quarantine(
                    writer,
                    new Quarantined(
                            one.place(),
                            "cannot be read: " + Reason.of(unreadable),
                            "Check its permissions and the disk, fetch it again, or leave it out"));
            return;
        }
        Optional<Split> given = knowledge.equals(Importer.Knowledge.NONE)
                ? one.split()
                : knowledge.placing().split(one.file(), one.record(), values);
        String text = Optional.ofNullable(values.remove(columns.caption())).orElse("");
        SequencedMap<String, String> fields = knowledge.computing().fields(text, values);
        labels.merge(fields.getOrDefault(columns.label(), ""), 1L, Long::sum);
        Media media = new Media(bytes, name(one.place()));
        writer.add(new Sample("s%08d".formatted(samples++), text, media, fields, one.place()), given);
    }

    /// What the bytes are called: the source's name with the end that fits them.
    private String name(String place) {
        String file = place.substring(place.lastIndexOf('/') + 1).replace('#', '-');
        int end = codec.isNamed(file) ? file.lastIndexOf('.') : file.length();
        return file.substring(0, end) + "." + codec.extension();
    }

    private void quarantine(VersionWriter writer, Quarantined file) throws IOException {
        firstBroken = firstBroken.or(() -> Optional.of(file));
        broken++;
        writer.quarantine(file);
    }

    private DataException nothing() {
        String first = firstBroken.map(Quarantined::toString).orElse("there is none at all. Check the path");
        return new DataException(
                broken == 1
                        ? first
                        : "none of the %d %s can be used; the first: %s".formatted(broken, codec.things(), first));
    }

    /// What people should know, as sentences, and the numbers behind them.
    private void describe(List<String> unnamed) {
        report.put("samples", samples);
        report.put("quarantined", broken);
        report.put("badRows", records.leftOut());
        records.firstLeftOut()
                .ifPresent(first -> note("%s left out, with place, reason and remedy in %s; the first: %s"
                        .formatted(
                                Counted.of(records.leftOut(), "row of tables was", "rows of tables were"),
                                Quarantined.FILE,
                                first)));
        report.put("notNamed", unnamed.size());
        codec.notes().forEach(this::note);
        unnamed.stream().limit(SHOWN).forEach(report.withArray("/notNamedShown")::add);
        firstBroken.ifPresent(
                first -> note("%d of %d %s cannot be used and %s left out, with the reason in %s; the first: %s"
                        .formatted(
                                broken,
                                broken + samples,
                                codec.things(),
                                Counted.were(broken),
                                Quarantined.FILE,
                                first)));
        if (!unnamed.isEmpty()) {
            note("%s are named in no table and were left out: %d, the first: %s"
                    .formatted(codec.things(), unnamed.size(), unnamed.getFirst()));
        }
        describeLabels();
    }

    private void describeLabels() {
        labels.remove("");
        List<String> alone = labels.entrySet().stream()
                .filter(label -> label.getValue() == 1)
                .map(Map.Entry::getKey)
                .toList();
        if (labels.size() * 2L > samples) {
            note("%s has %d values for %d %s: if it is what is to be seen in each, import it with --text %s"
                    .formatted(columns.label(), labels.size(), samples, codec.things(), columns.label()));
        } else if (!alone.isEmpty()) {
            report.put("labelsOfOne", alone.size());
            note("%d of %s with one sample, which is for training: nothing is left to measure by; the first: %s"
                    .formatted(
                            alone.size(), Counted.of(labels.size(), "label comes", "labels come"), alone.getFirst()));
        }
    }

    private void note(String sentence) {
        report.withArray("/notes").add(sentence);
    }
}
