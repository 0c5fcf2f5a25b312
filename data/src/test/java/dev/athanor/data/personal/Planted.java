package dev.athanor.data.personal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Sentences in English and Chinese with personal data in them, and look-alikes: order numbers, dates, prices, books,
/// versions, links. Where each piece stands is known.
final class Planted {
    /// A text with what a finder must find in it, and nothing else.
    record Text(String text, List<Found> expected) {}

    private static final List<String> AROUND = List.of(
            "Please write to % before Friday.",
            "You can reach me at %, thanks!",
            "My contact: %",
            "Forwarded by % (see below)",
            "I tried % twice and nobody answered.",
            "%",
            "Hello, % is what I have on file. Is it right?",
            "Contact details - %; please confirm.",
            "请联系%，谢谢。",
            "我的资料是%，请帮我改一下",
            "客户留下了%。",
            "如有问题请找%处理",
            "（%）已经登记",
            "登记信息：%",
            "麻烦你把东西寄给小王，%",
            "昨天我收到%的消息了");

    private static final List<String> FILLER = List.of(
            "The delivery took 3 days and 2 of 12 boxes were open. ",
            "We met at 10:30 in room 204. ",
            "It costs 25% less than in 2023. ",
            "这款茶的味道很好，买了3盒。",
            "昨天下午3点到的货，包装有2处破损。",
            "",
            "");

    private final RandomGenerator random;

    Planted(RandomGenerator random) {
        this.random = random;
    }

    /// One to three pieces of personal data or look-alikes, each in its sentence.
    Text text() {
        StringBuilder text = new StringBuilder();
        List<Found> expected = new ArrayList<>();
        int pieces = 1 + random.nextInt(3);
        for (int i = 0; i < pieces; i++) {
            text.append(one(FILLER));
            if (random.nextBoolean()) {
                PersonalKind kind = one(List.of(
                        PersonalKind.EMAIL, PersonalKind.PHONE, PersonalKind.IP, PersonalKind.CARD, PersonalKind.ID));
                String value = personal(kind);
                String sentence = one(AROUND);
                int begin = text.length() + sentence.indexOf('%');
                text.append(sentence.replace("%", value));
                expected.add(new Found(kind, begin, begin + value.length(), ""));
            } else {
                text.append(harmless());
            }
            text.append(one(List.of("\n", " ", "。", " And then: ")));
        }
        return new Text(text.toString(), expected);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String digits(int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    private int between(int from, int to) {
        return random.nextInt(from, to + 1);
    }

    private String personal(PersonalKind kind) {
        return switch (kind) {
            case EMAIL -> mail();
            case PHONE -> phone();
            case IP -> random.nextInt(3) > 0 ? four() : six();
            case CARD -> card();
            case ID -> identity();
            case NAME, ADDRESS -> throw new IllegalStateException("names and addresses have a set of their own");
        };
    }

    private String mail() {
        String name = one(List.of(
                "li.wei", "anna_k", "j.o'neil", "zhangsan", "ops+alerts", "Bob-Smith", "x" + digits(3), digits(9)));
        return name + "@"
                + one(List.of(
                        "qq.com",
                        "163.com",
                        "example.org",
                        "mail.shop.co.uk",
                        "Sina.com.cn",
                        "a-b.io",
                        "stud.uni-jena.de"));
    }

    private String phone() {
        return switch (random.nextInt(4)) {
            case 0, 1 -> mobile();
            case 2 -> random.nextBoolean() ? landline() : american();
            default -> foreign();
        };
    }

    private String mobile() {
        String prefix = one(List.of("130", "138", "139", "150", "159", "166", "177", "186", "188", "191", "199"));
        String middle = digits(4);
        String last = digits(4);
        String number = one(List.of(
                prefix + middle + last,
                prefix + middle + last,
                "%s %s %s".formatted(prefix, middle, last),
                "%s-%s-%s".formatted(prefix, middle, last)));
        return one(List.of("", "", "+86 ", "+86", "86-", "(+86) ", "+86-")) + number;
    }

    private String landline() {
        String area = one(List.of("010", "021", "020", "0755", "0571", "028", "0512"));
        String number = between(5, 8) + digits(3) + " " + digits(4);
        return one(List.of(
                area + "-" + number.replace(" ", ""),
                "(%s) %s".formatted(area, number),
                "%s %s".formatted(area, number.replace(" ", "")),
                "（%s）%s".formatted(area, number.replace(" ", "")),
                "%s-%s-%d".formatted(area, number.replace(" ", ""), between(100, 999))));
    }

    private String american() {
        int area = one(List.of(212, 415, 617, 312, 206, 713, 305, 646));
        String exchange = between(2, 9) + "" + between(2, 9) + random.nextInt(10);
        String line = digits(4);
        return one(List.of(
                "(%d) %s-%s".formatted(area, exchange, line),
                "%d-%s-%s".formatted(area, exchange, line),
                "%d.%s.%s".formatted(area, exchange, line),
                "1-%d-%s-%s".formatted(area, exchange, line),
                "+1 %d %s %s".formatted(area, exchange, line)));
    }

    private String foreign() {
        return one(List.of(
                "+44 20 7946 0" + digits(3),
                "+49 151 " + between(10, 99) + digits(6),
                "+33 1 4%d %s %s %s".formatted(between(0, 9), digits(2), digits(2), digits(2)),
                "+61 2 9%s %s".formatted(between(200, 799), digits(4)),
                "+852 9%s %s".formatted(between(100, 799), digits(4)),
                "+65 6%s %s".formatted(between(200, 799), digits(4)),
                "+81 3-%d-%s".formatted(between(3200, 5899), digits(4)),
                "+4420794602" + digits(2)));
    }

    private String four() {
        return "%d.%d.%d.%d"
                .formatted(
                        one(List.of(10, 172, 192, 8, 47, 101, 123, 203)),
                        between(16, 255),
                        between(0, 255),
                        between(1, 254));
    }

    private String six() {
        return switch (random.nextInt(3)) {
            case 0 ->
                "2001:db8:%x:%x:%x:%x:%x:%x"
                        .formatted(
                                between(1, 65535),
                                between(0, 9),
                                between(0, 9),
                                between(1, 65535),
                                between(1, 999),
                                between(1, 9));
            case 1 -> "fe80::%x:%x".formatted(between(1, 65535), between(1, 65535));
            default ->
                "240e:%x::%x".formatted(between(1, 65535), between(1, 65535)).toUpperCase(Locale.ROOT);
        };
    }

    private String card() {
        String begin = one(List.of("4", "51", "55", "6222", "6225", "62170", "3528", "6011", "37", "2221"));
        int length = begin.equals("37") ? 15 : begin.startsWith("62") && random.nextBoolean() ? 19 : 16;
        String number = begin + digits(length - begin.length() - 1);
        number += luhn(number);
        if (length == 15 || random.nextBoolean()) {
            return number;
        }
        return number.replaceAll("(.{4})(?=.)", "$1" + one(List.of(" ", "-")));
    }

    private static int luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? 2 * digit / 10 + 2 * digit % 10 : digit;
        }
        return (10 - sum % 10) % 10;
    }

    private String identity() {
        String number = one(List.of("110101", "310104", "440305", "330106", "510107", "650102"))
                + "%d%02d%02d".formatted(between(1940, 2012), between(1, 12), between(1, 28))
                + digits(3);
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (number.charAt(i) - '0') * ((1 << 17 - i) % 11);
        }
        int check = (12 - sum % 11) % 11;
        return number + (check == 10 ? one(List.of("X", "x")) : check);
    }

    private String harmless() {
        int year = between(2015, 2026);
        int month = between(1, 12);
        int day = between(1, 28);
        return one(List.of(
                "Order no. %s%s is on its way.".formatted(between(1, 9), digits(between(9, 17))),
                "Order #1%d%s was cancelled.".formatted(between(3, 9), digits(9)),
                "订单号：%d%02d%02d%s 已发货".formatted(year, month, day, digits(between(4, 10))),
                "订单编号 1%d%s，请核对".formatted(between(3, 9), digits(9)),
                "快递单号SF%s".formatted(digits(13)),
                "运单号 %s%s".formatted(between(1, 9), digits(11)),
                "Tracking: 94%s".formatted(digits(20)),
                "The invoice INV-%d-%s is due on %d-%02d-%02d.".formatted(year, digits(6), year, month, day),
                "Between %d-%02d-%02d and %d-%02d-%02d we are closed.".formatted(year, month, day, year, month, day),
                "%d/%02d/%02d %02d:%02d:%02d ERROR at line %s"
                        .formatted(year, month, day, between(0, 23), between(0, 59), between(0, 59), digits(4)),
                "%02d.%02d.%d, page %d of %s".formatted(day, month, year, between(1, 9), digits(3)),
                "活动时间%d年%d月%d日至%d月%d日".formatted(year, month, day, month, day),
                "Created %d%02d%02d%02d%02d%02d in the log"
                        .formatted(year, month, day, between(0, 23), between(0, 59), between(0, 59)),
                "timestamp 17%s and 17%s".formatted(digits(8), digits(11)),
                "It was $%d,%03d.%02d, now ￥%d.00"
                        .formatted(between(1, 99), between(0, 999), between(0, 99), between(1000, 99999)),
                "总额%d元，年营收13%s元".formatted(between(100, 99999), digits(9)),
                "价格：￥%d%s".formatted(between(1, 9), digits(4)),
                "ISBN 978-7-%s-%s-%d".formatted(digits(3), digits(5), between(0, 9)),
                "ISBN 978%s".formatted(digits(10)),
                "书号7-%s-%s-X".formatted(digits(3), digits(5)),
                "条码69%s".formatted(digits(11)),
                "version %d.%d.%d.%d fixes it"
                        .formatted(between(1, 12), between(0, 30), between(0, 255), between(0, 255)),
                "Windows 10.0.%d.%d".formatted(between(10000, 22631), between(1000, 4000)),
                "升级到%d.%d.%d版本，或 v%d.%d.%d.%d"
                        .formatted(
                                between(1, 9),
                                between(0, 9),
                                between(0, 9),
                                between(1, 20),
                                between(0, 9),
                                between(0, 9),
                                between(0, 9)),
                "固件版本 %d.%d.%d.%d".formatted(between(1, 9), between(0, 99), between(0, 99), between(0, 99)),
                "libfoo-%d.%d.%d.tar.gz".formatted(between(1, 9), between(0, 30), between(0, 99)),
                "See https://shop.example/item/1%d%s?ref=%s".formatted(between(3, 9), digits(9), digits(10)),
                "坐标 %d.%s, %d.%s".formatted(between(18, 53), digits(4), between(73, 135), digits(4)),
                "MAC 00:1a:%s:%s:3c:4d at %02d:%02d:%02d"
                        .formatted(digits(2), digits(2), between(0, 23), between(0, 59), between(0, 59)),
                "std::vector and a::b::c are names; 10::20 is none",
                "logo@2x.png, @anna and @li_wei said hi",
                "clone git@github.com:shop/tea.git or install left-pad@1.3.%d".formatted(between(0, 9)),
                "id %s-%s-%s".formatted(digits(8), digits(4), digits(12)),
                "1+%s=%s".formatted(digits(3), digits(4)),
                "The score was %d-%d, %d-%d, %d-%d."
                        .formatted(
                                between(0, 9),
                                between(0, 9),
                                between(0, 9),
                                between(0, 9),
                                between(0, 9),
                                between(0, 9)),
                "会员号 %s%s 的积分是%s".formatted(between(1, 9), digits(7), digits(5)),
                "Part number %d-%s-%s".formatted(between(200, 999), digits(3), digits(4)),
                "身高%d，体重%d，面积%s平方米".formatted(between(150, 190), between(40, 99), digits(4)),
                "SKU %s%s / EAN 40%s".formatted(between(1, 9), digits(7), digits(11)),
                "批号%d%02d%02d-%s".formatted(year, month, day, digits(3)),
                "sha1 %s%s".formatted("3f2a9c", digits(20)),
                "%s%s个用户，%d%%的增长".formatted(between(1, 9), digits(6), between(1, 99)),
                "Section %d.%d.%d.%d says so.".formatted(between(1, 19), between(1, 9), between(1, 9), between(1, 9)),
                "1920x1080 at 60 Hz, %dGB".formatted(between(4, 64)),
                "第%s号文件，共%d页".formatted(digits(4), between(1, 300))));
    }
}
