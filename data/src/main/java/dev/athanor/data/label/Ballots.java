package dev.athanor.data.label;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The votes of several voters on many samples, counted by which votes fall together: what [LabelModel]
/// learns from does not grow with the samples.
public final class Ballots {
    /// A voter that says nothing.
    public static final int ABSTAINS = -1;

    /// Kinds beyond this are not learnt from: 200,000 of 20 votes take about 30 MB.
    private static final int MOST_KINDS = 200_000;

    /// Votes that fell together, and how often.
    record Kind(int[] votes, long count) {
        int voting() {
            return (int) Arrays.stream(votes).filter(vote -> vote != ABSTAINS).count();
        }
    }

    private final Map<String, Long> kinds = new LinkedHashMap<>();
    private final long[] votes;
    private final long[] overlaps;
    private final long[] conflicts;
    private long samples;
    private long covered;
    private long left;

    /// @param voters how many there are
    public Ballots(int voters) {
        votes = new long[voters];
        overlaps = new long[voters];
        conflicts = new long[voters];
    }

    /// Takes the votes on one sample: a label's number or [#ABSTAINS], for each voter.
    public void add(int[] ballot) {
        samples++;
        int voting = 0;
        for (int vote : ballot) {
            voting += vote == ABSTAINS ? 0 : 1;
        }
        if (voting == 0) {
            return;
        }
        covered++;
        for (int voter = 0; voter < ballot.length; voter++) {
            if (ballot[voter] != ABSTAINS) {
                votes[voter]++;
                overlaps[voter] += voting > 1 ? 1 : 0;
                conflicts[voter] += isContradicted(ballot, voter) ? 1 : 0;
            }
        }
        String key = key(ballot);
        if (kinds.size() < MOST_KINDS || kinds.containsKey(key)) {
            kinds.merge(key, 1L, Long::sum);
        } else {
            left++;
        }
    }

    private static boolean isContradicted(int[] ballot, int voter) {
        for (int vote : ballot) {
            if (vote != ABSTAINS && vote != ballot[voter]) {
                return true;
            }
        }
        return false;
    }

    private static String key(int[] ballot) {
        char[] key = new char[ballot.length];
        for (int voter = 0; voter < key.length; voter++) {
            key[voter] = (char) (ballot[voter] + 1);
        }
        return new String(key);
    }

    /// In the order in which they were first seen.
    List<Kind> kinds() {
        List<Kind> all = new ArrayList<>(kinds.size());
        kinds.forEach((key, count) ->
                all.add(new Kind(key.chars().map(c -> c - 1).toArray(), count)));
        return all;
    }

    int voters() {
        return votes.length;
    }

    public long samples() {
        return samples;
    }

    /// Samples on which anyone votes.
    public long covered() {
        return covered;
    }

    /// Samples of kinds beyond what is learnt from.
    public long left() {
        return left;
    }

    /// Samples that a voter votes on.
    public long votes(int voter) {
        return votes[voter];
    }

    /// Samples that it and another vote on.
    public long overlaps(int voter) {
        return overlaps[voter];
    }

    /// Samples that it and another vote on, and differ.
    public long conflicts(int voter) {
        return conflicts[voter];
    }
}
