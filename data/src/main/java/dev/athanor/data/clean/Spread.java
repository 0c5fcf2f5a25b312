package dev.athanor.data.clean;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// How far numbers from 1 on are spread, told from how many lie in each of many narrow buckets: these add up whatever
/// the order, and memory does not grow with the numbers. A bucket is half a hundredth wide, so what is told is right
/// to a quarter of one.
final class Spread {
    private static final double IN_A_LOGARITHM = 200;

    /// The logarithm of the largest number that can be written.
    private static final double MOST = 709;

    private static final int DIGITS = 4;

    private Spread() {}

    /// The name of the bucket that a number is in. Names are in the order of the numbers.
    static String bucket(double number) {
        return "%06d".formatted((int) (Math.clamp(Math.log(number), 0, MOST) * IN_A_LOGARITHM));
    }

    /// Lowest, quartiles and highest; nothing where there are no numbers.
    ///
    /// @param buckets how many numbers are in each, in their order
    static SequencedMap<String, Number> of(SequencedMap<String, Long> buckets) {
        SequencedMap<String, Number> spread = new LinkedHashMap<>();
        if (!buckets.isEmpty()) {
            spread.put("lowest", middle(buckets.firstEntry().getKey()));
            spread.put("a quarter up to", quantile(buckets, 0.25));
            spread.put("half up to", quantile(buckets, 0.5));
            spread.put("three quarters up to", quantile(buckets, 0.75));
            spread.put("highest", middle(buckets.lastEntry().getKey()));
        }
        return spread;
    }

    /// The bucket of the number that a share of all does not exceed.
    private static double quantile(SequencedMap<String, Long> buckets, double share) {
        long all = buckets.values().stream().mapToLong(Long::longValue).sum();
        long wanted = (long) Math.ceil(share * all);
        long seen = 0;
        for (var bucket : buckets.entrySet()) {
            seen += bucket.getValue();
            if (seen >= wanted) {
                return middle(bucket.getKey());
            }
        }
        throw new IllegalStateException("a share above 1");
    }

    private static double middle(String bucket) {
        double number = Math.exp((Integer.parseInt(bucket) + 0.5) / IN_A_LOGARITHM);
        return new BigDecimal(number).round(new MathContext(DIGITS)).doubleValue();
    }
}
