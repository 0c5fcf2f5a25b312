package dev.athanor.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.Seed;
import dev.athanor.data.text.Special;
import dev.athanor.model.LanguageConfig;
import dev.athanor.model.Lstm;
import dev.athanor.model.SampleFormat;
import dev.athanor.model.SampleFormat.Arrangement;
import dev.athanor.model.Transformer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenBatchesTest {
    private static final int BEGIN = Special.BEGIN.id();
    private static final int END = Special.END.id();
    private static final int FIELD = Special.FIELD.id();
    private static final int VALUE = Special.VALUE.id();
    private static final int TEXT = Special.TEXT.id();

    private static Corpus corpus(int[]... samples) {
        List<Integer> tokens = new ArrayList<>();
        int[] starts = new int[samples.length + 1];
        for (int i = 0; i < samples.length; i++) {
            for (int token : samples[i]) {
                tokens.add(token);
            }
            starts[i + 1] = tokens.size();
        }
        return new Corpus(tokens.stream().mapToInt(Integer::intValue).toArray(), starts, 1, 1);
    }

    private static List<Integer> asked(List<TokenBatch> batches) {
        List<Integer> asked = new ArrayList<>();
        for (TokenBatch batch : batches) {
            for (int target : batch.targets()) {
                if (target != TokenBatch.IGNORED) {
                    asked.add(target);
                }
            }
        }
        return asked;
    }

    @Test
    void fields_are_given_and_only_the_text_behind_them_is_asked_for() {
        Corpus corpus = corpus(
                new int[] {BEGIN, FIELD, 10, VALUE, 11, TEXT, 20, 21, END}, new int[] {BEGIN, TEXT, 30, 31, END});
        SampleFormat format = new SampleFormat(Arrangement.DOCUMENTS, List.of("kind"));
        List<TokenBatch> batches = TokenBatches.once(corpus, Transformer.Config.of(64, 32, 1, 1, 8), format, 2);
        assertThat(asked(batches)).containsExactlyInAnyOrder(20, 21, END, 30, 31, END);
        assertThat(batches.getFirst().inputs())
                .contains(FIELD, 10, VALUE, 11, TEXT)
                .doesNotContain(~FIELD, ~BEGIN);
    }

    @Test
    void every_token_of_a_stream_is_asked_for_once_but_the_first() {
        int[] text = new int[101];
        for (int i = 0; i < text.length; i++) {
            text[i] = 100 + i;
        }
        SampleFormat format = new SampleFormat(Arrangement.STREAM, List.of());
        for (LanguageConfig config : List.of(Transformer.Config.of(256, 16, 1, 1, 8), new Lstm.Config(256, 16, 1, 8))) {
            List<Integer> asked = asked(TokenBatches.once(corpus(text), config, format, 1));
            assertThat(asked).hasSize(100).doesNotHaveDuplicates().doesNotContain(100);
        }
    }

    @Test
    void a_sample_longer_than_the_context_is_cut_without_loss() {
        int[] text = new int[50];
        for (int i = 0; i < text.length; i++) {
            text[i] = 100 + i;
        }
        SampleFormat format = new SampleFormat(Arrangement.DOCUMENTS, List.of());
        List<TokenBatch> batches = TokenBatches.once(corpus(text), Transformer.Config.of(256, 16, 1, 1, 8), format, 4);
        assertThat(asked(batches)).hasSize(49).doesNotHaveDuplicates();
    }

    @Test
    void samples_read_alone_share_no_window_and_lose_nothing() {
        int[] shortOne = {BEGIN, 20, 21, END};
        int[] longOne = new int[50];
        for (int i = 0; i < longOne.length; i++) {
            longOne[i] = 100 + i;
        }
        SampleFormat format = new SampleFormat(Arrangement.SEPARATE, List.of());
        List<TokenBatch> batches =
                TokenBatches.once(corpus(shortOne, longOne), Transformer.Config.of(256, 16, 1, 1, 8), format, 1);
        assertThat(batches).hasSize(5);
        assertThat(batches.getFirst().inputs()).startsWith(BEGIN, 20, 21).doesNotContain(100);
        assertThat(asked(batches)).hasSize(3 + 49).doesNotHaveDuplicates();
    }

    @Test
    void an_epoch_of_documents_shows_each_once_and_a_batch_depends_on_its_number_alone() {
        int[][] samples = new int[12][];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = new int[] {BEGIN, 100 + i, 120 + i, 140 + i, 160 + i, 180 + i, END};
        }
        SampleFormat format = new SampleFormat(Arrangement.DOCUMENTS, List.of());
        LanguageConfig config = Transformer.Config.of(256, 8, 1, 1, 8);
        TokenBatches batches =
                TokenBatches.training(corpus(samples), config, format, new TokenBatches.Order(3, new Seed(5)));
        assertThat(batches.perEpoch()).isEqualTo(4);
        List<TokenBatch> epoch = List.of(batches.batch(0), batches.batch(1), batches.batch(2), batches.batch(3));
        assertThat(asked(epoch))
                .filteredOn(token -> token >= 100 && token < 120)
                .hasSize(12)
                .doesNotHaveDuplicates();
        assertThat(batches.batch(2).inputs()).isEqualTo(epoch.get(2).inputs());
        assertThat(batches.batch(6).inputs()).isNotEqualTo(epoch.get(2).inputs());
    }
}
