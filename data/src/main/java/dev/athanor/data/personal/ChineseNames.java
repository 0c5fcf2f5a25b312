package dev.athanor.data.personal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names of people in Chinese texts: a common family name, with a given name of one or two characters or before a title
/// without one, where words beside it say so: 王先生, 联系人：李雷, 我叫韩梅梅, the end of a letter.
///
/// Chinese has no blanks between words, so a family name may be half of another word (谢谢老师, 资金经理): the characters
/// that make such words with it are known. Names without words beside them are not found.
final class ChineseNames implements Finder {
    /// Common family names, simplified and traditional, of one character and two.
    private static final String FAMILY = "(?:欧阳|司马|上官|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|"
            + "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤温康施牛洪樊葛安常章鲁齐乔殷颜倪翟申耿焦詹欧柳庄聂岑柯童邢骆俞辛蓝包倪裴柴翁霍房凌单毕纪祝左娄曲尚关苗阮冉卜褚戚狄舒项滕桂牟岳麦梅涂仇甘卓柏巩匡"
            + "張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭蔣葉蘇呂盧鐘譚陸鍾賈龍賀顧錢嚴湯溫喬顏莊聶藍單畢紀])";

    /// What no given name has.
    private static final String NEVER = "的了是在和与及或给把被让向对从到为我你他她它们这那哪个位名请找问叫不没很都也就还又再要说着过吗呢吧啊各每其此该本某两几老大小姓先女经教副总";

    private static final String GIVEN = "[\\u4E00-\\u9FFF&&[^" + NEVER + "]]";

    /// In a longer name the first character may be 小 or 大 (王小明).
    private static final String FIRST = "小大安";

    /// Alternatives are tried only where one of them begins: most of a text is none.
    private static final Pattern TITLE = Pattern.compile(
            "(?=[先女小太经老医律同师教主阿叔大護护經師])(?:先生|女士|小姐|太太|经理|老师|医生|律师|同学|师傅|教授|主任|阿姨|叔叔|大夫|護士|护士|經理|老師|醫生|律師|同學|師傅)");

    private static final Pattern FAMILIES = Pattern.compile(FAMILY);

    private static final String FULL = "(" + FAMILY + "(?:[" + FIRST + "]" + GIVEN + "|" + GIVEN + "{1,2}))";

    private static final Pattern FIELD = Pattern.compile(
            "(?=[姓联聯收寄发客户经申投持开负签署落])(?:姓名|联系人|聯繫人|收件人|收货人|收貨人|寄件人|发件人|客户名|客户姓名|户名|经办人|申请人|投保人|持卡人|开户人|负责人|签名|署名|落款)\\s*(?:[:：是为]\\s*)"
                    + FULL);
    private static final Pattern SAID = Pattern.compile("(?=[我名本])(?:我叫|名叫|名字是|名字叫|本人叫|我的姓名是)\\s*" + FULL);
    private static final Pattern SIGNED = Pattern.compile(
            "(?=[祝敬谢多商致此顺])(?:祝[^\\n，。]{1,7}|敬礼|敬上|谢谢|多谢|商祺|致礼|此致|顺颂[^\\n]{1,4})[！!。.~～]?[ \\t]*\\r?\\n\\s*" + FULL
                    + "(?=\\s*(?:$|\\n|[，,。]))");

    /// What may stand behind a full name; where another character does, it is no name or goes on.
    private static final Pattern BEHIND =
            Pattern.compile("(?:$|[^\\u4E00-\\u9FFF]|先生|女士|小姐|同学|老师|电话|手机|地址|邮箱|性别|年龄|身份|联系|工号|学号|籍贯"
                    + "|是(?!.{0,6}(?:公司|银行))|来自|住|今年|，|在|的(?!是))");

    /// Characters before a family name with which it is half of another word.
    private static final Map<Character, String> BEFORE = before();

    /// Words that begin with a family name.
    private static final Set<String> WORDS = Set.of(
            ("高级 高中 高校 高等 高年 高铁 高端 高层 高考 任何 任课 任职 任教 方便 方面 方案 万一 万能 于是 马上 马路 金牌 金融 金额 白天 白领 江湖 周年 周末 周边 周围 周一 周二 周三 周四 周五"
                            + " 夏天 夏季 夏令 程序 程度 毛利 毛巾 史上 向导 石油 石材 陶艺 陶瓷 雷同 武术 龙头 段落 严重 严格 严厉 钟表 张贴 陈列 陈述 黄金 胡同 何时 何必 何况 何种 林业 林区 郑重 谢谢 宋代 唐代"
                            + " 许多 许可 许久 韩国 韩语 曾经 肖像 田间 田径 董事 余下 余额 杜绝 叶子 苏州 丁香 沈阳 陆续 陆地 范围 范文 付款 付费 付出 熊猫 秦岭 顾客 顾问 顾及 莫非 孔雀 汤圆 王国 王子 王牌"
                            + " 温柔 温馨 温度 康复 健康 施工 牛奶 洪水 安全 安排 安静 安装 安保 常规 常务 常见 常年 常驻 章程 鲁班 齐全 颜色 颜值 申请 焦点 柳州 庄园 童年 童装 辛苦 蓝色 包装 包括 房东 房产 房屋"
                            + " 单位 单独 单身 毕业 纪念 纪律 纪检 祝福 祝您 祝你 祝愿 左右 欧洲 欧美 江苏 江西 江南 江北 金华 石家 杨树 李子 罗马 高尔 马拉 龙井 白茶 黄茶 范例 林间 安吉 安徽 安溪 武夷 云南 黄山 苏打"
                            + " 马来 金属 方式 方法 方向 石头 白色 黄色 史料 温和 武汉 雷倒 雷人 关于 关键 关系 关注 关心 关怀 尚未 曲艺 项目 舒适 舒服 桂林 梅花 岳母 岳父 甘肃 苗族 麦当 桂花 温泉 程控 于今")
                    .split(" "));

    /// Family names that are also common verbs and prepositions: before them there must be a mark or one of [#APART].
    private static final String VERBS = "任于";

    private static final String APART = "的是和与跟给找叫请问让被";

    private static Map<Character, String> before() {
        Map<Character, String> before = new HashMap<>();
        for (String entry :
                ("谢感多答致酬鸣婉谢 谢感多答致 于对由关至属位基终处等鉴出在用善敢 方对我双甲乙官地警院校卖买资各三四八东西南北前后上下配你您贵敌己远一男女厂药偏大 高提最很更较身崇增拔跳登升 何为如任几奈 白明空表坦清独黑雪"
                                + " 林吉榆桂柏森树园丛竹茶山农护 叶茶树落绿枝嫩枫荷红 金千现资基租奖黄押佣五公定税罚薪酬美合 程携工课流过全日行旅里路章教专议进历赛单疗编规 周一上下本每牙四圆两三隔前后双这那第 史历文女御 段阶时手片路地身 顾照回兼光惠不"
                                + " 贺祝庆恭道 石岩宝钻矿玉化 范示规模师防典风 孔面瞳 严庄威尊从森 武威文比 汤煲鸡靓 雷地打 钟分点闹时秒 余其业剩多年富盈结 丁园布补兵 苏江复姑流 曾不未何早也 付支应预交垫对托给代到已收缴 江长湘珠松龙九镇靖浙黑过沿临"
                                + " 韩日 夏华初盛去炎暑今立整 田稻油农梯蓝青种耕 马骑赛白宝罗斑巴奥人大海河木黑出千驸 张紧主夸扩开慌几两纸一嚣 王国大帝霸女魔天亲兽 李行桃 杨白表 黄蛋枯橙米 罗婆收网 梁桥脊栋鼻房 宋两 唐荒 许也或允准不赞 董古 任担现曾历兼就上离前主责信委聘连班常时首胜出转升调改接"
                                + " 万千百十几数一两0123456789０１２３４５６７８９ 龙恐水沙尼变 毛羽皮眉绒 陶熏乐 汪泪 温体气保高低常水升降恒 康健安小 施设措实 牛蜗水黄奶 安平公保治晚早不西延长 常日正经平非通时异照 章文规印图勋 申重引 焦聚 庄山村农端 童儿孩女男神 钱赚花有挣省收付要借还价 曲歌作戏舞乐编元弯词谱 尚高和时 关相有海机无难公把攻闭开 项事各专多强这那 舒不 桂肉月 梅杨腊青 辛艰 蓝湛 包面书钱荷红打承 房厨病药住客书班"
                                + " 齐整 颜容 鲁粗 单简订名清菜账传保床被孤报下买 毕完 纪世年经 祝庆 左 凌 欧北西 尹 常 洪防抗 侯王诸 莫 石")
                        .split(" ")) {
            before.merge(entry.charAt(0), entry.substring(1), String::concat);
        }
        return before;
    }

    @Override
    public void find(String text, List<Found> found) {
        for (Matcher title = TITLE.matcher(text); title.find(); ) {
            addTitled(text, title.start(), found);
        }
        for (Pattern pattern : List.of(FIELD, SAID)) {
            for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
                addFull(text, matcher.start(1), matcher.end(1), found);
            }
        }
        for (Matcher signed = SIGNED.matcher(text); signed.find(); ) {
            if (!isWord(text, signed.start(1), signed.end(1))) {
                found.add(new Found(PersonalKind.NAME, signed.start(1), signed.end(1), signed.group(1)));
            }
        }
    }

    /// The longest name that ends there.
    private static void addTitled(String text, int end, List<Found> found) {
        for (int begin = Math.max(0, end - 4); begin < end; begin++) {
            Matcher family = FAMILIES.matcher(text).region(begin, end);
            if (family.lookingAt()
                    && isGiven(text.substring(family.end(), end))
                    && !isHalf(text, begin)
                    && !isWord(text, begin, end)) {
                found.add(new Found(PersonalKind.NAME, begin, end, text.substring(begin, end)));
                return;
            }
        }
    }

    private static boolean isGiven(String given) {
        boolean first = given.length() == 2 && FIRST.indexOf(given.charAt(0)) >= 0;
        return given.length() <= 2
                && given.substring(first ? 1 : 0)
                        .chars()
                        .allMatch(letter -> letter >= 0x4E00 && letter <= 0x9FFF && NEVER.indexOf(letter) < 0);
    }

    private static boolean isHalf(String text, int begin) {
        if (begin == 0) {
            return false;
        }
        char before = text.charAt(begin - 1);
        boolean strict = VERBS.indexOf(text.charAt(begin)) >= 0;
        if (strict && Character.isIdeographic(before) && APART.indexOf(before) < 0) {
            return true;
        }
        return BEFORE.getOrDefault(text.charAt(begin), "").indexOf(before) >= 0;
    }

    private static boolean isWord(String text, int begin, int end) {
        return text.startsWith("康师傅", begin) // noodles
                || end - begin > 1 && WORDS.contains(text.substring(begin, begin + 2));
    }

    /// The pattern takes two characters of a given name where it can: the second may belong to what follows.
    private static void addFull(String text, int begin, int end, List<Found> found) {
        for (int to : new int[] {end, end - 1}) {
            if (to - begin >= 2
                    && !isWord(text, begin, to)
                    && BEHIND.matcher(text).region(to, text.length()).lookingAt()) {
                found.add(new Found(PersonalKind.NAME, begin, to, text.substring(begin, to)));
                return;
            }
        }
    }
}
