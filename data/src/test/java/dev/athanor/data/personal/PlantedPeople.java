package dev.athanor.data.personal;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Sentences with names of people in the surroundings that finders claim, and addresses of houses, between sentences
/// with look-alikes: companies, products, greetings of nobody, jobs, roads without houses.
final class PlantedPeople {
    private static final List<String> GIVEN = List.of(
            "Alice",
            "Benjamin",
            "Chloe",
            "David",
            "Elena",
            "Fatima",
            "George",
            "Hannah",
            "Ivan",
            "Julia",
            "Karim",
            "Laura",
            "Mohammed",
            "Nina",
            "Oliver",
            "Priya",
            "Rachel",
            "Samuel",
            "Thomas",
            "Ursula",
            "Victor",
            "Wendy",
            "Zoe");

    private static final List<String> FAMILY = List.of(
            "Smith",
            "O'Brien",
            "McDonald",
            "Okafor",
            "Müller",
            "van der Berg",
            "Garcia",
            "Lindqvist",
            "Patel",
            "Novak",
            "de Souza",
            "Harper-Jones",
            "Al Farsi",
            "Whitlock",
            "D'Angelo",
            "Kowalski",
            "Nguyen",
            "Tanaka",
            "Brandt",
            "Moss");

    private static final List<String> CHINESE = List.of(
            "王小明", "李雷", "张伟", "刘思远", "陈静怡", "欧阳雪", "赵云舒", "周文", "林若兰", "谢海平", "唐建国", "韩梅梅", "何晓峰", "郑春生", "方圆", "高翔",
            "于欣然", "叶知秋", "金子轩", "苏雨桐", "曾志强", "司马青", "马超", "黄蓉", "任家明", "石磊", "白洁", "程浩然");

    private static final List<String> CHINESE_FAMILY = List.of(
            "王", "李", "张", "刘", "陈", "赵", "周", "林", "谢", "唐", "何", "方", "高", "叶", "金", "苏", "马", "黄", "欧阳", "白", "程");

    private final RandomGenerator random;

    PlantedPeople(RandomGenerator random) {
        this.random = random;
    }

    Planted.Text text() {
        StringBuilder text = new StringBuilder();
        List<Found> expected = new ArrayList<>();
        int pieces = 1 + random.nextInt(3);
        for (int i = 0; i < pieces; i++) {
            switch (random.nextInt(5)) {
                case 0 -> plant(text, expected, PersonalKind.NAME, english(), one(ENGLISH));
                case 1 -> chinese(text, expected);
                case 2 -> plant(text, expected, PersonalKind.ADDRESS, address(), one(AT));
                case 3 -> plant(text, expected, PersonalKind.ADDRESS, chineseAddress(), one(CHINESE_AT));
                default -> text.append(one(HARMLESS));
            }
            text.append(one(List.of("\n", "\n\n", "\nPS. ", "\n另外，")));
        }
        return new Planted.Text(text.toString(), expected);
    }

    private void plant(StringBuilder text, List<Found> expected, PersonalKind kind, String value, String sentence) {
        int begin = text.length() + sentence.indexOf('%');
        text.append(sentence.replace("%", value));
        expected.add(new Found(kind, begin, begin + value.length(), ""));
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private int between(int from, int to) {
        return random.nextInt(from, to + 1);
    }

    // --------------------------------------------------------------------------------------------------- names

    private static final List<String> ENGLISH = List.of(
            "Yesterday I spoke to Mr. %, who was kind.",
            "Please ask Mrs % about it.",
            "Dr % will call you back, he said.",
            "Is Ms. % still working for you?",
            "The parcel is for Prof. %; ring twice.",
            "My name is % and I am a customer of yours.",
            "Hello, my name is %. Where is my tea?",
            "Dear %,\nthank you for writing.",
            "Hi %, how are you?",
            "Name: %\nOrder: CK-2026-00001",
            "Full name: %; paid",
            "Contact: %, phone below",
            "Contact person: %",
            "Attn: %",
            "Recipient: %\nParcels: 2",
            "I hope to hear from you.\nRegards,\n%",
            "Thanks a lot.\nBest wishes\n%",
            "Please answer.\nYours sincerely,\n%\nCrane & Kettle",
            "See you soon.\nCheers\n%",
            "Signed by % in March.");

    private String english() {
        String initial = random.nextInt(6) == 0 ? " " + (char) ('A' + random.nextInt(26)) + "." : "";
        return one(GIVEN) + initial + (random.nextInt(4) == 0 && initial.isEmpty() ? "" : " " + one(FAMILY));
    }

    private void chinese(StringBuilder text, List<Found> expected) {
        if (random.nextInt(3) == 0) {
            String sentence = one(List.of(
                    "昨天%先生来过店里。",
                    "请联系%女士，谢谢", "%经理说可以退款。", "谢谢%老师的帮助！", "我是%老师，想订两罐茶。", "收到%医生的来信。", "这位是%小姐。", "麻烦转告%师傅一声"));
            plant(
                    text,
                    expected,
                    PersonalKind.NAME,
                    random.nextBoolean() ? one(CHINESE) : one(CHINESE_FAMILY),
                    sentence);
        } else {
            plant(
                    text,
                    expected,
                    PersonalKind.NAME,
                    one(CHINESE),
                    one(List.of(
                            "收件人：%，电话见下",
                            "姓名：% 性别：女",
                            "联系人：%，请下午打来",
                            "我叫%，是你们的老顾客。",
                            "我叫%，今年三十岁。",
                            "收货人: %\n数量：2",
                            "请尽快回复。\n此致敬礼\n%",
                            "盼复。\n祝生意兴隆\n%",
                            "麻烦了。\n谢谢\n%，即日",
                            "户名：%",
                            "经办人：%\n2026年3月",
                            "你好，我的名字是%。")));
        }
    }

    // ----------------------------------------------------------------------------------------------- addresses

    private static final List<String> AT = List.of(
            "Please send it to %. Thank you.",
            "I live at %",
            "The right address is %; the old one is wrong.",
            "Address: %\nParcels: 2",
            "We have moved to %, as I wrote last week.",
            "(%) is where the parcel went.");

    private static final List<String> CHINESE_AT =
            List.of("请寄到%，谢谢。", "地址：%", "我住在%。", "收货地址改为%，旧的不用了", "正确的地址是%，麻烦了。", "我家在%，请送到门口", "发货至%！");

    private String address() {
        String house = between(1, 999) + (random.nextInt(6) == 0 ? "B" : "");
        String street = house + " "
                + one(List.of(
                        "Willow Lane",
                        "Old Mill Road",
                        "High Street",
                        "Orchard Avenue",
                        "St John's Road",
                        "Queen Victoria Street",
                        "North Main St",
                        "W 42nd St.",
                        "Martin Luther King Blvd",
                        "Church Terrace"));
        String unclear = house + " "
                + one(List.of("Sunset Court", "Market Square", "Green Park", "Castle Hill", "Abbey Gardens"));
        String town = one(
                List.of("Springdale", "Port Elder", "Kingston upon Thames", "Norbridge", "East Haven", "Newcastle"));
        String british = one(List.of("SW1A 1AA", "BS1 4DJ", "M1 1AE", "EC2V 7HH", "CB2 1TN"));
        String american = one(List.of("CA", "NY", "TX", "OR")) + " " + between(10000, 99999)
                + (random.nextInt(4) == 0 ? "-0123" : "");
        String unit = random.nextInt(4) == 0 ? one(List.of(", flat 2", " Apt 4B", ", Suite 300", " #12")) : "";
        return switch (random.nextInt(5)) {
            case 0 -> street + unit + ", " + town;
            case 1 -> street + unit + ", " + town + " " + british;
            case 2 -> one(List.of(street, unclear)) + unit + ", " + town + ", " + american;
            case 3 -> "Flat 3, " + one(List.of(street, unclear)) + "\n" + town + "\n" + british;
            default -> one(List.of(street, unclear)) + ", " + british;
        };
    }

    private String chineseAddress() {
        String place = one(List.of(
                "杭州市",
                "苏州市姑苏区",
                "北京市海淀区",
                "上海市浦东新区",
                "浙江省湖州市安吉县",
                "广东省深圳市南山区",
                "福建省福州市鼓楼区东街街道",
                "石家庄市",
                "广西壮族自治区桂林市",
                "重庆市渝中区",
                "四川成都市武侯区",
                "西湖区"));
        String road = one(List.of("湖畔路", "龙井路", "老桥巷", "人民大道", "解放东路", "中山南路", "灯笼街", "建国门外大街", "世纪大道"));
        String house = between(1, 999) + "号";
        String inside = one(List.of("", "", "3幢201室", "5号楼2单元1101室", "阳光花园8栋1203", "二楼", "1-2-301", "B座12层1201室"));
        return switch (random.nextInt(4)) {
            case 0 -> road + house + one(List.of("3幢201室", "5号楼2单元1101室", "2栋"));
            case 1 -> place + one(List.of("黄杜村", "翠湖小区", "金色家园")) + between(1, 99) + one(List.of("号", "栋3单元501室", "幢"));
            default -> place + road + house + (inside.startsWith("阳光") ? inside + "室" : inside);
        };
    }

    // ------------------------------------------------------------------------------------------------ look-alikes

    private static final List<String> HARMLESS = List.of(
            "Dear Crane & Kettle,\nthe tea was good.",
            "Dear Müller Ltd, please send an offer.",
            "Dear Alice Harper Consulting, thank you.",
            "Dear Smith and Sons,",
            "Dear Customer, your order is on its way.",
            "Dear Sir or Madam,",
            "Hi there, is it green?",
            "Hello World, said the program.",
            "Name: Lakeside Longjing\nPrice: 128",
            "Product name: Alice Blue Teapot",
            "Contact: Customer Service, any day",
            "File name: report",
            "Company name: Grace Hotel",
            "Mr President, ladies and gentlemen!",
            "Best wishes\nThe Tea Team",
            "Kind regards\nCustomer Support",
            "Will Green Tea keep me awake? May I have more?",
            "In 2024 Main Street was closed.",
            "We sold 12 Green Hill tins and 3 Silver Needle ones.",
            "It is on High Street, near the church.",
            "Take the 12 Road bus, then walk 300 metres.",
            "Chapter 7 The Road, page 12.",
            "There are 5 Green Gardens, Yunnan has most.",
            "On 12 March Street musicians played.",
            "谢谢老师！",
            "感谢各位老师和同学。",
            "客户经理会联系您，资金经理不在。",
            "高级经理负责此事，任何同学都可以参加。",
            "对方律师没有出席，关于老师的问题再说。",
            "上周经理不在，课程老师换了。",
            "茶叶师傅手艺好，茶艺老师也好。",
            "他担任经理三年，现任经理很好。",
            "康师傅方便面三包。",
            "收件人：鹤壶茶舍有限公司",
            "户名：张一元茶叶有限公司",
            "联系人：客服部",
            "我叫了外卖。",
            "各位先生女士，大家好。",
            "祝好\n鹤壶茶舍",
            "明白老师的意思，提高老师的待遇。",
            "人民路的小学有3号窗口。",
            "乘3号线到世纪大道站下车。",
            "第12号文件由市政府发布。",
            "龙井路上有很多茶馆。",
            "西湖区有12个街道。",
            "5号楼的电梯坏了。",
            "买了3号茶叶2罐。",
            "公园里一号茶馆最好。",
            "杭州市的茶叶很有名。");
}
