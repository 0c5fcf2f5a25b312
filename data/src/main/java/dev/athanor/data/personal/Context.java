package dev.athanor.data.personal;

import java.util.regex.Pattern;

/// What the words right before and behind a number say of it. Only a short stretch is looked at, and no other number
/// may stand between.
final class Context {
    private static final int BEFORE = 32;
    private static final int BEHIND = 8;

    /// Words that announce a phone number, with at most eight characters between.
    private static final Pattern PHONE = Pattern.compile(
            "(?:电话|手机|手機|電話|座机|热线|固话|传真|致电|拨打|联系方式|微信|(?<![a-z])(?:tele?phone|phone|tel|mobile|cell|call|fax|whatsapp|text|dial|ring))[^\\d,，。;；]{0,12}$");

    /// Words that announce a number of something else. Between them and the number there is only what belongs to
    /// such words.
    private static final Pattern OTHER = Pattern.compile(
            "(?:订单|單號|单号|编号|货号|流水|批号|批次|型号|序列|版本|书号|發票|发票|快递|运单|票号|票据|合同|案号|条码|条形码|商品码?|会员号?|账单|订购|交易|工单|课程|学号|工号|邮编|编码|代码"
                    + "|(?<![a-z])(?:order|invoice|tracking|shipment|isbn|issn|ean|upc|gtin|barcode|sku|serial|part|model|version|release"
                    + "|build|case|ticket|ref|reference|receipt|batch|lot|po|transaction|item|product|package|parcel|tax|vat|doi|pmid|issue"
                    + "|commit|id|no|account|booking|confirmation|s/n|p/n))"
                    + "(?:号码?|編號|编号|码|\\s?-?(?:numbers?|nos?\\.?|nr\\.?|ids?|code)(?![a-z])|为|是|\\sis)*[\\s:：#.=（(\\[\"'-]*$");

    private static final Pattern VERSION = Pattern.compile(
            "(?:版本|版|固件|驱动|升级[到至]|更新[到至]|(?<![a-z])(?:version|ver|v|release|rev|revision|build|firmware|driver|section|chapter|clause|upgraded? to|updated? to"
                    + "|§))(?:号|是|为|\\sis)?[\\s:：.#=-]*(?:[a-z]+[\\s-])?$");

    private static final Pattern MACHINE = Pattern.compile(
            "(?:地址|主机|服务器|网关|来自|登录|(?<![a-z])(?:ip|ipv4|server|host|address|gateway|dns|ping|ssh|from|client))[^\\d,，。;；]{0,12}$");

    private static final Pattern AMOUNT = Pattern.compile(
            "^\\s?(?:元|块|圆|万|亿|美元|円|%|％|件|个|米|公里|千克|公斤|字节|人民币|人次|次|(?:usd|rmb|cny|kg|km|gb|mb|kb|bytes|units?|pcs|dollars|yuan)(?![a-z]))");

    private Context() {}

    static boolean isPhone(String text, int begin) {
        return PHONE.matcher(before(text, begin)).find();
    }

    static boolean isOther(String text, int begin) {
        return OTHER.matcher(before(text, begin)).find();
    }

    static boolean isVersion(String text, int begin) {
        return VERSION.matcher(before(text, begin)).find();
    }

    static boolean isMachine(String text, int begin) {
        return MACHINE.matcher(before(text, begin)).find();
    }

    static boolean isAmount(String text, int end) {
        return AMOUNT.matcher(lower(text, end, Math.min(text.length(), end + BEHIND)))
                .find();
    }

    private static String before(String text, int begin) {
        return lower(text, Math.max(0, begin - BEFORE), begin);
    }

    /// Lower case, letter by letter: places stay what they are.
    private static String lower(String text, int from, int to) {
        char[] lower = new char[to - from];
        for (int i = from; i < to; i++) {
            lower[i - from] = Character.toLowerCase(text.charAt(i));
        }
        return new String(lower);
    }
}
