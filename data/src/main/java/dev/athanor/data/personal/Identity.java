package dev.athanor.data.personal;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/// Identity numbers of mainland China: six digits of the region, the day of birth, three of an order, one of a check
/// (GB 11643-1999).
final class Identity {
    /// GB/T 2260: provinces and their like.
    private static final Set<Integer> PROVINCES = Set.of(
            11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61,
            62, 63, 64, 65, 71, 81, 82, 83);

    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "10X98765432";
    private static final int LENGTH = 18;

    private Identity() {}

    static Optional<Found> in(DigitRun run, int from, int to) {
        String digits = run.digits(from, to);
        int end = run.end(to);
        String shape = run.shape(from, to);
        if (digits.length() == LENGTH - 1 && Character.toLowerCase(run.behind(to)) == 'x') {
            digits += "X";
            end++;
        }
        boolean shaped = from == to || (shape.equals("6-8-4") || shape.equals("6-8-3")) && run.hasGaps(from, to, " -");
        boolean followed =
                end < run.text().length() && Mails.isAlphanumeric(run.text().charAt(end));
        return shaped && !followed && isValid(digits)
                ? Optional.of(new Found(PersonalKind.ID, run.begin(from), end, digits))
                : Optional.empty();
    }

    private static boolean isValid(String number) {
        if (number.length() != LENGTH || !PROVINCES.contains(Integer.parseInt(number.substring(0, 2)))) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * (number.charAt(i) - '0');
        }
        return CHECKS.charAt(sum % 11) == number.charAt(LENGTH - 1) && isDay(number.substring(6, 14));
    }

    /// A day since 1900 on which somebody may have been born.
    private static boolean isDay(String digits) {
        int year = Integer.parseInt(digits.substring(0, 4));
        try {
            LocalDate.of(year, Integer.parseInt(digits.substring(4, 6)), Integer.parseInt(digits.substring(6)));
            return year >= 1900 && year < 2100;
        } catch (DateTimeException _) {
            return false;
        }
    }
}
