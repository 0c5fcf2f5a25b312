package dev.athanor.data.personal;

import java.util.List;
import java.util.Optional;

/// Numbers of people: identity, bank cards, phones. Of all groups of digits in a row, the longest part that is such a
/// number counts.
final class Numbers implements Finder {
    private final Phones phones = new Phones();

    @Override
    public void find(String text, List<Found> found) {
        for (DigitRun run : DigitRun.in(text)) {
            int from = 0;
            while (from < run.groups().size()) {
                Optional<Found> longest = Optional.empty();
                int next = from + 1;
                for (int to = run.groups().size() - 1; to >= from && longest.isEmpty(); to--) {
                    longest = number(run, from, to);
                    next = longest.isPresent() ? to + 1 : from + 1;
                }
                longest.ifPresent(found::add);
                from = next;
            }
        }
    }

    private Optional<Found> number(DigitRun run, int from, int to) {
        if (!isApart(run, from, to)) {
            return Optional.empty();
        }
        Optional<Found> identity = Identity.in(run, from, to);
        if (identity.isPresent()) {
            return identity;
        }
        if (Mails.isAlphanumeric(run.behind(to)) || Context.isAmount(run.text(), run.end(to))) {
            return Optional.empty();
        }
        Optional<Found> card = Cards.in(run, from, to);
        return card.isPresent() ? card : phones.in(run, from, to);
    }

    /// Whether nothing ties the groups to what stands before and behind: a hyphen or point to another number, a letter.
    private static boolean isApart(DigitRun run, int from, int to) {
        char before = run.before(from);
        if (Mails.isAlphanumeric(before) || before == '_' || run.behind(to) == '_') {
            return false;
        }
        if (from > 0 && run.isTied(from)) {
            return false;
        }
        boolean last = to == run.groups().size() - 1;
        if (!last) {
            return !run.isTied(to + 1);
        }
        int end = run.end(to);
        String text = run.text();
        boolean goesOn = end + 1 < text.length()
                && "-.,/:".indexOf(text.charAt(end)) >= 0
                && DigitRun.isDigit(text.charAt(end + 1));
        return !goesOn;
    }
}
