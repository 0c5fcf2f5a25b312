package dev.athanor.data.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is planted in the sample business is there: DuckDB reads the files and counts.
final class PlantedTest {
    @TempDir
    private static Path folder;

    private static Connection engine;

    @BeforeAll
    static void write() throws IOException, SQLException {
        Seed seed = new Seed(1);
        Files.writeString(folder.resolve("products.csv"), Grammar.resource("products.csv"));
        Files.writeString(folder.resolve("clicks.csv"), new Advertising(seed, 1500).clicks());
        Files.writeString(folder.resolve("customers.csv"), new Trade(seed, 1500).customers());
        Files.writeString(folder.resolve("hidden.csv"), new Trade(seed, 1500).hidden());
        Files.writeString(folder.resolve("events.csv"), new Trade(seed, 1500).events());
        Files.writeString(folder.resolve("stream.jsonl"), new NewsStream(seed, 1500).messages());
        Files.writeString(folder.resolve("letters.csv"), new Letters(seed, 1500).letters());
        engine = DriverManager.getConnection("jdbc:duckdb:");
        for (String table : List.of("products", "clicks", "customers", "hidden", "letters")) {
            ask("create table %s as from read_csv('%s', header = true)"
                    .formatted(table, folder.resolve(table + ".csv")));
        }
        ask("""
                create table events as select *, row_number() over () as row from read_csv('%s', header = true,
                    types = {time: 'varchar', amount: 'integer', rating: 'integer'})""".formatted(folder.resolve("events.csv")));
        ask("""
                create table stream as from read_json('%s', columns = {id: 'varchar', time: 'varchar',
                    text: 'varchar', language: 'varchar', source: 'varchar', topic: 'varchar', sentiment: 'varchar',
                    entity: 'varchar', product: 'varchar', repost_of: 'varchar'})""".formatted(folder.resolve("stream.jsonl")));
        ask("""
                create table seen as
                select e.*, p.category, p.price, p.category = h.favourite as favourite, p.category = h.second as second
                from events e join hidden h using (customer) left join products p on p.sku = e.product""");
    }

    @AfterAll
    static void close() throws SQLException {
        engine.close();
    }

    private static void ask(String statement) throws SQLException {
        try (var command = engine.createStatement()) {
            command.execute(statement);
        }
    }

    private static double number(String query) throws SQLException {
        return numbers(query).getFirst();
    }

    /// The numbers of the first row.
    private static List<Double> numbers(String query) throws SQLException {
        try (var command = engine.createStatement();
                ResultSet rows = command.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            List<Double> numbers = new ArrayList<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                numbers.add(rows.getDouble(i));
            }
            return numbers;
        }
    }

    @Test
    void clicks_come_as_often_as_tone_season_and_price_say() throws SQLException {
        // Expected clicks by the formula of the README, written once more in SQL.
        String expected = """
                shown / (1 + exp(3.2
                - case language || tone when 'enwarm' then 0.2 when 'enplayful' then 0.5 when 'enplain' then -0.4
                    when 'zh温暖' then 0.5 when 'zh典雅' then 0.2 when 'zh平实' then -0.4 else 0 end
                - case when season = shown_in then 0.5 else 0 end
                - case when own then 0.3 else 0 end + 0.6 * ln(price / 100)))""";
        ask("create or replace view pieces as select c.*, coalesce(c.tone in (p.tone, p.tone_zh), false) as own, "
                + "p.name is not null as known from clicks c left join products p on c.product in (p.name, p.name_zh)");
        assertThat(number("select count(*) from pieces where known")).isEqualTo(3000);
        for (String part : List.of(
                "true",
                "tone in ('playful', '俏皮')",
                "tone in ('plain', '平实')",
                "language = 'zh' and tone = '温暖'",
                "season = shown_in",
                "season <> shown_in",
                "own",
                "price > 150",
                "price < 60")) {
            List<Double> row = numbers("select sum(clicked), sum(%s) from pieces where %s".formatted(expected, part));
            // Counts that are sums of independent draws are within four standard deviations, and these below the root.
            assertThat(row.get(0)).as(part).isCloseTo(row.get(1), within(4 * Math.sqrt(row.get(1))));
        }
        List<Double> fits = numbers("""
                select sum(clicked) filter (season = shown_in) / sum(shown) filter (season = shown_in),
                    sum(clicked) filter (season <> shown_in) / sum(shown) filter (season <> shown_in)
                from pieces""");
        assertThat(fits.get(0)).isGreaterThan(1.4 * fits.get(1));
    }

    @Test
    void about_twenty_thousand_events_stand_in_the_order_of_time_within_ninety_days() throws SQLException {
        assertThat(number("select count(*) from events")).isBetween(17_000.0, 25_000.0);
        assertThat(numbers("select count(distinct time[:10]), count(*) filter (time < before) from "
                        + "(select time, lag(time) over (order by row) as before from events)"))
                .containsExactly(90.0, 0.0);
        assertThat(numbers("select (min(time) >= '2026-03-02')::int, (max(time) < '2026-05-31')::int from events"))
                .containsExactly(1.0, 1.0);
    }

    @Test
    void every_event_says_what_belongs_to_it() throws SQLException {
        assertThat(number("select count(*) from events where event not in ('view', 'search', 'basket', 'buy', 'rate')"))
                .isZero();
        assertThat(number("select count(*) from events e left join products p on p.sku = e.product where "
                        + "(event = 'search') <> (p.sku is null) or (event = 'search') <> (query is not null)"))
                .isZero();
        assertThat(number(
                        "select count(*) from seen where (event = 'buy') <> coalesce(amount in (price, 2 * price), false)"
                                + " or (event = 'rate') <> coalesce(rating between 1 and 5, false)"))
                .isZero();
        assertThat(number("select count(*) from events where customer not in (select customer from customers)"))
                .isZero();
    }

    @Test
    void customers_look_at_buy_and_like_what_the_hidden_file_says() throws SQLException {
        // The favourite's share: 60 of 100, and what it has of the quarter that is anything (4 to 6 of 42 products).
        List<Double> views = numbers("select avg(favourite::int), avg(second::int) from seen where event = 'view'");
        assertThat(views.get(0)).isBetween(0.60, 0.66);
        assertThat(views.get(1)).isBetween(0.15, 0.20);
        List<Double> baskets = numbers("""
                select count(*) filter (favourite and event = 'basket') / count(*) filter (favourite and event = 'view'),
                    count(*) filter (rest and event = 'basket') / count(*) filter (rest and event = 'view')
                from (select *, not favourite and not second as rest from seen)""");
        assertThat(baskets.get(0)).isGreaterThan(0.25); // those of tins that were empty beside them
        assertThat(baskets.get(1)).isCloseTo(0.06, within(0.02));
        List<Double> ratings = numbers("select avg(rating) filter (favourite), avg(rating) filter (second),"
                + " avg(rating) filter (not favourite and not second) from seen where event = 'rate'");
        assertThat(ratings.get(0)).isCloseTo(4.5, within(0.15));
        assertThat(ratings.get(1)).isCloseTo(4.0, within(0.3));
        assertThat(ratings.get(2)).isCloseTo(3.0, within(0.6));
    }

    @Test
    void a_favourite_tea_is_bought_again_after_three_weeks_by_half() throws SQLException {
        // Purchases of the first 60 days that have another of the same after 17 to 25 days (and a little).
        double again = number("select avg(exists(select 1 from seen b where b.event = 'buy' and b.customer = a.customer"
                + " and b.product = a.product and b.time[:19]::timestamp - a.time[:19]::timestamp"
                + " between interval '16 days 20 hours' and interval '25 days 4 hours')::int)"
                + " from seen a where event = 'buy' and favourite and time < '2026-05-01'");
        assertThat(again).isBetween(0.5, 0.75);
    }

    @Test
    void saturdays_are_the_busiest_and_mondays_the_quietest() throws SQLException {
        String day = "select count(*) from events where event = 'view' and dayname(time[:19]::timestamp) = '%s'";
        double saturdays = number(day.formatted("Saturday"));
        double mondays = number(day.formatted("Monday"));
        assertThat(saturdays / mondays).isCloseTo(1.5 / 0.6, within(0.3)); // 13 of each in the quarter
    }

    @Test
    void complaints_about_one_product_rise_tenfold_within_two_days_and_fade() throws SQLException {
        String count =
                "select count(*) from stream where product = 'D03' and topic = 'quality' and repost_of = '' and time[:10] between '%s' and '%s'";
        double usual = number(count.formatted("2026-03-02", "2026-04-30")) / 60;
        assertThat(usual).isCloseTo(2, within(0.6));
        assertThat(number(count.formatted("2026-05-01", "2026-05-01"))).isBetween(3.0, 16.0);
        assertThat(number(count.formatted("2026-05-02", "2026-05-02"))).isBetween(20 - 3 * 4.5, 20 + 3 * 4.5);
        assertThat(number(count.formatted("2026-05-02", "2026-05-05")))
                .isGreaterThan(4 * number(count.formatted("2026-05-12", "2026-05-15")));
        assertThat(
                        number(
                                "select count(*) from stream where product = 'D03' and topic = 'quality' and sentiment <> 'negative'"))
                .isZero();
    }

    @Test
    void the_evening_of_lanterns_is_a_burst_and_no_complaint() throws SQLException {
        List<Double> events = numbers(
                "select count(*) filter (time[:10] = '2026-04-10'), count(*) / 90,"
                        + " count(*) filter (time[:10] = '2026-04-10' and sentiment <> 'positive') from stream where topic = 'event'");
        assertThat(events.get(0)).isGreaterThan(6 * events.get(1));
        assertThat(events.get(2)).isZero();
    }

    @Test
    void a_repost_names_an_earlier_message_that_it_resembles_and_nothing_else_repeats_another() throws SQLException {
        assertThat(number("select count(*) from stream")).isBetween(2_000.0, 3_000.0);
        List<Double> reposts =
                numbers("select count(*), count(*) filter (o.time < r.time), count(*) filter (o.repost_of = ''),"
                        + " count(*) filter (o.product = r.product and o.topic = r.topic),"
                        + " count(*) filter (levenshtein(o.text, r.text) <= 30), count(*) filter (o.text = r.text)"
                        + " from stream r left join stream o on o.id = r.repost_of where r.repost_of <> ''");
        assertThat(reposts.getFirst()).isBetween(200.0, 500.0);
        assertThat(reposts.subList(1, 5)).containsOnly(reposts.getFirst());
        assertThat(reposts.getLast()).isBetween(0.1 * reposts.getFirst(), 0.4 * reposts.getFirst());
        assertThat(number("select count(*) - count(distinct text) from stream where repost_of = ''"))
                .isZero();
    }

    @Test
    void letters_say_where_their_personal_data_stands_and_its_check_digits_are_right() throws SQLException {
        Map<String, Integer> kinds = new HashMap<>();
        int clean = 0;
        try (var command = engine.createStatement();
                ResultSet rows = command.executeQuery("select text, planted from letters")) {
            while (rows.next()) {
                String text = rows.getString(1);
                JsonNode planted = JsonMapper.shared().readTree(rows.getString(2));
                clean += planted.isEmpty() ? 1 : 0;
                for (JsonNode piece : planted) {
                    String value = piece.path("value").asString();
                    assertThat(text.substring(
                                    piece.path("begin").asInt(),
                                    piece.path("end").asInt()))
                            .isEqualTo(value);
                    check(piece.path("kind").asString(), value);
                    kinds.merge(piece.path("kind").asString(), 1, Integer::sum);
                }
            }
        }
        assertThat(kinds).containsOnlyKeys("email", "phone", "ip", "card", "id", "name", "address");
        assertThat(kinds.values()).allSatisfy(count -> assertThat(count).isGreaterThanOrEqualTo(10));
        assertThat(clean).isBetween(60, 140); // a third of 300
    }

    private static void check(String kind, String value) {
        String digits = value.replaceAll("[^0-9X]", "");
        switch (kind) {
            case "email" -> assertThat(value).matches("[a-z.]+\\d\\d@example\\.(com|org|net)");
            case "phone" -> assertThat(digits).matches("1?\\d{3}55501\\d\\d|(86)?1990000\\d{4}");
            case "ip" -> assertThat(value).matches("(192\\.0\\.2|198\\.51\\.100|203\\.0\\.113)\\.\\d{1,3}");
            case "card" -> assertThat(luhn(digits)).as(value).isZero();
            case "id" -> assertThat(residue(digits)).as(value).isEqualTo(1);
            case "name", "address" -> assertThat(value).isNotBlank();
            default -> fail("a kind that is not documented: " + kind);
        }
    }

    /// From the right, every second digit counts as the digit sum of its double; a right number comes to 0.
    private static int luhn(String digits) {
        int[] doubled = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9};
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 1 ? doubled[digit] : digit;
        }
        return sum % 10;
    }

    /// ISO 7064, MOD 11-2: a right number comes to 1.
    private static int residue(String digits) {
        int rest = 0;
        for (char c : digits.toCharArray()) {
            rest = (2 * rest + (c == 'X' ? 10 : c - '0')) % 11;
        }
        return rest;
    }
}
