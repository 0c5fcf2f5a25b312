package dev.athanor.model;

import dev.athanor.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Finite scalar quantisation (Mentzer et al. 2023): a vector of D numbers is rounded to the nearest place of a grid
/// that is given and not learnt, so each place is a code and no codebook can collapse.
///
/// Letters: D numbers of a code, of which number d has n_d places; K = Π n_d codes. Code k is the place whose
/// number d is ⌊k / (n_0 · … · n_(d−1))⌋ mod n_d steps from the lowest.
///
/// @param levels n_d, each 2 or more
public record CodeGrid(List<Integer> levels) {
    private static final double SLACK = 1e-3; // so that the outermost places can be reached (ibid., appendix A.1)
    private static final int MOST = 1 << 16; // codes, each an id of the Transformer's vocabulary

    public CodeGrid {
        levels = List.copyOf(levels);
        long codes = levels.isEmpty() ? 0 : 1;
        for (int places : levels) {
            if (places < 2) {
                throw new IllegalArgumentException(
                        "levels are %s: give 2 or more places for each number of a code, usually [8, 5, 5, 5]"
                                .formatted(levels));
            }
            codes = Math.min(MOST + 1L, codes * places);
        }
        if (codes < 1 || codes > MOST) {
            throw new IllegalArgumentException(
                    "levels are %s, which is %s: give a list whose product is at most %d, usually [8, 5, 5, 5]"
                            .formatted(levels, codes < 1 ? "no code" : "more than %d codes".formatted(MOST), MOST));
        }
    }

    /// K.
    public int codes() {
        return levels.stream().reduce(1, (a, b) -> a * b);
    }

    /// D.
    public int numbers() {
        return levels.size();
    }

    /// The places nearest to vectors, numbers from -1 to 1: (…, D) to the same. The gradient passes the rounding as
    /// if it were not there (Bengio, Léonard and Courville 2013).
    public Tensor nearest(Tensor vectors) {
        Tensor half = row(vectors, places -> (places - 1) * (1 + SLACK) / 2);
        Tensor offset = row(vectors, CodeGrid::offset);
        Tensor shift = row(vectors, places -> atanh(offset(places) / ((places - 1) * (1 + SLACK) / 2)));
        Tensor bound = vectors.add(shift).tanh().mul(half).sub(offset); // equation 2: from −⌊n/2⌋ to ⌊(n − 1)/2⌋
        Tensor rounded = bound.add(bound.round().sub(bound).detach());
        return rounded.div(row(vectors, places -> places / 2));
    }

    /// The codes of places: (…, D) to (…) of int64.
    public Tensor codes(Tensor places) {
        Tensor steps =
                places.mul(row(places, n -> n / 2)).add(row(places, n -> n / 2)).round();
        return steps.mul(basis(places)).sum(-1).round().to(torch.ScalarType.Long);
    }

    /// The places of codes: (…) of int64 to (…, D), beside a tensor.
    public Tensor places(Tensor codes) {
        Tensor whole = codes.to(torch.ScalarType.Float).unsqueeze(-1); // exact, since K is small
        Tensor steps = whole.div(basis(whole)).floor();
        Tensor n = row(whole, places -> places);
        steps = steps.sub(steps.div(n).floor().mul(n));
        Tensor half = row(whole, places -> places / 2);
        return steps.sub(half).div(half);
    }

    /// Half a step where the number of places is even: 0 then is one of them (ibid., section 3.1).
    private static double offset(int places) {
        return places % 2 == 0 ? 0.5 : 0;
    }

    private static double atanh(double x) {
        return 0.5 * Math.log((1 + x) / (1 - x));
    }

    @FunctionalInterface
    private interface OfPlaces {
        double number(int places);
    }

    /// (D), beside a tensor.
    private Tensor row(Tensor beside, OfPlaces of) {
        float[] numbers = new float[levels.size()];
        for (int d = 0; d < numbers.length; d++) {
            numbers[d] = (float) of.number(levels.get(d));
        }
        return Tensors.of(numbers, numbers.length).to(beside.device(), torch.ScalarType.Float);
    }

    private Tensor basis(Tensor beside) {
        float[] basis = new float[levels.size()];
        float product = 1;
        for (int d = 0; d < basis.length; d++) {
            basis[d] = product;
            product *= levels.get(d);
        }
        return Tensors.of(basis, basis.length).to(beside.device(), torch.ScalarType.Float);
    }
}
