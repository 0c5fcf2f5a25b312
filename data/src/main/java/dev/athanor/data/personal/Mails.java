package dev.athanor.data.personal;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// E-mail addresses with a domain of letters (RFC 5321, without quoted names). It goes from each @ to both sides, so
/// Chinese right before or behind an address does not matter.
final class Mails implements Finder {
    private static final String IN_NAME = "!#$%&'*+/=?^_`{|}~-.";
    private static final int LONGEST_NAME = 64; // RFC 5321, 4.5.3.1.1

    private static final Pattern DOMAIN = Pattern.compile(
            "(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+([A-Za-z]{2,24}|xn--[A-Za-z0-9-]{2,59})");

    /// `logo@2x.png` is the name of a file.
    private static final Set<String> FILES = Set.of(
            "png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "ico", "css", "js", "ts", "html", "json", "md", "txt",
            "xml", "yaml", "yml", "pdf");

    @Override
    public void find(String text, List<Found> found) {
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            int begin = beginning(text, at);
            if (begin == at || text.startsWith("@", at + 1)) {
                continue;
            }
            Matcher domain = DOMAIN.matcher(text).region(at + 1, text.length());
            if (domain.lookingAt() && isAddress(text, begin, domain)) {
                String value = text.substring(begin, domain.end()).toLowerCase(Locale.ROOT);
                found.add(new Found(PersonalKind.EMAIL, begin, domain.end(), value));
            }
        }
    }

    /// Where the name before the @ begins; at the @ itself where there is none.
    private static int beginning(String text, int at) {
        int begin = at;
        while (begin > 0 && at - begin < LONGEST_NAME && isInName(text.charAt(begin - 1))) {
            begin--;
        }
        while (begin < at && !isAlphanumeric(text.charAt(begin)) && text.charAt(begin) != '_') {
            begin++; // ('a@b.c' or =a@b.c: what stands before is no part of it
        }
        return begin;
    }

    private static boolean isAddress(String text, int begin, Matcher domain) {
        int end = domain.end();
        String name = text.substring(begin, domain.regionStart() - 1);
        if (name.endsWith(".")
                || name.contains("..")
                || FILES.contains(domain.group(1).toLowerCase(Locale.ROOT))) {
            return false;
        }
        char next = end < text.length() ? text.charAt(end) : ' ';
        if (isAlphanumeric(next) || next == '-' || next == '@') {
            return false;
        }
        // git@host:path is where a program fetches from, and //user:word@host a part of a link.
        boolean fetched = name.equals("git") && (next == ':' || next == '/');
        boolean linked = begin > 2 && text.charAt(begin - 1) == ':' && isInLink(text, begin);
        return !fetched && !linked && !(begin > 1 && text.startsWith("//", begin - 2));
    }

    private static boolean isInLink(String text, int at) {
        int link = text.lastIndexOf("://", at);
        return link >= 0 && link + LONGEST_NAME > at && text.substring(link, at).indexOf(' ') < 0;
    }

    private static boolean isInName(char c) {
        return isAlphanumeric(c) || IN_NAME.indexOf(c) >= 0;
    }

    static boolean isAlphanumeric(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
