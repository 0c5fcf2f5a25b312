package dev.athanor.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.DataException;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.Test;

class FailureTest {
    private static final Cluster HERE = new Cluster.Embedded(1);

    private static RuntimeException of(Throwable onWorker) {
        return Failure.of(HERE, new ExecutionException(new JobExecutionException(new JobID(), onWorker)));
    }

    @Test
    void a_refusal_is_told_in_its_own_words_and_not_in_those_of_its_cause() {
        DataException refusal = new DataException(
                "the picture of a.zip: 1.png is damaged: write it again", new IllegalStateException("bad header"));
        assertThat(of(new SuppressRestartsException(refusal)))
                .isInstanceOf(DataException.class)
                .hasMessage("the picture of a.zip: 1.png is damaged: write it again");
    }

    @Test
    void what_else_goes_wrong_is_told_by_where_it_began() {
        assertThat(of(new IllegalStateException("a task", new OutOfMemoryError("Java heap space"))))
                .isInstanceOf(ClusterException.class)
                .hasMessage(
                        "Flink in this program gave up: Java heap space. Its web page or its logs tell more; nothing was written, and the command may be given again");
    }
}
