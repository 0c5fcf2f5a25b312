package dev.athanor.data.label;

import dev.athanor.data.Counted;
import java.util.Arrays;
import java.util.List;

/// Combines the votes of voters of unlike reliability, which it learns from how they agree, without any
/// true label (Dawid and Skene, 1979, Applied Statistics 28(1); as for labelling functions in Ratner et
/// al. 2017, arXiv:1711.10160). Voters err independently of each other, and one that votes is right with
/// a chance of its own, whatever the label; when it errs, all other labels are alike (the one-coin model
/// of Zhang et al. 2016, JMLR 17(102)). That a voter abstains says nothing.
///
/// What a voter says where no other votes is never tested, so there it stays as right as was believed
/// beforehand: each voter's prior counts these votes too. Else one that shares a few samples with others,
/// and differs on them, would be taken for wrong everywhere.
///
/// Letters: K labels; `accuracies[j]` = α_j, the chance that voter j is right when it votes; `balance[k]`
/// = p_k, how frequent label k is; `q[k]` = the chance that k is the label of a sample, given the votes
/// on it.
public final class LabelModel {
    /// Accuracies change less than this between rounds at the end.
    private static final double STEADY = 1e-7;

    private static final int MOST_ROUNDS = 2_000;

    /// Keeps the chance of what no vote has shown yet from being 0 for ever.
    private static final double LEAST = 1e-6;

    /// What is believed of voters and labels before their votes.
    ///
    /// @param balance of the labels
    /// @param right votes that each voter is thought to have got right before
    /// @param wrong votes that it is thought to have got wrong
    public record Prior(double[] balance, BalanceIs balanceIs, double right, double wrong) {
        /// Whether the balance is known or only where learning starts.
        public enum BalanceIs {
            KNOWN,
            LEARNT
        }

        /// Seven votes of ten right: Snorkel also starts from 0.7. A voter that never meets another stays
        /// there.
        public static Prior of(double[] balance, BalanceIs balanceIs) {
            return new Prior(balance, balanceIs, 7, 3);
        }

        boolean isHeld() {
            return right + wrong > 0;
        }

        public Prior {
            if (balance.length < 2) {
                throw new IllegalArgumentException(
                        "%s: a label model chooses between at least 2".formatted(Counted.of(balance.length, "label")));
            }
        }
    }

    private final double[] accuracies;
    private final double[] balance;
    private final int rounds;

    private LabelModel(double[] accuracies, double[] balance, int rounds) {
        this.accuracies = accuracies;
        this.balance = balance;
        this.rounds = rounds;
    }

    /// Learns by expectation and maximisation. The numbers are those of Dawid and Skene's equations.
    public static LabelModel fit(Ballots ballots, Prior prior) {
        List<Ballots.Kind> kinds = ballots.kinds();
        double[] accuracies = new double[ballots.voters()];
        Arrays.fill(accuracies, start(prior));
        LabelModel model = new LabelModel(accuracies, prior.balance().clone(), 0);
        for (int round = 1; round <= MOST_ROUNDS; round++) {
            LabelModel next = model.improved(kinds, prior, round);
            double change = 0;
            for (int voter = 0; voter < accuracies.length; voter++) {
                change = Math.max(change, Math.abs(next.accuracies[voter] - model.accuracies[voter]));
            }
            model = next;
            if (change < STEADY) {
                break;
            }
        }
        return model;
    }

    /// Equal accuracies make the first round a majority vote, as Dawid and Skene begin.
    private static double start(Prior prior) {
        return prior.isHeld() ? prior.right() / (prior.right() + prior.wrong()) : 0.7;
    }

    private LabelModel improved(List<Ballots.Kind> kinds, Prior prior, int round) {
        double[] right = new double[accuracies.length];
        double[] all = new double[accuracies.length];
        double[] shares = new double[balance.length];
        double samples = 0;
        for (Ballots.Kind kind : kinds) {
            double[] q = chances(kind.votes()); // (2.5)
            boolean untested = prior.isHeld() && kind.voting() == 1;
            for (int voter = 0; voter < right.length; voter++) {
                int vote = kind.votes()[voter];
                if (vote != Ballots.ABSTAINS) {
                    right[voter] += kind.count() * (untested ? start(prior) : q[vote]);
                    all[voter] += kind.count();
                }
            }
            for (int label = 0; label < q.length; label++) {
                shares[label] += kind.count() * q[label];
            }
            samples += kind.count();
        }
        double[] learnt = new double[accuracies.length];
        for (int voter = 0; voter < learnt.length; voter++) { // (2.3), one rate for each voter, and the prior
            double votes = prior.right() + prior.wrong() + all[voter];
            learnt[voter] = votes == 0 ? accuracies[voter] : bounded((prior.right() + right[voter]) / votes);
        }
        if (prior.balanceIs() == Prior.BalanceIs.KNOWN || samples == 0) {
            return new LabelModel(learnt, balance, round);
        }
        for (int label = 0; label < shares.length; label++) { // (2.4)
            shares[label] = bounded(shares[label] / samples);
        }
        return new LabelModel(learnt, shares, round);
    }

    private static double bounded(double chance) {
        return Math.clamp(chance, LEAST, 1 - LEAST);
    }

    /// How likely each label is for a sample with these votes: (2.5), in logarithms.
    public double[] chances(int[] votes) {
        double[] q = new double[balance.length];
        double highest = Double.NEGATIVE_INFINITY;
        for (int label = 0; label < q.length; label++) {
            q[label] = Math.log(balance[label]);
            for (int voter = 0; voter < votes.length; voter++) {
                if (votes[voter] != Ballots.ABSTAINS) {
                    q[label] += Math.log(
                            votes[voter] == label ? accuracies[voter] : (1 - accuracies[voter]) / (balance.length - 1));
                }
            }
            highest = Math.max(highest, q[label]);
        }
        double sum = 0;
        for (int label = 0; label < q.length; label++) {
            q[label] = Math.exp(q[label] - highest);
            sum += q[label];
        }
        for (int label = 0; label < q.length; label++) {
            q[label] /= sum;
        }
        return q;
    }

    /// How often a voter is right when it votes, as estimated.
    public double accuracy(int voter) {
        return accuracies[voter];
    }

    /// How frequent a label is.
    public double balance(int label) {
        return balance[label];
    }

    /// How many rounds it took.
    public int rounds() {
        return rounds;
    }
}
