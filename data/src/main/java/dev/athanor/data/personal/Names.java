package dev.athanor.data.personal;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names of people where words beside them say that they are: titles, greetings, fields of a form. Names without such
/// words are not found: that needs a model.
final class Names implements Finder {
    /// Common family names, simplified and traditional, of one character and two.
    private static final String FAMILY = "(?:欧阳|司马|上官|诸葛|夏侯|东方|皇甫|尉迟|公孙|慕容|令狐|"
            + "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭蔣葉蘇呂盧鐘譚陸])";

    private static final Pattern TITLED =
            Pattern.compile("(" + FAMILY + "[\\u4E00-\\u9FFF]{0,2}?)(?=先生|女士|小姐|太太|经理|老师|医生|律师|同学|师傅|教授)");
    private static final Pattern FIELD = Pattern.compile("(?:姓名|联系人|收件人|收货人|寄件人|客户名?|我叫|名叫|名字是)\\s*[:：是为]?\\s*("
            + FAMILY + "[\\u4E00-\\u9FFF]{1,2})(?![\\u4E00-\\u9FFF]*(?:公司|银行))");
    private static final String PROPER = "[A-Z][a-z]+(?:['’-][A-Z][a-z]+)?";
    private static final Pattern ENGLISH =
            Pattern.compile("(?<![A-Za-z])(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof)\\.?|[Mm]y name is|Dear|Name:|Attn:?)\\s+("
                    + PROPER + "(?:\\s" + PROPER + "){0,2})(?![A-Za-z]|\\s*&)");

    /// Who is greeted without a name.
    private static final Set<String> NOBODY = Set.of(
            "Customer",
            "Customers",
            "Sir",
            "Sirs",
            "Madam",
            "Team",
            "Support",
            "All",
            "Guest",
            "Guests",
            "User",
            "Users",
            "Friend",
            "Friends",
            "Colleague",
            "Colleagues",
            "Valued",
            "Client",
            "Clients",
            "Hiring",
            "Editor",
            "Reader",
            "Readers",
            "Student",
            "Students",
            "Parents",
            "Members",
            "Member",
            "Manager",
            "Mr",
            "Mrs",
            "Ms",
            "Dr");

    @Override
    public void find(String text, List<Found> found) {
        for (Pattern pattern : List.of(TITLED, FIELD, ENGLISH)) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                String name = matcher.group(1);
                if (!NOBODY.contains(name.split("\\s")[0])) {
                    found.add(new Found(PersonalKind.NAME, matcher.start(1), matcher.end(1), name));
                }
            }
        }
    }
}
