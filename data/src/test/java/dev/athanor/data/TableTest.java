package dev.athanor.data;

import static dev.athanor.data.Samples.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.athanor.data.clean.StepFile;
import dev.athanor.data.duplicate.EqualOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {
    private static final SplitPlan.Shares SHARES = new SplitPlan.Shares(0.6, 0.2, 0.2);

    private final Desk desk;

    TableTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    private static List<String> rows(List<Sample> samples) {
        return samples.stream().map(Sample::textOrRow).toList();
    }

    /// Of 200 ratings of 20 people, a second apart; every tenth is there twice.
    private Dataset ratings(ImportOptions options) throws IOException {
        StringBuilder csv = new StringBuilder("user,item,rating,timestamp\n");
        for (int i = 0; i < 200; i++) {
            String row = "u%d,i%d,%d,%d\n".formatted(i % 20, i % 13, 1 + i % 5, 1_700_000_000 + i);
            csv.append(row).append(i % 10 == 0 ? row : "");
        }
        return desk.imported(options, desk.file("ratings.csv", csv.toString()));
    }

    private Dataset divided(SplitPlan plan) throws IOException {
        return ratings(ImportOptions.of("ratings").withPlan(plan));
    }

    // ------------------------------------------------------------------------------------------------- import

    @Test
    void rows_without_a_text_are_a_table_whose_columns_are_all_fields() throws IOException {
        Dataset dataset =
                desk.imported(ImportOptions.of("t"), desk.file("t.csv", "user,item,rating\nu1,i1,5\nu2,,3\n,,\n"));
        assertThat(dataset.kind()).isEqualTo(Kind.TABLE);
        assertThat(dataset.manifest().fields()).containsExactly("user", "item", "rating");
        assertThat(samples(dataset))
                .extracting(Sample::text, Sample::textOrRow)
                .containsExactlyInAnyOrder(
                        tuple("", "{\"item\":\"i1\",\"rating\":\"5\",\"user\":\"u1\"}"),
                        tuple("", "{\"rating\":\"3\",\"user\":\"u2\"}"));
        assertThat(dataset.quarantined())
                .extracting(Quarantined::reason)
                .containsExactly("holds nothing in any column");
        assertThat(dataset.notes())
                .contains(
                        "no column looks like a text, so the samples are rows of a table; if one is the text, say which with --text");
        assertThat(dataset.report().path("notes").toString()).contains("1 of 3 rows was left out, 1 of them empty");
    }

    @Test
    void of_a_table_of_ten_thousand_columns_those_asked_for_are_kept() throws IOException {
        String names = LongStream.range(0, 10_000).mapToObj(i -> "c" + i).collect(Collectors.joining(",", "", "\n"));
        String row = LongStream.range(0, 10_000).mapToObj(Long::toString).collect(Collectors.joining(",", "", "\n"));
        Path wide = desk.file("wide.csv", names + row + ",7" + ",".repeat(9_998) + "\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> desk.imported(ImportOptions.of("t"), wide))
                .withMessage(
                        "there are 10000 columns beside the text, and a dataset has at most 1000 fields: choose some with --attributes");
        Dataset dataset =
                desk.imported(ImportOptions.of("t").withColumns("", "c7", List.of("c9999", "c0", "c0")), wide);
        assertThat(dataset.kind()).isEqualTo(Kind.TABLE);
        assertThat(dataset.manifest().fields()).containsExactly("c9999", "c0", "c7");
        assertThat(rows(samples(dataset))).containsExactly("{\"c0\":\"0\",\"c7\":\"7\",\"c9999\":\"9999\"}");
        assertThat(dataset.quarantined())
                .extracting(Quarantined::reason)
                .containsExactly("holds nothing in any of the columns that are kept");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "words,kind|A tea for cold evenings,b",
                "名字,说的|小王,这款茶的味道很好我很喜欢",
                "a,b,c|1,2,What is in this box of tea?",
            })
    void where_a_column_looks_like_sentences_it_is_asked_which_is_the_text(String head, String row) throws IOException {
        Path table = desk.file("t.csv", head + "\n" + row + "\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> desk.imported(ImportOptions.of("t"), table))
                .withMessageContaining("which column is the text? There are " + head.replace(",", ", "))
                .withMessageContaining("choose one with --text, or read rows without a text with --table");
        assertThat(desk.datasets().versions("t")).isEmpty();
        assertThat(desk.imported(ImportOptions.of("t").withRecords(ImportOptions.Holding.TABLE), table)
                        .kind())
                .isEqualTo(Kind.TABLE);
    }

    @Test
    void asked_for_a_table_a_column_called_text_is_a_field_like_others() throws IOException {
        Path table = desk.file("t.csv", "text,kind\nlong,a\nshort,b\n");
        Dataset dataset = desk.imported(ImportOptions.of("t").withRecords(ImportOptions.Holding.TABLE), table);
        assertThat(dataset.manifest().fields()).containsExactly("text", "kind");
        assertThat(samples(dataset))
                .extracting(sample -> sample.fields().get("text"))
                .containsExactlyInAnyOrder("long", "short");
        assertThat(desk.imported(ImportOptions.of("t"), table).kind()).isEqualTo(Kind.TEXT);
    }

    @Test
    void a_text_and_a_table_at_once_are_refused_and_a_document_is_no_table() throws IOException {
        Path prices = desk.file("prices.csv", "item,price\ni1,5\n");
        Path reviews = desk.file("reviews.csv", "text,stars\nGood tea,5\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> desk.imported(ImportOptions.of("t"), prices, reviews))
                .withMessageContaining(prices + ": which column is the text? There are item, price")
                .withMessageContaining("import the two as datasets of their own");
        ImportOptions table = ImportOptions.of("t").withRecords(ImportOptions.Holding.TABLE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> desk.imported(table, desk.file("note.txt", "a note")))
                .withMessageContaining("note.txt is no table but a text: leave it out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.withColumns("item", "", List.of()))
                .withMessageContaining("--table and --text item: rows of a table have no text");
        Dataset both = desk.imported(table, prices, reviews);
        assertThat(both.manifest().fields()).containsExactly("item", "price", "text", "stars");
        assertThat(both.notes().getFirst()).contains("have different columns: their rows stand one below the other");
    }

    @Test
    void an_empty_table_is_refused_with_words() throws IOException {
        Path table = desk.file("t.csv", "user,item\n");
        assertThatThrownBy(() -> desk.imported(ImportOptions.of("t").withRecords(ImportOptions.Holding.TABLE), table))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("t.csv holds");
        assertThat(desk.datasets().versions("t")).isEmpty();
    }

    // ------------------------------------------------------------------------------------------------- division

    @Test
    void equal_rows_stay_together_by_chance_and_by_strata() throws IOException {
        Seed seed = new Seed(1);
        for (SplitPlan plan : List.of(
                new SplitPlan.Automatic(seed, SHARES),
                new SplitPlan.Random(seed, SHARES),
                new SplitPlan.Stratified("rating", seed, SHARES))) {
            Dataset dataset = divided(plan);
            Map<String, Set<Split>> places = new HashMap<>();
            for (Split split : Split.values()) {
                rows(samples(dataset, split))
                        .forEach(row -> places.computeIfAbsent(row, _ -> new HashSet<>())
                                .add(split));
            }
            assertThat(places)
                    .hasSize(200)
                    .allSatisfy((_, splits) ->
                            assertThat(splits).as(plan.toString()).hasSize(1));
            assertThat(dataset.count(Split.TEST)).as(plan.toString()).isBetween(15L, 75L);
        }
    }

    @Test
    void people_stay_together_and_time_goes_on_behind_the_training() throws IOException {
        Dataset grouped = divided(new SplitPlan.Group("user", new Seed(2), SHARES));
        Set<String> learnt = new HashSet<>();
        samples(grouped, Split.TRAIN)
                .forEach(sample -> learnt.add(sample.fields().get("user")));
        assertThat(samples(grouped, Split.TEST))
                .isNotEmpty()
                .noneMatch(sample -> learnt.contains(sample.fields().get("user")));
        Dataset timed = Divider.run(
                desk.datasets(), grouped, new SplitPlan.Time("timestamp", SHARES), Divider.Together.SIMILAR);
        assertThat(latest(timed, Split.TRAIN)).isLessThan(earliest(timed, Split.VALIDATION));
        assertThat(latest(timed, Split.VALIDATION)).isLessThan(earliest(timed, Split.TEST));
        assertThat(timed.report().path("together").asString()).isEqualTo("equal samples");
        Dataset byPlace =
                Divider.run(desk.datasets(), grouped, new SplitPlan.Sequential(SHARES), Divider.Together.EQUAL);
        assertThat(List.of(byPlace.count(Split.TRAIN), byPlace.count(Split.VALIDATION), byPlace.count(Split.TEST)))
                .isEqualTo(List.of(132L, 44L, 44L));
    }

    private static long latest(Dataset dataset, Split split) {
        return times(dataset, split).max().orElseThrow();
    }

    private static long earliest(Dataset dataset, Split split) {
        return times(dataset, split).min().orElseThrow();
    }

    private static LongStream times(Dataset dataset, Split split) {
        return samples(dataset, split).stream()
                .mapToLong(sample -> Long.parseLong(sample.fields().get("timestamp")));
    }

    // ------------------------------------------------------------------------------------------------- preparation

    @Test
    void repeated_rows_go_by_cleaning_and_by_dedup_and_diff_names_them() throws IOException {
        Dataset dataset = ratings(ImportOptions.of("ratings"));
        Dataset cleaned = Cleaner.run(desk.datasets(), dataset);
        assertThat(rows(samples(cleaned))).hasSize(200).doesNotHaveDuplicates();
        Deduplicator.Outcome outcome = Deduplicator.run(
                desk.datasets(), dataset, new Deduplicator.Plan(new EqualOnly(), new Keep.First(), Optional.empty()));
        assertThat(outcome.findings().repeated()).isEqualTo(20);
        assertThat(rows(samples(outcome.written().orElseThrow())))
                .containsExactlyInAnyOrderElementsOf(rows(samples(cleaned)));
        VersionDiff diff = VersionDiff.of(desk.datasets(), dataset, cleaned, 1);
        assertThat(diff.counts())
                .containsEntry(VersionDiff.Change.Kind.SAME, 200L)
                .containsEntry(VersionDiff.Change.Kind.REMOVED, 20L);
        assertThat(diff.examples().getFirst().before()).contains("'item': i", "'rating': ", "'user': u");
    }

    @Test
    void versions_that_know_nothing_of_each_other_are_compared_by_their_rows() throws IOException {
        Dataset first = desk.imported(ImportOptions.of("a"), desk.file("a.csv", "user,item\nu1,i1\nu2,i2\n"));
        Dataset second = desk.imported(ImportOptions.of("b"), desk.file("b.csv", "user,item\nu2,i2\nu3,i3\n"));
        VersionDiff diff = VersionDiff.of(desk.datasets(), first, second, 5);
        assertThat(diff.counts().get(VersionDiff.Change.Kind.ADDED)).isEqualTo(1);
        assertThat(diff.counts().get(VersionDiff.Change.Kind.REMOVED)).isEqualTo(1);
        Dataset talk = desk.imported(ImportOptions.of("talk"), desk.file("talk.txt", "one\ntwo\n"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VersionDiff.of(desk.datasets(), first, talk, 5))
                .withMessage("a@1 holds rows of a table and talk@1 texts: only two of one kind can be compared");
    }

    private Dataset cleaned(Dataset dataset, String step) throws IOException {
        return Cleaner.run(
                desk.datasets(),
                dataset,
                StepFile.read(desk.file("s.yaml", "steps: [" + step + "]").toString()));
    }

    @Test
    void a_pattern_looks_at_the_field_it_names() throws IOException {
        Dataset dataset = desk.imported(
                ImportOptions.of("t"),
                desk.file("t.csv", "user,phone\ntest1,13812345678\nanna,13912345678\nbob,+86 138-0000-0000\n"));
        assertThat(samples(cleaned(dataset, "pattern: {regex: '^test', field: user}")))
                .extracting(sample -> sample.fields().get("user"))
                .containsExactlyInAnyOrder("anna", "bob");
        assertThat(samples(cleaned(dataset, "pattern: {regex: '[ +-]', action: replace, field: phone}")))
                .extracting(sample -> sample.fields().get("phone"))
                .contains("8613800000000");
        assertThat(samples(cleaned(dataset, "personal: {mark: plain}")))
                .extracting(sample -> sample.fields().get("phone"))
                .containsOnly("<PHONE>");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cleaned(dataset, "pattern: {regex: '^test'}"))
                .withMessageContaining("the step pattern needs a field for rows of a table");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cleaned(dataset, "pattern: {regex: '^test', field: usr}"))
                .withMessageContaining("there is no field \"usr\" (did you mean \"user\"?); there are user, phone");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cleaned(dataset, "whitespace"))
                .withMessageContaining("the step whitespace is not for samples of the kind table: leave it out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cleaned(dataset, "personal: {where: text}"))
                .withMessageContaining("the step personal is not for samples of the kind table");
    }

    // ------------------------------------------------------------------------------------------------- export

    @ParameterizedTest
    @CsvSource({"JSONL", "CSV", "PARQUET", "RECBOLE"})
    void what_is_exported_is_imported_as_the_same_table(Exporter.Format format) throws IOException {
        Dataset dataset = ratings(ImportOptions.of("ratings"));
        Path out = desk.folder().resolve("out");
        Exporter.run(dataset, format, out);
        Dataset again = desk.imported(ImportOptions.of("again").withPlan(new SplitPlan.Given()), out);
        assertThat(again.kind()).isEqualTo(Kind.TABLE);
        List<String> fields = new ArrayList<>(again.manifest().fields());
        fields.removeIf(field -> field.startsWith("_"));
        assertThat(fields).containsExactly("user", "item", "rating", "timestamp");
        for (Split split : Split.values()) {
            assertThat(rows(samples(again, split))).containsExactlyElementsOf(rows(samples(dataset, split)));
        }
    }

    @Test
    void rec_bole_finds_its_types_in_the_header_and_times_in_seconds() throws IOException {
        Path table = desk.file(
                "events.csv",
                "time,customer,product_id,amount,query\n2026-03-02T08:29:14+08:00,c1,7,12.5,\"white \"\"tea\"\"\"\n"
                        + "2026-03-02T08:30:00+08:00,c2,8,,\n");
        Dataset dataset = desk.imported(ImportOptions.of("events").withPlan(new SplitPlan.Sequential(SHARES)), table);
        Exporter.run(dataset, Exporter.Format.RECBOLE, desk.folder().resolve("out"));
        Path files = desk.folder().resolve("out/events");
        assertThat(Files.readString(files.resolve("events.train.inter")))
                .isEqualTo("time:float\tcustomer:token\tproduct_id:token\tamount:float\tquery:token\n"
                        + "1772411354\tc1\t7\t12.5\t\"white \"\"tea\"\"\"\n");
        try (Stream<Path> written = Files.list(files)) {
            assertThat(written.map(file -> file.getFileName().toString()).sorted())
                    .hasSize(2)
                    .contains("events.train.inter");
        }
    }

    @Test
    void what_the_header_of_rec_bole_cannot_hold_is_refused() throws IOException {
        Dataset dataset = desk.imported(ImportOptions.of("t"), desk.file("t.csv", "user,at:noon\nu1,5\n"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Exporter.run(
                        dataset, Exporter.Format.RECBOLE, desk.folder().resolve("out")))
                .withMessage(
                        "the field \"at:noon\" cannot be written for RecBole, whose header has name:type between tabs: import the data again with --map and a name without colon, quotation mark, tab and line end");
        assertThat(desk.folder().resolve("out")).doesNotExist();
    }

    @Test
    void quotation_marks_of_rec_bole_come_back_as_they_were() throws IOException {
        Dataset dataset = desk.imported(
                ImportOptions.of("t"), desk.file("t.csv", "user,query\nu1,\"white \"\"tea\"\"\"\nu2,a\n"));
        Exporter.run(dataset, Exporter.Format.RECBOLE, desk.folder().resolve("out"));
        Dataset again = desk.imported(
                ImportOptions.of("again").withPlan(new SplitPlan.Given()),
                desk.folder().resolve("out"));
        assertThat(rows(samples(again))).containsExactlyElementsOf(rows(samples(dataset)));
    }

    @Test
    void formats_of_texts_are_refused_for_rows() throws IOException {
        Dataset dataset = ratings(ImportOptions.of("ratings"));
        for (Exporter.Format format : List.of(Exporter.Format.LLAMA_FACTORY, Exporter.Format.LABEL_STUDIO)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> Exporter.run(dataset, format, desk.folder().resolve("out")))
                    .withMessageContaining("ratings@1 is of the kind table, which " + format.word())
                    .withMessageContaining("choose one of jsonl, csv, parquet, recbole");
        }
    }

    // ------------------------------------------------------------------------------------------------- columns

    /// Of five values the quartiles are the values in their order.
    @Test
    void columns_are_told_by_what_they_hold() throws IOException {
        Path table = desk.file(
                "t.csv",
                "user,paid,timestamp,day,kind\n"
                        + "1,2.5,1700000000,2026-03-01,a\n2,10,1700000060,2026-03-02,b\n3,-4,1700000120,2026-03-03,a\n"
                        + "4,7,1700000180,2026-03-04,\n5,0.125,1700000240,2026-03-05T12:00:00+02:00,a\n");
        List<ColumnProfile> profiles = ColumnProfile.of(desk.imported(ImportOptions.of("t"), table));
        assertThat(profiles)
                .extracting(ColumnProfile::field, ColumnProfile::content)
                .containsExactly(
                        tuple("user", ColumnProfile.Content.NUMBERS),
                        tuple("paid", ColumnProfile.Content.NUMBERS),
                        tuple("timestamp", ColumnProfile.Content.TIMES),
                        tuple("day", ColumnProfile.Content.TIMES),
                        tuple("kind", ColumnProfile.Content.WORDS));
        assertThat(profiles.get(1).quartiles()).containsExactly("-4", "0.125", "2.5", "7", "10");
        assertThat(profiles.get(2).quartiles())
                .startsWith("2023-11-14T22:13:20Z")
                .endsWith("2023-11-14T22:17:20Z");
        assertThat(profiles.get(3).quartiles())
                .isEqualTo(Arrays.asList(
                        "2026-03-01T00:00:00Z",
                        "2026-03-02T00:00:00Z",
                        "2026-03-03T00:00:00Z",
                        "2026-03-04T00:00:00Z",
                        "2026-03-05T10:00:00Z"));
        assertThat(profiles.get(4).filled()).isEqualTo(4);
        assertThat(profiles.get(4).different()).isEqualTo(2);
        assertThat(profiles.get(4).commonest()).containsExactly(Map.entry("a", 3L));
    }
}
