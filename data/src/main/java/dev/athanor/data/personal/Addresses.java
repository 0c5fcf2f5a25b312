package dev.athanor.data.personal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Addresses of machines, IP version 4 and 6. Not those that every machine has (127.0.0.1, ::1, 0.0.0.0).
final class Addresses implements Finder {
    private static final Pattern FOUR = Pattern.compile(
            "(?<![A-Za-z0-9_.-])(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(?![A-Za-z0-9_-]|\\.\\d)");
    private static final Pattern SIX = Pattern.compile(
            "(?<![A-Za-z0-9_:.])([0-9A-Fa-f]{4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:(?<=:)\\d{1,3}(?:\\.\\d{1,3}){3})?)(?![A-Za-z0-9_:])");

    private static final Pattern IN_USE =
            Pattern.compile("(?:[23][0-9a-f]{3}|f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]|ff[0-9a-f]{2}|0064):");

    /// Versions have small numbers only: without a word for addresses, so many in each part are one.
    private static final int SMALL = 20;

    @Override
    public void find(String text, List<Found> found) {
        if (text.indexOf('.') >= 0) {
            Matcher four = FOUR.matcher(text);
            while (four.find()) {
                if (isAddress(text, four)) {
                    found.add(new Found(PersonalKind.IP, four.start(), four.end(), four.group()));
                }
            }
        }
        if (text.indexOf(':') >= 0) {
            Matcher six = SIX.matcher(text);
            while (six.find()) {
                if (isSix(six.group())) {
                    found.add(new Found(
                            PersonalKind.IP, six.start(), six.end(), six.group().toLowerCase(Locale.ROOT)));
                }
            }
        }
    }

    private static boolean isAddress(String text, Matcher four) {
        int largest = 0;
        for (int i = 1; i <= 4; i++) {
            String part = four.group(i);
            int value = Integer.parseInt(part);
            if (value > 255 || part.length() > 1 && part.startsWith("0")) {
                return false;
            }
            largest = Math.max(largest, value);
        }
        String first = four.group(1);
        if (first.equals("0") || first.equals("127") || four.group().equals("255.255.255.255")) {
            return false;
        }
        if (Context.isMachine(text, four.start())) {
            return true;
        }
        return largest >= SMALL && !Context.isVersion(text, four.start());
    }

    /// Eight groups, or fewer with one `::`, of which at least one more is there; addresses in use begin with 2 or 3,
    /// or are local ones (IANA, IPv6 Address Space), which no time of day and no name in a program looks like.
    private static boolean isSix(String candidate) {
        String lower = candidate.toLowerCase(Locale.ROOT);
        if (!IN_USE.matcher(lower).lookingAt()) {
            return false;
        }
        List<String> groups = new ArrayList<>(List.of(lower.split(":", -1)));
        boolean four = groups.getLast().contains(".");
        int wanted = four ? 7 : 8;
        int shortened = lower.indexOf("::");
        if (shortened < 0) {
            return groups.size() == wanted && !groups.contains("");
        }
        long filled = groups.stream().filter(group -> !group.isEmpty()).count();
        boolean endsAlone = lower.endsWith(":") && !lower.endsWith("::");
        return lower.indexOf("::", shortened + 1) < 0 && !endsAlone && filled >= 2 && filled < wanted;
    }
}
