package dev.athanor.data.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.athanor.data.Seed;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalFinderTest {
    private static final List<PersonalKind> NUMBERS =
            List.of(PersonalKind.EMAIL, PersonalKind.PHONE, PersonalKind.IP, PersonalKind.CARD, PersonalKind.ID);

    private final PersonalFinder finder = new PersonalFinder(NUMBERS);

    /// Of what was planted and what was found, for one kind.
    private record Score(int planted, int found, int both) {
        Score plus(Score other) {
            return new Score(planted + other.planted, found + other.found, both + other.both);
        }

        double precision() {
            return found == 0 ? 1 : (double) both / found;
        }

        double recall() {
            return planted == 0 ? 1 : (double) both / planted;
        }
    }

    @Test
    void nearly_all_that_is_planted_is_found_and_nearly_nothing_else() {
        Planted planted = new Planted(new Seed(2026).branch("planted").random());
        holds(finder, NUMBERS, planted::text);
    }

    @Test
    void names_and_addresses_are_found_where_the_finders_claim_it_and_nearly_nowhere_else() {
        PlantedPeople planted =
                new PlantedPeople(new Seed(2026).branch("people").random());
        List<PersonalKind> people = List.of(PersonalKind.NAME, PersonalKind.ADDRESS);
        holds(new PersonalFinder(people), people, planted::text);
    }

    private static void holds(PersonalFinder finder, List<PersonalKind> kinds, Supplier<Planted.Text> planted) {
        Map<PersonalKind, Score> scores = new EnumMap<>(PersonalKind.class);
        List<String> errors = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            Planted.Text text = planted.get();
            List<Place> found = places(finder.find(text.text()));
            List<Place> expected = places(text.expected());
            for (Place place : expected) {
                int both = found.contains(place) ? 1 : 0;
                scores.merge(place.kind(), new Score(1, 0, both), Score::plus);
            }
            found.forEach(place -> scores.merge(place.kind(), new Score(0, 1, 0), Score::plus));
            if (!found.equals(expected)) {
                errors.add("%s: expected %s, found %s".formatted(text.text().replace("\n", "\\n"), expected, found));
            }
        }
        assertThat(scores.keySet()).containsExactlyElementsOf(kinds);
        for (Map.Entry<PersonalKind, Score> entry : scores.entrySet()) {
            String what = "%s %s, for example%n%s"
                    .formatted(
                            entry.getKey(),
                            entry.getValue(),
                            String.join("\n", errors.subList(0, Math.min(25, errors.size()))));
            assertThat(entry.getValue().planted()).as(what).isGreaterThan(800);
            assertThat(entry.getValue().precision()).as(what).isGreaterThanOrEqualTo(0.99);
            assertThat(entry.getValue().recall()).as(what).isGreaterThanOrEqualTo(0.98);
        }
    }

    private record Place(PersonalKind kind, int begin, int end) {}

    private static List<Place> places(List<Found> found) {
        return found.stream()
                .map(piece -> new Place(piece.kind(), piece.begin(), piece.end()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            EMAIL | 邮箱Zhang.San@QQ.com，谢谢                | zhang.san@qq.com
            EMAIL | <mailto:a@b.co>                          | a@b.co
            PHONE | 电话138 1234 5678                        | +8613812345678
            PHONE | 138-1234-5678                            | +8613812345678
            PHONE | (+86) 13812345678                        | +8613812345678
            PHONE | 0086 13812345678                         | +8613812345678
            PHONE | 座机 01088886666                         | +861088886666
            PHONE | （0571）8765 4321                        | +8657187654321
            PHONE | 0755-83331234-801                        | +8675583331234
            PHONE | call 2125550123 now                      | +12125550123
            PHONE | +44 (0) 20 7946 0958                     | +442079460958
            PHONE | 联系电话：88886666                       | 88886666
            PHONE | 联系电话：400-820-8820                   | +864008208820
            PHONE | 客服热线4008208820                       | +864008208820
            PHONE | 拨打400 8208 820                         | +864008208820
            PHONE | 电话：4008-208-820                       | +864008208820
            IP    | from 10.0.0.5:8080                       | 10.0.0.5
            IP    | 2001:DB8::8a2e:370:7334                  | 2001:db8::8a2e:370:7334
            CARD  | 卡号6222 0212 3456 7890 128              | 6222021234567890128
            CARD  | 4111-1111-1111-1111, 12/26               | 4111111111111111
            CARD  | 371449635398431                          | 371449635398431
            ID    | 身份证11010519491231002x。               | 11010519491231002X
            ID    | 110105 19491231 002X                     | 11010519491231002X
            """)
    void each_way_of_writing_leads_to_one_value(PersonalKind kind, String text, String value) {
        assertThat(finder.find(text)).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(kind);
            assertThat(found.value()).isEqualTo(value);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PHONE | 手机１３８１２３４５６７８       | １３８１２３４５６７８   | +8613812345678
            PHONE | 电话：010－62781234，周一        | 010－62781234            | +861062781234
            PHONE | ＋８６　１３８－１２３４－５６７８ | ＋８６　１３８－１２３４－５６７８ | +8613812345678
            PHONE | 138　1234　5678                  | 138　1234　5678          | +8613812345678
            PHONE | １．１３８１２３４５６７８       | １３８１２３４５６７８   | +8613812345678
            PHONE | 1．13812345678                   | 13812345678              | +8613812345678
            EMAIL | 邮箱：zhang.san＠example.com。   | zhang.san＠example.com   | zhang.san@example.com
            EMAIL | ｚｓ＿１＠ｅｘａｍｐｌｅ．ｃｏｍ | ｚｓ＿１＠ｅｘａｍｐｌｅ．ｃｏｍ | zs_1@example.com
            EMAIL | hello！zhang@example.com         | zhang@example.com        | zhang@example.com
            IP    | 来自１０．０．０．５             | １０．０．０．５         | 10.0.0.5
            CARD  | ４１１１１１１１１１１１１１１１ | ４１１１１１１１１１１１１１１１ | 4111111111111111
            ID    | １１０１０５１９４９１２３１００２Ｘ | １１０１０５１９４９１２３１００２Ｘ | 11010519491231002X
            """)
    void full_width_is_found_in_its_place_with_the_half_width_value(
            PersonalKind kind, String text, String place, String value) {
        int begin = text.indexOf(place);
        assertThat(finder.find(text)).containsExactly(new Found(kind, begin, begin + place.length(), value));
    }

    @Test
    void numbers_with_a_full_width_comma_between_are_two() {
        String text = "１３８１２３４５６７８，13912345678";
        assertThat(finder.find(text))
                .containsExactly(
                        new Found(PersonalKind.PHONE, 0, 11, "+8613812345678"),
                        new Found(PersonalKind.PHONE, 12, 23, "+8613912345678"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "订单号１３８１２３４５６７８",
                "１３８１２３４５６７８元",
                "版本１０．２０．３０．４０",
                "４１１１１１１１１１１１１１１２",
                "＠ｚｈａｎｇ",
                "",
                "@",
                "a@b",
                "logo@2x.png",
                "git@github.com:shop/tea.git",
                "https://user:word@host.example/path",
                "127.0.0.1 and ::1 are everywhere",
                "1.2.3.4",
                "256.1.2.3",
                "v10.20.30.40",
                "12:30:45",
                "fe80:",
                "订单号13812345678",
                "400-820-8820",
                "编号4008208820",
                "Order #13812345678",
                "13812345678元",
                "12013812345678",
                "4111111111111112",
                "4111 1111 1111",
                "110105194912310021",
                "110105194913310021",
                "990105194912310025",
                "978-7-111-40701-0",
                "2024-11-12 2024-11-13",
                "0000000000000000",
                "<PHONE_13812345>"
            })
    void what_only_looks_so_is_left(String text) {
        assertThat(finder.find(text)).isEmpty();
    }

    @Test
    void names_are_found_beside_words_that_say_so() {
        PersonalFinder names = new PersonalFinder(List.of(PersonalKind.NAME));
        String text = "Dear Crane & Kettle, Dear Anna Smith, Mr. O'Brien and 王小明先生 wrote. Dear Customer, 联系人：李雷，我叫韩梅梅";
        assertThat(names.find(text).stream().map(found -> text.substring(found.begin(), found.end())))
                .containsExactly("Anna Smith", "O'Brien", "王小明", "李雷", "韩梅梅");
    }

    @Test
    void a_finder_of_nothing_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PersonalFinder(List.of()))
                .withMessage(
                        "no kind of personal data is given: expected some of [EMAIL, PHONE, IP, CARD, ID, NAME, ADDRESS]");
    }
}
