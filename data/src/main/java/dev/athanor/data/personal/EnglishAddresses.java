package dev.athanor.data.personal;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Addresses of houses as Britain and the United States write them: a number, a street whose last word says
/// what it is (Road, Street, St, Ave), and behind it a postcode, or a place after a comma. Without either it is
/// no address here, nor is the name of a house alone.
final class EnglishAddresses implements Finder {
    private static final String SPACE = "[ \\u00A0]";
    private static final String WORD = "(?:\\p{Lu}[\\p{L}'’.-]*|\\d{1,3}(?:st|nd|rd|th))";
    private static final String UNIT =
            "(?<![\\p{L}\\d])(?:(?i:flat|apartment|apt\\.?|unit|suite|ste\\.?|room|floor)(?:" + SPACE + "?#|" + SPACE
                    + "|(?=\\d))|#)" + SPACE + "?(?:\\d{1,5}[A-Za-z]?|[A-Za-z](?:-?\\d{1,3})?)(?![\\p{L}\\d])";
    private static final String NUMBER = "(?<![\\p{L}\\d.,$£€#/-])\\d{1,5}[A-Za-z]?(?:[-/–]\\d{1,4})?";
    private static final String SIDE = "(?:[NSEW]\\.?|NE|NW|SE|SW|North|South|East|West)";

    /// Words that say little else than that it is a street.
    private static final String CLEAR =
            "(?:Street|St\\.?|Road|Rd\\.?|Avenue|Ave\\.?|Lane|Ln\\.?|Drive|Dr\\.?|Boulevard|Blvd\\.?|Crescent|Terrace|Mews|Highway|Hwy\\.?|Parkway|Pkwy\\.?)";

    /// Words that also name other things: behind them there must be a postcode.
    private static final String UNCLEAR =
            "(?:Court|Ct\\.?|Place|Pl\\.?|Square|Sq\\.?|Close|Gardens|Grove|Hill|Park|Parade|Row|Walk|Way|Yard|Circle|Cir\\.?|Quay|Green|View|Rise|Broadway)";

    private static final String POSTCODE = "(?:[A-Z]{1,2}\\d[A-Z\\d]?" + SPACE
            + "?\\d[A-Z]{2}|(?:[A-Z]{2}|\\p{Lu}\\p{Ll}+)" + SPACE + "\\d{5}(?:-\\d{4})?)(?![\\p{L}\\d])";

    /// At most three words, with the small ones of Stoke-on-Trent and Isle of Wight.
    private static final String PLACE =
            "(?!(?:Ste|Suite|Apt|Apartment|Unit|Floor|Flat|Room)(?!\\p{L}))\\p{Lu}[\\p{L}'’-]+(?:" + SPACE
                    + "(?:(?:of|on|upon|the|by|in)" + SPACE + "){0,2}\\p{Lu}[\\p{L}'’-]+){0,2}(?![\\p{L}\\d])";
    private static final String BREAK = "(?:,?[ \\u00A0]*\\r?\\n[ \\u00A0]*|,?[ \\u00A0]+)";

    private static String street(String type) {
        return "(?:" + UNIT + ",?" + SPACE + ")?(?:(?<![\\p{L}\\d])No\\.?" + SPACE + "?)?" + NUMBER + SPACE + "(?:"
                + SIDE + SPACE + ")?(?:" + WORD + SPACE
                + "(?:(?:of|the|and)" + SPACE + "){0,2}){1,4}?" + type + "(?![\\p{L}\\d])(?:" + SPACE + SIDE
                + "(?![\\p{L}\\d]))?(?:,?" + SPACE + UNIT + "(?![\\p{L}\\d]))?";
    }

    private static final Pattern CODED = Pattern.compile(
            street("(?:" + CLEAR + "|" + UNCLEAR + ")") + "(?:" + BREAK + PLACE + "){0,3}" + BREAK + POSTCODE);
    private static final Pattern PLACED = Pattern.compile(street(CLEAR) + "(?:," + SPACE + PLACE + "){1,2}");
    private static final Pattern BOX = Pattern.compile("(?<![\\p{L}\\d])(?:P\\.?" + SPACE + "?O\\.?" + SPACE + "?Box|PO"
            + SPACE + "Box)" + SPACE + "\\d{1,6}(?:" + BREAK + PLACE + "){0,3}" + BREAK + POSTCODE);

    private static final Pattern TYPE =
            Pattern.compile("(?<=" + SPACE + ")(?:" + CLEAR + "|" + UNCLEAR + ")(?![\\p{L}\\d])");

    /// An address has so many characters before the kind of its street, and behind it.
    private static final int BEFORE = 80;

    private static final int BEHIND = 120;
    private static final int BOX_BEFORE = 6;
    private static final List<Pattern> PATTERNS = List.of(CODED, PLACED, BOX);

    @Override
    public void find(String text, List<Found> found) {
        int done = 0;
        for (Matcher type = TYPE.matcher(text); type.find(); ) {
            if (type.start() >= done) {
                done = look(text, Math.max(done, type.start() - BEFORE), type.start(), found);
            }
        }
        for (int box = text.indexOf("Box "); box >= 0; box = text.indexOf("Box ", box + 1)) {
            look(text, Math.max(0, box - BOX_BEFORE), box, found);
        }
    }

    /// Looks around a place, from each place before it once.
    ///
    /// @return behind what was found, or behind the place
    private static int look(String text, int from, int place, List<Found> found) {
        int to = Math.min(text.length(), place + BEHIND);
        for (int start = from; start <= place; start++) {
            for (Pattern pattern : PATTERNS) {
                Matcher matcher = pattern.matcher(text).region(start, to).useTransparentBounds(true);
                if (matcher.lookingAt() && matcher.end() > place) {
                    String value = matcher.group().replaceAll("[\\s\\u00A0,]+", " ");
                    found.add(new Found(PersonalKind.ADDRESS, start, matcher.end(), value));
                    return matcher.end();
                }
            }
        }
        return place + 1;
    }
}
