package dev.athanor.data.personal;

import java.util.ArrayList;
import java.util.List;

/// Digits in groups as people write numbers: `+86 138-1234-5678`, `(0571) 8888 6666`.
///
/// @param groups of digits; between two of them stand one or two of ` -.()`
record DigitRun(String text, List<Group> groups) {
    /// Longer is no number that anybody has.
    private static final int MOST_GROUPS = 12;

    private static final int LEAST_DIGITS = 7;

    /// @param begin of its first digit
    /// @param end behind its last
    record Group(int begin, int end) {
        int length() {
            return end - begin;
        }
    }

    /// All runs of a text with at least seven digits.
    static List<DigitRun> in(String text) {
        List<DigitRun> runs = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (!isDigit(text.charAt(at))) {
                at++;
                continue;
            }
            List<Group> groups = new ArrayList<>();
            int digits = 0;
            int next = at;
            while (next >= 0) {
                int end = next;
                while (end < text.length() && isDigit(text.charAt(end))) {
                    end++;
                }
                groups.add(new Group(next, end));
                digits += end - next;
                at = end;
                next = groups.size() < MOST_GROUPS ? next(text, end) : -1;
            }
            if (digits >= LEAST_DIGITS) {
                runs.add(new DigitRun(text, groups));
            }
        }
        return runs;
    }

    /// Where the next group begins behind a gap; -1 where the run is over.
    private static int next(String text, int end) {
        int at = end;
        while (at < text.length() && at < end + 3 && isGap(text.charAt(at))) {
            at++;
        }
        boolean sentence = at > end + 1 && text.charAt(end) == '.';
        return at > end && at < text.length() && isDigit(text.charAt(at)) && !sentence ? at : -1;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isGap(char c) {
        return c == ' ' || c == '-' || c == '.' || c == '(' || c == ')' || c == '（' || c == '）' || c == '\u00A0';
    }

    int begin(int group) {
        return groups.get(group).begin();
    }

    int end(int group) {
        return groups.get(group).end();
    }

    /// What stands between a group and the one before.
    String gap(int group) {
        return text.substring(end(group - 1), begin(group));
    }

    /// Whether a group belongs to the one before: a hyphen or point between, and nothing else.
    boolean isTied(int group) {
        int at = end(group - 1);
        char gap = text.charAt(at);
        return at + 1 == begin(group) && (gap == '-' || gap == '.');
    }

    /// The digits of some groups.
    String digits(int from, int to) {
        StringBuilder digits = new StringBuilder();
        for (int i = from; i <= to; i++) {
            digits.append(text, begin(i), end(i));
        }
        return digits.toString();
    }

    /// The lengths of some groups, for example `3-4-4`.
    String shape(int from, int to) {
        StringBuilder shape = new StringBuilder();
        for (int i = from; i <= to; i++) {
            shape.append(i > from ? "-" : "").append(groups.get(i).length());
        }
        return shape.toString();
    }

    /// Whether all gaps between some groups are the same, and one of those given.
    boolean hasGaps(int from, int to, String allowed) {
        for (int i = from + 1; i <= to; i++) {
            String gap = gap(i);
            if (gap.length() != 1 || allowed.indexOf(gap.charAt(0)) < 0 || !gap.equals(gap(from + 1))) {
                return false;
            }
        }
        return true;
    }

    /// The character before a group, a space at the text's beginning.
    char before(int group) {
        return begin(group) == 0 ? ' ' : text.charAt(begin(group) - 1);
    }

    char behind(int group) {
        return end(group) == text.length() ? ' ' : text.charAt(end(group));
    }
}
