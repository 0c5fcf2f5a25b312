package dev.athanor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import dev.athanor.data.label.LabellingFile;
import dev.athanor.data.label.LabellingFunctions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class LabellerTest {
    private static final SplitPlan ALL = new SplitPlan.Random(new Seed(1), new SplitPlan.Shares(1, 0, 0));

    private final Desk desk;

    LabellerTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    private Dataset dataset(String table) throws IOException {
        Path file = desk.file("table.csv", table);
        return desk.imported(ImportOptions.of("calls").withPlan(ALL), file);
    }

    private LabellingFunctions rules(String yaml) throws IOException {
        return LabellingFile.read(desk.file("rules.yaml", yaml));
    }

    private static final String RULES = """
            field: topic
            functions:
              - {name: refund, label: refund, words: [refund, 退款]}
              - {name: money, label: refund, words: [money]}
              - {name: card, label: card, words: [card]}
              - {name: blank, label: card, pattern: "xyz"}
            """;

    private static Map<String, Map<String, String>> byText(Dataset dataset) {
        try (Stream<Sample> samples = dataset.samples(Split.TRAIN)) {
            return samples.collect(Collectors.toMap(Sample::text, Sample::fields));
        }
    }

    private static final String TABLE = """
            text
            a refund of my money
            money for my card
            refund the money
            我要退款
            my card
            hello
            """;

    @Test
    void functions_look_at_fields_and_files_where_they_say_so() throws IOException {
        Path pictures = Files.createDirectories(desk.folder().resolve("pictures"));
        for (String name : List.of("cup-1", "cup-2", "pot-1")) {
            byte shade = (byte) name.hashCode();
            Files.write(pictures.resolve(name + ".png"), Png.write(new Image(1, 1, 1, new byte[] {shade})));
        }
        Dataset dataset = desk.imported(ImportOptions.of("wares").withPlan(ALL), pictures);
        Dataset labelled = Labeller.run(desk.datasets(), dataset, rules("""
                functions:
                  - {name: cups, label: cup, words: [cup], in: _origin}
                  - {name: pots, label: pot, pattern: "pot-[0-9]", in: _origin}
                """));
        assertThat(labelled.values("label")).containsExactly(Map.entry("cup", 2L), Map.entry("pot", 1L));
    }

    @Test
    void rows_of_a_table_are_labelled_by_their_fields_alone() throws IOException {
        Dataset dataset = dataset("user,town,paid\nu1,Bath,3\nu2,York,4\nu3,Bath Spa,5\n");
        Dataset labelled = Labeller.run(desk.datasets(), dataset, rules("""
                field: region
                functions:
                  - {name: west, label: west, words: [bath], in: town}
                  - {name: north, label: north, words: [york], in: town}
                """));
        assertThat(labelled.values("region")).containsEntry("west", 2L).containsEntry("north", 1L);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Labeller.run(desk.datasets(), dataset, rules(RULES)))
                .withMessage(
                        "function \"refund\" looks at the text, and calls@1 holds rows of a table: say with in: FIELD where it looks");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Labeller.run(desk.datasets(), dataset, rules("""
                        functions:
                          - {name: west, label: west, words: [bath], in: twon}
                          - {name: north, label: north, words: [york], in: town}
                        """)))
                .withMessage("calls@1 has no column \"twon\" (did you mean \"town\"?); it has user, town, paid");
    }

    @Test
    void samples_get_label_and_confidence_and_the_report_says_how_functions_did() throws IOException {
        Dataset labelled = Labeller.run(desk.datasets(), dataset(TABLE), rules(RULES));
        assertThat(labelled.reference()).isEqualTo("calls@2");
        assertThat(labelled.manifest().label()).isEqualTo("topic");
        assertThat(labelled.manifest().fields()).containsExactly("topic", "topic_confidence");
        assertThat(labelled.manifest().parents()).containsExactly("calls@1");
        Map<String, Map<String, String>> fields = byText(labelled);
        assertThat(fields.get("a refund of my money")).containsEntry("topic", "refund");
        assertThat(fields.get("我要退款")).containsEntry("topic", "refund");
        assertThat(fields.get("my card")).containsEntry("topic", "card");
        assertThat(fields.get("hello")).isEmpty();
        assertThat(Double.parseDouble(fields.get("a refund of my money").get("topic_confidence")))
                .isGreaterThan(Double.parseDouble(fields.get("我要退款").get("topic_confidence")));
        JsonNode report = labelled.report();
        assertThat(report.path("labelled").path("byFunctions").asInt()).isEqualTo(5);
        assertThat(report.path("labelled").path("without").asInt()).isEqualTo(1);
        JsonNode money = report.path("functions").path(1);
        assertThat(money.path("votes").asInt()).isEqualTo(3);
        assertThat(money.path("coverage").asDouble()).isEqualTo(0.5);
        assertThat(money.path("overlaps").asDouble()).isEqualTo(0.5);
        assertThat(money.path("conflicts").asDouble()).isEqualTo(1.0 / 6);
        assertThat(labelled.notes()).containsExactly("function \"blank\" never votes: see its words or pattern");
    }

    @Test
    void labels_that_a_person_gave_stay_and_test_the_functions_and_those_of_functions_are_made_anew()
            throws IOException {
        Dataset given = dataset("""
                text,topic
                a refund of my money,refund
                money for my card,card
                refund the money,
                my card,
                """);
        Dataset first = Labeller.run(desk.datasets(), given, rules(RULES));
        assertThat(byText(first).get("money for my card"))
                .containsEntry("topic", "card")
                .containsEntry("topic_confidence", "1.0000");
        assertThat(first.report().path("labelled").path("kept").asInt()).isEqualTo(2);
        JsonNode money = first.report().path("functions").path(1);
        assertThat(money.path("tested").asInt()).isEqualTo(2);
        assertThat(money.path("right").asInt()).isEqualTo(1);
        Dataset again = Labeller.run(
                desk.datasets(),
                first,
                rules("{field: topic, functions: [{name: refund, label: refund, words: [refund]}]}"));
        assertThat(again.report().path("labelled").path("kept").asInt()).isEqualTo(2);
        assertThat(byText(again).get("my card")).doesNotContainKey("topic"); // no function says so any more
        assertThat(byText(again).get("refund the money")).containsEntry("topic", "refund");
    }

    @Test
    void a_pattern_that_explodes_abstains_and_is_named() throws IOException {
        Dataset dataset = dataset("text\n" + "a".repeat(60) + "\nmy card\nrefund\n");
        Dataset labelled = Labeller.run(desk.datasets(), dataset, rules("""
                functions:
                  - {name: slow, label: a, pattern: "(.*a){12}b"}
                  - {name: card, label: card, words: [card]}
                """));
        assertThat(labelled.report().path("functions").path(0).path("tooSlow").asInt())
                .isEqualTo(1);
        assertThat(labelled.notes())
                .anyMatch(note -> note.contains("the pattern of function \"slow\" takes too long on 1 text"));
    }

    @Test
    void what_cannot_be_labelled_is_refused_and_no_version_is_left() throws IOException {
        Dataset dataset = dataset(TABLE);
        LabellingFunctions elsewhere = rules("functions: [{name: a, column: topik}]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Labeller.run(desk.datasets(), dataset, elsewhere))
                .withMessage("calls@1 has no column \"topik\"; it has none");
        LabellingFunctions alone = rules("functions: [{name: a, label: x, words: [card]}]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Labeller.run(desk.datasets(), dataset, alone))
                .withMessage(
                        "the functions know one label, \"x\", and what is not it has none: add a function for another label, or name it under labels");
        LabellingFunctions silent = rules("{labels: [y], functions: [{name: a, label: x, words: [zebra]}]}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Labeller.run(desk.datasets(), dataset, silent))
                .withMessage(
                        "no function votes on any of the 6 samples of calls@1: see that their words and patterns are in the texts (athanor data show calls)");
        LabellingFunctions shares =
                rules("{balance: {x: 1.0}, labels: [y], functions: [{name: a, label: x, words: [card]}]}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Labeller.run(desk.datasets(), dataset, shares))
                .withMessage("balance gives shares of x, and the labels are y, x: give each its share");
        assertThat(desk.datasets().versions("calls")).hasSize(1);
    }
}
