package dev.athanor.scale;

import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceEnumerator;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/// The numbers of pieces of work, each given to the worker that asks next: a quick one gets more of them than
/// a slow one. (Flink's own source of numbers gives each worker as many as any other, at the start.)
final class Numbers implements Source<Long, NumberSequenceSplit, Collection<NumberSequenceSplit>> {
    private final int count;
    private final NumberSequenceSource sequence;

    /// From 0 to below a count.
    Numbers(int count) {
        this.count = count;
        this.sequence = new NumberSequenceSource(0, count - 1L);
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> createEnumerator(
            SplitEnumeratorContext<NumberSequenceSplit> context) {
        List<NumberSequenceSplit> splits = LongStream.range(0, count)
                .mapToObj(number -> new NumberSequenceSplit(Long.toString(number), number, number))
                .toList();
        return new IteratorSourceEnumerator<>(context, splits);
    }

    @Override
    public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> restoreEnumerator(
            SplitEnumeratorContext<NumberSequenceSplit> context, Collection<NumberSequenceSplit> checkpoint) {
        return sequence.restoreEnumerator(context, checkpoint);
    }

    @Override
    public SourceReader<Long, NumberSequenceSplit> createReader(SourceReaderContext context) {
        return sequence.createReader(context);
    }

    @Override
    public SimpleVersionedSerializer<NumberSequenceSplit> getSplitSerializer() {
        return sequence.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Collection<NumberSequenceSplit>> getEnumeratorCheckpointSerializer() {
        return sequence.getEnumeratorCheckpointSerializer();
    }
}
