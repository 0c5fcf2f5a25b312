package dev.athanor.data.shop;

import java.util.List;

/// The languages of the shop, with the words that its files use for them.
enum Language {
    ENGLISH("en", "", List.of("warm", "playful", "elegant", "plain"), List.of("spring", "summer", "autumn", "winter")),
    CHINESE("zh", "_zh", List.of("温暖", "俏皮", "典雅", "平实"), List.of("春", "夏", "秋", "冬"));

    private final String code;
    private final String suffix;
    private final List<String> tones;
    private final List<String> seasons;

    Language(String code, String suffix, List<String> tones, List<String> seasons) {
        this.code = code;
        this.suffix = suffix;
        this.tones = tones;
        this.seasons = seasons;
    }

    /// `en` or `zh`, in names of files and in the field `language`.
    String code() {
        return code;
    }

    /// What its columns end with in the list of products.
    String suffix() {
        return suffix;
    }

    List<String> tones() {
        return tones;
    }

    List<String> seasons() {
        return seasons;
    }
}
