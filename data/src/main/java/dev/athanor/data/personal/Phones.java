package dev.athanor.data.personal;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Phone numbers. Whether a number can be one, the numbering plans in libphonenumber say; whether it is one, how its
/// digits are grouped and the words before it.
final class Phones {
    private static final int SHORTEST = 7;
    private static final int LONGEST = 17; // 00, fifteen digits (E.164)

    private static final Set<String> MOBILE = Set.of("11", "3-4-4", "3-8", "4-4-3", "3-3-5", "7-4");
    private static final Set<String> LANDLINE = Set.of("3-8", "4-8", "4-7", "3-4-4", "4-4-4", "4-3-4", "3-7");

    /// A landline with an extension behind: `0755-83331234-801`.
    private static final Pattern EXTENDED = Pattern.compile("[34]-[78]-[1-4]");

    private static final Set<String> AMERICAN = Set.of("3-3-4", "1-3-3-4");
    private static final Set<String> LOCAL = Set.of("7", "8", "4-4", "3-4");

    /// Of service numbers, which the whole of mainland China calls alike: `400-820-8820`, `400-8208-820`.
    private static final Set<String> SERVICE = Set.of("3-3-4", "3-4-3", "4-3-3");

    private static final Pattern SERVICES = Pattern.compile("[48]00\\d{7}");

    /// The operators' ranges (Ministry of Industry and Information Technology, numbering plan of 2017 and later).
    private static final Pattern OPERATORS =
            Pattern.compile("1(?:3\\d|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8\\d|9[0-35-9])\\d{8}");

    private static final String NOT_BEFORE = "$￥¥€£#=@/&,*.";

    private final PhoneNumberUtil plans = PhoneNumberUtil.getInstance();

    Optional<Found> in(DigitRun run, int from, int to) {
        String digits = run.digits(from, to);
        if (digits.length() < SHORTEST || digits.length() > LONGEST) {
            return Optional.empty();
        }
        int begin = begin(run, from, to);
        String value = international(run, from, digits);
        value = value.isEmpty() ? mainland(run, from, to) : value;
        value = value.isEmpty() ? american(run, from, to) : value;
        boolean is = value.isEmpty()
                ? isBare(run, from, to) && Context.isPhone(run.text(), begin)
                : !isSomethingElse(run.text(), begin) || Context.isPhone(run.text(), begin);
        if (!is) {
            return Optional.empty();
        }
        value = value.isEmpty() ? announced(digits) : value;
        return value.isEmpty()
                ? Optional.empty()
                : Optional.of(new Found(PersonalKind.PHONE, begin, run.end(to), value));
    }

    private static boolean isSomethingElse(String text, int begin) {
        char before = begin == 0 ? ' ' : text.charAt(begin - 1);
        return NOT_BEFORE.indexOf(before) >= 0
                || before == '-' && begin > 1 && Mails.isAlphanumeric(text.charAt(begin - 2))
                || Context.isOther(text, begin);
    }

    /// With `+`, or `00` where the digits behind it are a number.
    private String international(DigitRun run, int from, String digits) {
        char before = run.before(from);
        if (before == '+' || before == '＋') {
            return valid("+" + digits, "ZZ");
        }
        return digits.startsWith("00") ? valid("+" + digits.substring(2), "ZZ") : "";
    }

    private String mainland(DigitRun run, int from, int to) {
        String digits = run.digits(from, to);
        boolean coded = digits.length() == 13
                && digits.startsWith("86")
                && (from == to || run.groups().get(from).length() == 2);
        if (coded && isMobile(digits.substring(2))) {
            return "+" + digits;
        }
        String shape = run.shape(from, to);
        if (digits.length() == 11 && MOBILE.contains(shape) && run.hasGaps(from, to, " -\u00A0") && isMobile(digits)) {
            return "+86" + digits;
        }
        if (digits.charAt(0) != '0' || from == to || !isLandlineGap(run.gap(from + 1))) {
            return "";
        }
        if (LANDLINE.contains(shape)) {
            return valid(digits, "CN");
        }
        int extension = run.groups().get(to).length();
        return EXTENDED.matcher(shape).matches() ? valid(digits.substring(0, digits.length() - extension), "CN") : "";
    }

    /// A hyphen, a blank, or the end of a bracket.
    private static boolean isLandlineGap(String gap) {
        return gap.chars().allMatch(c -> "- \u00A0)）".indexOf(c) >= 0) && gap.length() <= 2;
    }

    private static boolean isMobile(String digits) {
        return OPERATORS.matcher(digits).matches();
    }

    private String american(DigitRun run, int from, int to) {
        String shape = run.shape(from, to);
        String digits = run.digits(from, to);
        boolean coded = shape.startsWith("1-") && digits.startsWith("1");
        return AMERICAN.contains(shape) && shape.startsWith("1-") == coded
                ? valid((coded ? "+" : "+1") + digits, "US")
                : "";
    }

    /// What is a phone number only because words say so: a local one, one of a service, or one without gaps.
    private static boolean isBare(DigitRun run, int from, int to) {
        if (from == to) {
            return true;
        }
        String shape = run.shape(from, to);
        boolean service = SERVICE.contains(shape) && isService(run.digits(from, to));
        return (service || LOCAL.contains(shape)) && run.hasGaps(from, to, " -");
    }

    private static boolean isService(String digits) {
        return SERVICES.matcher(digits).matches();
    }

    private String announced(String digits) {
        if (digits.length() <= 8) {
            return digits.charAt(0) >= '2' && digits.charAt(0) <= '8' ? digits : "";
        }
        String mainland = digits.startsWith("0") ? valid(digits, "CN") : "";
        boolean coded = digits.length() == 11 && digits.startsWith("1");
        boolean american = mainland.isEmpty() && (coded || digits.length() == 10);
        String value = american ? valid((coded ? "+" : "+1") + digits, "US") : mainland;
        return value.isEmpty() && isService(digits) ? valid(digits, "CN") : value;
    }

    /// The number as E.164 has it, or nothing where no such number can be.
    private String valid(String number, String region) {
        try {
            var parsed = plans.parse(number, region);
            return plans.isValidNumber(parsed) ? plans.format(parsed, PhoneNumberUtil.PhoneNumberFormat.E164) : "";
        } catch (NumberParseException _) {
            return "";
        }
    }

    /// With a plus and a bracket before; not with a bracket around the whole number.
    private static int begin(DigitRun run, int from, int to) {
        int begin = run.begin(from);
        String text = run.text();
        if (begin > 0 && (text.charAt(begin - 1) == '+' || text.charAt(begin - 1) == '＋')) {
            begin--;
        }
        boolean opened = begin > 0 && (text.charAt(begin - 1) == '(' || text.charAt(begin - 1) == '（');
        boolean closed = from < to && (run.behind(from) == ')' || run.behind(from) == '）');
        return opened && closed ? begin - 1 : begin;
    }
}
