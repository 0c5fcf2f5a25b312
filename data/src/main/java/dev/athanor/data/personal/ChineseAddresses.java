package dev.athanor.data.personal;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Addresses in mainland China: a province, city, district or county, then a road, village or estate with a
/// number, then building, floor and room. Without a place before the road it is an address where a building or
/// room stands behind.
final class ChineseAddresses implements Finder {
    private static final String HAN = "[\\u4E00-\\u9FFF]";

    /// What names of places hardly ever have, and words before them do.
    private static final String PLACE = "[\\u4E00-\\u9FFF&&[^请寄到在至往给是住为的我了址送货搬去换改您你他她们这那将把从于位和与或及市省县区]]";

    private static final String PROVINCE =
            "(?:(?:北京|天津|上海|重庆)市?|(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾)省?"
                    + "|(?:内蒙古|广西|西藏|宁夏|新疆)(?:壮族|回族|维吾尔)?(?:自治区)?|香港|澳门)";
    private static final String CITY = PLACE + "{2,5}市";
    private static final String DISTRICT = "(?:" + PLACE + "{1,5}(?:新区|区|县|旗)|" + PLACE + "{2,4}市)";
    private static final String TOWN = PLACE + "{1,6}(?:街道|镇|乡|开发区|工业园区)";
    private static final String NUMBER = "[0-9０-９一二三四五六七八九十百]{1,5}(?:-[0-9]{1,4})?";
    /// Numbers of estates and villages are written in digits: 园一号 is a name.
    private static final String ROAD =
            "[\\u4E00-\\u9FFF&&[^请寄到在至往给是住为的我了址送换您你他她们]]{1,8}?(?:大道|大街|东路|西路|南路|北路|中路|路|街|巷|弄|胡同|"
                    + "(?:里|村|庄|小区|花园|新村|家园|苑|公寓|大厦|广场|园)(?!\\s?[一二三四五六七八九十百]))";

    /// A number with what it counts.
    private static final String HOUSE = "\\s?" + NUMBER + "(?:弄|号楼|号院|号|栋|幢|座)";
    private static final String INSIDE = "(?:\\s?(?:附?" + NUMBER + "(?:号楼|号院|号|栋|幢|座|单元|层|楼|室|房|户)|[A-Za-z](?:栋|幢|座)|"
            + HAN + "{2,8}(?:小区|花园|公寓|大厦|广场|苑)(?=\\s?[0-9A-Za-z]{1,5}(?:-|号|栋|幢|座|单元|楼|室))))";
    private static final String ROOM = "(?:\\s?(?:[0-9]{1,3}-){1,2}[0-9]{2,4}(?:室|房)?(?![0-9])|\\s?[0-9]{3,4}(?:室|房))?";

    private static final Pattern PLACED =
            Pattern.compile("(?:" + PROVINCE + "\\s?(?:" + CITY + "\\s?)?(?:" + DISTRICT + "\\s?)?|" + CITY
                    + "\\s?(?:" + DISTRICT + "\\s?)?|" + DISTRICT + "\\s?)(?:" + TOWN + "\\s?)?(?:" + ROAD + "\\s?(?="
                    + HAN + "))?" + ROAD + HOUSE
                    + INSIDE + "{0,5}" + ROOM);
    private static final Pattern ROOMED = Pattern.compile(
            "(?<!" + PLACE + ")" + PLACE + "{1,6}?(?:大道|大街|路|街|巷|弄|胡同)" + HOUSE + INSIDE + "{1,5}" + ROOM);

    /// Words that the first name of a place has swallowed.
    private static final Pattern WORDS_BEFORE = Pattern.compile(
            "^(?:.*?(?:地址|家庭|现居|居住|收货|邮寄|发货|快递|坐落|家|成|来自|公司|单位|户籍|正确|新家|老家))(?=" + HAN + "{2,5}市)(?!家口|家界|家港|家庄)");

    /// Where a house may be.
    private static final Pattern ANCHOR = Pattern.compile("[0-9０-９一二三四五六七八九十百]\\s?[弄号栋幢座]");

    /// An address has so many characters before and behind its house.
    private static final int AROUND = 60;
    private static final List<Pattern> PATTERNS = List.of(PLACED, ROOMED);

    @Override
    public void find(String text, List<Found> found) {
        int done = 0;
        for (Matcher anchor = ANCHOR.matcher(text); anchor.find(); ) {
            if (anchor.start() >= done) {
                done = look(text, Math.max(done, anchor.start() - AROUND), anchor.start(), found);
            }
        }
    }

    /// Looks around a number, from each place before it once.
    ///
    /// @return behind what was found, or behind the number's first digit
    private static int look(String text, int from, int number, List<Found> found) {
        int to = Math.min(text.length(), number + AROUND);
        for (int start = from; start < number; start++) {
            for (Pattern pattern : PATTERNS) {
                Matcher matcher = pattern.matcher(text).region(start, to).useTransparentBounds(true);
                if (matcher.lookingAt() && matcher.end() > number) {
                    Matcher words = WORDS_BEFORE.matcher(matcher.group());
                    int begin = words.find() ? start + words.end() : start;
                    String value = text.substring(begin, matcher.end()).replaceAll("\\s+", "");
                    found.add(new Found(PersonalKind.ADDRESS, begin, matcher.end(), value));
                    return matcher.end();
                }
            }
        }
        return number + 1;
    }
}
