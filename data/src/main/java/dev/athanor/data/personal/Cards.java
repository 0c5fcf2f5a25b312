package dev.athanor.data.personal;

import java.util.Optional;
import java.util.Set;

/// Numbers of bank and credit cards: an issuer's first digits, a length that it has, and the check digit (ISO/IEC
/// 7812-1, annex B, known as Luhn's).
final class Cards {
    private static final Set<String> SHAPES =
            Set.of("4-4-4-4", "4-4-4-4-1", "4-4-4-4-2", "4-4-4-4-3", "4-6-5", "4-6-4", "6-13", "6-12", "6-10");

    private Cards() {}

    static Optional<Found> in(DigitRun run, int from, int to) {
        String digits = run.digits(from, to);
        boolean shaped = from == to || SHAPES.contains(run.shape(from, to)) && run.hasGaps(from, to, " -");
        if (!shaped
                || !isIssued(digits)
                || !isChecked(digits)
                || digits.chars().distinct().count() < 2) {
            return Optional.empty();
        }
        int begin = run.begin(from);
        return Context.isOther(run.text(), begin) || "#=@/".indexOf(run.before(from)) >= 0
                ? Optional.empty()
                : Optional.of(new Found(PersonalKind.CARD, begin, run.end(to), digits));
    }

    /// The ranges that issuers publish; Visa's numbers of 13 digits are gone, and look like bar codes.
    private static boolean isIssued(String digits) {
        int length = digits.length();
        if (length < 14 || length > 19) {
            return false;
        }
        int two = Integer.parseInt(digits.substring(0, 2));
        int four = Integer.parseInt(digits.substring(0, 4));
        return switch (length) {
            case 14 -> two == 36 || two == 38 || two == 39 || four / 10 >= 300 && four / 10 <= 305; // Diners
            case 15 -> two == 34 || two == 37; // American Express
            case 16 ->
                two / 10 == 4 // Visa
                        || two >= 51 && two <= 55 // Mastercard
                        || four >= 2221 && four <= 2720
                        || four == 6011 // Discover
                        || two == 65
                        || four >= 6440 && four < 6500
                        || four >= 3528 && four <= 3589 // JCB
                        || two == 62; // UnionPay
            case 19 -> two / 10 == 4 || two == 62 || four == 9558 || two == 60 || two == 68; // debit cards in China
            default -> two == 62;
        };
    }

    private static boolean isChecked(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit : 2 * digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }
}
