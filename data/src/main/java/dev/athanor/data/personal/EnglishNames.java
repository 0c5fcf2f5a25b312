package dev.athanor.data.personal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names of people in texts with Latin letters, where something beside them says so: a title (Mr Smith); `my name is`;
/// a salutation, a field of a form or the end of a letter, if the name begins with a common given name. Companies are
/// left. Names in running text without such words are not found: that needs a model.
final class EnglishNames implements Finder {
    private static final String WORD =
            "(?:\\p{Lu}['’]\\p{Lu}\\p{Ll}+|(?:Mc|Mac|De|La|Le|Du|Di|Fitz|Van)?\\p{Lu}\\p{Ll}+(?:-\\p{Lu}\\p{Ll}+)*)(?![\\p{IsLatin}\\d])";
    private static final String BLANK = "[ \\u00A0]";
    private static final String MORE = "(?:" + BLANK + "(?:\\p{Lu}\\." + BLANK
            + "?|(?:van|von|de|der|den|del|della|la|le|da|dos|di|bin|al|el)" + BLANK + "){0,3}" + WORD + ")";

    /// One word to three, with initials and the small words between them.
    private static final String NAME = "(" + WORD + MORE + "{0,2})";

    private static final Pattern PLAIN = Pattern.compile(NAME);
    private static final Pattern BEHIND_TITLE = Pattern.compile(
            "\\.?" + BLANK + "(?:Dr\\.?" + BLANK + ")?((?:\\p{Lu}\\." + BLANK + "?){0,2}" + WORD + MORE + "{0,2})");
    private static final Set<String> TITLES =
            Set.of("Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Professor", "Herr", "Frau");

    /// So many characters before a name are looked at.
    private static final int BEFORE = 48;

    private static final Pattern SAID =
            Pattern.compile("(?i:(?<![\\p{L}\\d])(?:my (?:full |real )?name is|i am called))" + BLANK + "$");

    /// Behind these a name counts that begins with a common given name.
    private static final Pattern ANNOUNCED = Pattern.compile("(?:(?<![\\p{L}\\d])(?:Dear|Hi|Hello)(?:" + BLANK
            + "|," + BLANK + ")|(?<=[\\n,;|(.!?。，；！？（])" + BLANK
            + "*(?i:(?:full |customer |contact |recipient |client )?name|contact(?: person)?|attn|attention|recipient|signed(?: by)?|customer|client|passenger|patient|guest)"
            + BLANK + "?[:：]" + BLANK + "*|(?<![\\p{L}\\d])(?i:signed(?: by)?)" + BLANK
            + "|(?i:(?<![\\p{L}\\d])(?:(?:kind|best|warm|many) )?(?:regards|wishes|thanks)|(?<![\\p{L}\\d])(?:yours(?: sincerely| faithfully| truly)?|sincerely(?: yours)?|cheers|with thanks|thank you))[,.!]?"
            + "[ \\t]*\\r?\\n\\s*)$");

    private static final Set<String> GIVEN = given();

    /// Words that end the name of a company or a place, or are no name behind a title.
    private static final Set<String> NO_NAME = Set.of(
            ("Ltd Limited Inc Llc Gmbh Plc Corp Corporation Company Companies Co Group Holding Holdings Bank Insurance Solutions"
                            + " Services Service Systems Consulting Partners Sons Brothers Bros Associates Shop Store Stores Tea Teas Coffee House Kettle"
                            + " Foundation Institute University College School Academy Hospital Clinic Hotel Restaurant Cafe Bakery Books Press Media Studio"
                            + " Studios Team Department Support Office Street Road Avenue Lane Drive Square Park Hill Station Airport Club Society Trust"
                            + " President Chairman Chairwoman Chair Speaker Secretary Minister Director Manager Mayor Ambassador Judge Right Wrong Perfect"
                            + " Customer Customers Sir Sirs Madam All Guest Guests User Users Friend Friends Colleague Colleagues Valued Client Clients"
                            + " Hiring Editor Reader Readers Student Students Parents Members Member There Everyone Everybody World Again")
                    .split(" "));

    /// Words that begin a sentence behind a name, or the next field of a form.
    private static final Set<String> NEXT = Set.of(
            ("Thank Thanks Please We My The This That Your Our It Is Can Could Hope Just How Are Yes No In On At For And But From To"
                            + " You What When Where Who Why Do Does Did If As Sent Best Kind Regards Phone Email Mail Tel Mobile Fax Address Order"
                            + " Date Has Was Will Would Should Here There Today Yesterday Re Subject Note Age Gender Sex Born Nice Good Great Let Not")
                    .split(" "));

    /// `12 Elm Dr London`: the title is a street's.
    private static final Pattern STREET = Pattern.compile("\\d[\\w-]*\\s+(?:\\p{Lu}[\\p{L}.]*\\s+){1,3}$");

    private static final Pattern WORDS = Pattern.compile("[^\\s\\u00A0]+");

    private static final Pattern COMPANY_BEHIND =
            Pattern.compile("\\s*(?:&|\\+|and" + BLANK + "(?:Sons|Partners|Company|Co|Daughters)\\b)");

    private static Set<String> given() {
        Set<String> names = new HashSet<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                EnglishNames.class.getResourceAsStream("given-names.txt"), StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> names.addAll(List.of(line.split(" "))));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return Set.copyOf(names);
    }

    @Override
    public void find(String text, List<Found> found) {
        for (int at = 0; at < text.length(); at++) {
            if (Character.isUpperCase(text.charAt(at))
                    && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))) {
                int end = at + 1;
                while (end < text.length() && Character.isLetter(text.charAt(end)) && text.charAt(end) < 0x2E80) {
                    end++;
                }
                at = Math.max(at, word(text, at, end, found) - 1);
            }
        }
    }

    /// Looks at a word with a capital.
    ///
    /// @return where to go on
    private static int word(String text, int begin, int end, List<Found> found) {
        String word = text.substring(begin, end);
        if (TITLES.contains(word)) {
            Matcher name = BEHIND_TITLE.matcher(text).region(end, text.length());
            return name.lookingAt()
                            && !(word.equals("Dr")
                                    && STREET.matcher(before(text, begin)).find())
                    ? add(text, name.start(1), name.end(1), found)
                    : end;
        }
        boolean said = text.startsWith("is ", begin - 3) || text.startsWith("called ", begin - 7);
        boolean given = GIVEN.contains(word);
        if (said && SAID.matcher(before(text, begin)).find()
                || given && ANNOUNCED.matcher(before(text, begin)).find()) {
            Matcher name = PLAIN.matcher(text).region(begin, text.length());
            return name.lookingAt() ? add(text, name.start(1), name.end(1), found) : end;
        }
        return end;
    }

    /// What stands before a place; where it is the beginning of the text, that is the beginning of a line.
    private static String before(String text, int begin) {
        return begin < BEFORE ? "\n" + text.substring(0, begin) : text.substring(begin - BEFORE, begin);
    }

    /// @return behind the name, or its end where it is none
    private static int add(String text, int begin, int end, List<Found> found) {
        Matcher words = WORDS.matcher(text).region(begin, end);
        int to = begin;
        while (words.find() && !NEXT.contains(words.group())) {
            if (NO_NAME.contains(words.group())) {
                return end;
            }
            to = words.end();
        }
        if (to > begin
                && !COMPANY_BEHIND.matcher(text).region(to, text.length()).lookingAt()) {
            String name = text.substring(begin, to).replaceAll("[\\s\\u00A0]+", " ");
            found.add(new Found(PersonalKind.NAME, begin, to, name));
        }
        return Math.max(to, begin + 1);
    }
}
