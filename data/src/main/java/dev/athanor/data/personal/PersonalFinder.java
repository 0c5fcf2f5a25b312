package dev.athanor.data.personal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Finds personal data of the kinds that are wanted.
public final class PersonalFinder {
    private final List<Finder> finders = new ArrayList<>();
    private final Set<PersonalKind> kinds;

    /// @throws IllegalArgumentException for no kind
    public PersonalFinder(List<PersonalKind> kinds) {
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException(
                    "no kind of personal data is given: expected some of %s".formatted(List.of(PersonalKind.values())));
        }
        this.kinds = EnumSet.copyOf(kinds);
        finders.add(new Mails());
        finders.add(new Addresses());
        finders.add(new Numbers());
        if (this.kinds.contains(PersonalKind.NAME)) {
            finders.add(new EnglishNames()); // names cost more than all others, which find nothing that can be one
            finders.add(new ChineseNames());
        }
        if (this.kinds.contains(PersonalKind.ADDRESS)) {
            finders.add(new EnglishAddresses());
            finders.add(new ChineseAddresses());
        }
    }

    /// What is in a text, in its order; nothing overlaps. Where two kinds fit one place, the longer one counts.
    /// Full-width digits, letters and signs count as half-width ones, in the values, too.
    public List<Found> find(String text) {
        List<Found> all = new ArrayList<>();
        for (String copy : HalfWidth.copies(text)) {
            finders.forEach(finder -> finder.find(copy, all));
        }
        if (all.size() < 2) {
            all.removeIf(found -> !kinds.contains(found.kind()));
            return all;
        }
        all.sort(Comparator.comparingInt(Found::begin)
                .thenComparing(Comparator.comparingInt(Found::end).reversed())
                .thenComparing(Found::kind));
        List<Found> apart = new ArrayList<>();
        int end = 0;
        for (Found found : all) {
            if (found.begin() >= end) {
                end = found.end();
                apart.add(found);
            }
        }
        apart.removeIf(found -> !kinds.contains(found.kind()));
        return apart;
    }
}
