package dev.athanor.data.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.athanor.data.Seed;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShopTest {
    private static final List<String> FILES = List.of(
            Shop.README,
            Shop.PRODUCTS,
            Shop.COPY_ENGLISH,
            Shop.COPY_CHINESE,
            Shop.FAQ,
            Shop.DIALOGUES,
            Shop.STORIES_ENGLISH,
            Shop.STORIES_CHINESE,
            Shop.NEWS,
            Shop.CLICKS,
            Shop.CHAT,
            Shop.CUSTOMERS,
            Shop.HIDDEN,
            Shop.EVENTS,
            Shop.NEWS_STREAM,
            Shop.LETTERS);

    @TempDir
    private Path folder;

    @Test
    void the_same_seed_gives_the_same_files_byte_for_byte() throws IOException {
        new Shop(new Seed(7), 60).write(folder.resolve("one"));
        new Shop(new Seed(7), 60).write(folder.resolve("two"));
        for (String file : FILES) {
            assertThat(folder.resolve("one").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("two").resolve(file));
        }
    }

    @Test
    void another_seed_gives_other_files_but_for_what_is_written_by_hand() throws IOException {
        new Shop(new Seed(1), 20).write(folder.resolve("one"));
        new Shop(new Seed(2), 20).write(folder.resolve("two"));
        for (String file : FILES) {
            boolean same = Files.mismatch(
                            folder.resolve("one").resolve(file),
                            folder.resolve("two").resolve(file))
                    < 0;
            assertThat(same)
                    .as(file)
                    .isEqualTo(List.of(Shop.README, Shop.PRODUCTS).contains(file));
        }
    }

    @Test
    void nothing_of_the_grammar_is_left_in_what_it_writes() {
        Shop shop = Shop.usual();
        for (Language language : Language.values()) {
            assertThat(new Advertising(shop.seed(), 1500).copy(language)).doesNotContain("{", "}", "$", "null");
            assertThat(shop.stories(language)).doesNotContain("{", "}", "$", "null");
            assertThat(shop.messages(language)).doesNotContain("{", "}", "$", "null");
        }
        Conversations conversations = new Conversations(shop.seed(), 1500);
        assertThat(conversations.faq()).doesNotContain("$", "null", "{name", "\"\"answer");
        assertThat(conversations.dialogues()).doesNotContain("$", "null", "{name");
        assertThat(conversations.chat()).doesNotContain("$", "null", "{name");
        assertThat(new NewsStream(shop.seed(), 1500).messages()).doesNotContain("$", "null", "{name", "{shop");
        assertThat(new Letters(shop.seed(), 1500).letters()).doesNotContain("$", "null", "{name", " | ");
    }

    @Test
    void every_choice_of_every_tone_and_season_can_be_written() {
        for (Language language : Language.values()) {
            Grammar grammar = Grammar.read("copy." + language.code() + ".txt");
            RandomGenerator random = new Seed(3).random();
            for (Product product : Product.list()) {
                for (String tone : language.tones()) {
                    for (String season : language.seasons()) {
                        Map<String, String> values = product.in(language);
                        values.put("tone", tone);
                        values.put("season", season);
                        assertThat(grammar.write(product.isTea() ? "tea" : "ware", values, random))
                                .doesNotContain("{", "}", "  ");
                    }
                }
            }
        }
    }

    @Test
    void there_are_as_many_distinct_texts_as_asked_for_and_the_dirty_rows_beside_them() {
        List<String> rows = new Advertising(new Seed(1), 1500)
                .copy(Language.CHINESE)
                .lines()
                .skip(1)
                .toList();
        assertThat(rows).hasSize(1500 + 1500 / 40);
        assertThat(new HashSet<>(rows)).hasSizeBetween(1500 + 2 * 9, 1500 + 3 * 10);
        assertThat(rows).anyMatch(row -> row.contains("\u0007")).anyMatch(row -> row.startsWith("\"   \""));
    }

    @Test
    void the_chinese_stories_are_in_gb18030() throws IOException {
        Shop shop = new Shop(new Seed(5), 40);
        shop.write(folder.resolve("shop"));
        String read =
                Files.readString(folder.resolve("shop").resolve(Shop.STORIES_CHINESE), Charset.forName("GB18030"));
        assertThat(read).isEqualTo(shop.stories(Language.CHINESE));
    }

    @Test
    void a_shop_without_copy_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Shop(new Seed(1), 0))
                .withMessage("0 pieces of advertising copy: ask for at least 1, usually 1500");
    }

    @Test
    void a_rule_that_is_not_there_is_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grammar.parse("copy", "a\n    {b}\n").write("a", Map.of(), new Seed(1).random()))
                .withMessage("copy has no rule \"b\": there are a");
    }

    @Test
    void a_value_that_hides_a_rule_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grammar.parse("copy", "a\n    {b}\nb\n    c\n")
                        .write("a", Map.of("b", "d"), new Seed(1).random()))
                .withMessage("copy: \"b\" is both a rule and a value: give the rule another name");
    }
}
