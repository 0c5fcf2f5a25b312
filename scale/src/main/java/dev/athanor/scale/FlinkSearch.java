package dev.athanor.scale;

import dev.athanor.data.duplicate.EqualOnly;
import dev.athanor.data.duplicate.Likeness;
import dev.athanor.data.duplicate.Named;
import dev.athanor.data.duplicate.Pair;
import dev.athanor.data.duplicate.Search;
import dev.athanor.data.duplicate.Verified;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// A search for duplicates on Flink, in two bounded jobs. In the first, workers look at ranges of rows, and
/// those of a part of all contents find which are equal. In the second, keys go to the workers of their parts,
/// who propose pairs, and pairs to those of their first rows, who compare them.
final class FlinkSearch implements Search {
    private final Flink flink;
    private final SearchWork work;
    private final Path scratch;
    private final RangeRows names;
    private long compared;

    /// @param scratch an empty folder that all workers see
    FlinkSearch(Flink flink, Likeness likeness, List<RowRange> ranges, Path scratch) throws IOException {
        this.flink = flink;
        this.scratch = scratch;
        int rows = Math.toIntExact(ranges.stream().mapToLong(RowRange::rows).sum());
        this.work = new SearchWork(WorkFolder.of(scratch), ranges, likeness, rows);
        this.names = work.rows(SearchWork.NAMES);
    }

    @Override
    public void look(Pass pass, Optional<Taker> also) throws IOException {
        Job job = new Job(flink, "look for equal ones", scratch);
        job.run(Job.parts(job.pieces(work.ranges().size(), new LookAtRange(work)), new EqualContents(work.folder())));
        if (also.isPresent()) {
            pass.through(also.get());
        }
    }

    @Override
    public void equal(EqualRows equals) throws IOException {
        EqualContents found = new EqualContents(work.folder());
        BitSet repeated = new BitSet();
        for (int part = 0; part < Search.PARTS; part++) {
            long[] rows = found.found(part);
            for (int i = 0; i < rows.length; i += 2) {
                repeated.set((int) rows[i + 1]);
                equals.take((int) rows[i], (int) rows[i + 1]);
            }
        }
        Marks.write(work.folder().marks(0), repeated);
    }

    @Override
    public void similar(Wanted wanted, SimilarRows similars) throws IOException {
        if (work.likeness() instanceof EqualOnly) {
            return;
        }
        Job job = new Job(flink, "look for similar ones", scratch);
        Verify verify = new Verify(work);
        job.run(Job.parts(
                Job.parts(job.pieces(work.ranges().size(), new SendKeys(work)), new Propose(work.rows(), wanted)),
                verify));
        for (int part = 0; part < Search.PARTS; part++) {
            Verified found = verify.found(part);
            compared += found.compared();
            for (Pair pair : found.pairs()) {
                similars.take(pair);
            }
        }
    }

    @Override
    public Named named(int row) throws IOException {
        return Named.of(names.get(row));
    }

    @Override
    public long compared() {
        return compared;
    }

    @Override
    public void close() throws IOException {
        names.close();
    }
}
