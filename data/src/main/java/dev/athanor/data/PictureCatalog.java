package dev.athanor.data;

import dev.athanor.data.image.ImageForm;
import dev.athanor.data.image.Shades;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// The part of the [Catalog] that is pictures.
final class PictureCatalog {
    private static final String FASHION = "b2617bb6d3ffa2e429640350f613e3291e10b141";
    private static final String TWEMOJI = "9ee6e4b252b5c3038bfda9f9bd41cce3e48a34b8";
    private static final String OMNIGLOT = "057f034baf2ecb8530bc5710e5a23584d2a519cc";

    /// Numbers 0 to 9 of its labels, as its README names them.
    private static final List<String> CLOTHES = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    private static final int VALIDATION_BEGINS = 55_000;

    static final List<Catalog.Entry> ENTRIES = List.of(fashionMnist(), twemoji72(), omniglotSmall());

    private PictureCatalog() {}

    private static Catalog.Entry fashionMnist() {
        return new Catalog.Entry(
                "fashion_mnist",
                "70,000 pictures of clothes, 28 x 28 grey, ten classes; the last 5,000 of its train are for validation",
                "MIT",
                List.of(
                        fashion(
                                "train-images-idx3-ubyte.gz",
                                "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
                        fashion(
                                "train-labels-idx1-ubyte.gz",
                                "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
                        fashion(
                                "t10k-images-idx3-ubyte.gz",
                                "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
                        fashion(
                                "t10k-labels-idx1-ubyte.gz",
                                "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34")),
                ImportOptions.of("fashion_mnist")
                        .withColumns("", "label", List.of())
                        .withPlan(Catalog.GIVEN)
                        .withLicence("MIT"),
                new Importer.Knowledge(
                        List.of("label"),
                        (file, record, _) -> Optional.of(
                                file.contains("t10k")
                                        ? Split.TEST
                                        : record >= VALIDATION_BEGINS ? Split.VALIDATION : Split.TRAIN),
                        (_, values) -> with(values, "label", CLOTHES.get(Integer.parseInt(values.get("label"))))));
    }

    private static Catalog.Source fashion(String name, String sha256) {
        return new Catalog.Source(
                Catalog.github("zalandoresearch/fashion-mnist", FASHION, "data/fashion/" + name), name, sha256);
    }

    /// The drawings are published one by one, and their names inside a table of other things: so a copy is
    /// needed.
    private static Catalog.Entry twemoji72() {
        String repository = "cptpiepmatz/twemoji-assets";
        return new Catalog.Entry(
                "twemoji72",
                "1,941 emoji, 72 x 72 in colour on white, each with its name in English and its group; read from a copy",
                "CC BY 4.0, Twemoji, copyright Twitter, Inc. and other contributors; names: MIT, Emojibase",
                List.of(
                        new Catalog.Source(
                                Catalog.github(repository, TWEMOJI, "assets/72x72"),
                                "twemoji-72x72.zip",
                                "af38bfc21345daf1cb53e3136690423dbf48309d00bab7dbd8ea7fef7bff0480",
                                Catalog.Source.Form.MADE),
                        new Catalog.Source(
                                Catalog.github(repository, TWEMOJI, "emojibase.data.json"),
                                "labels.tsv",
                                "c3fd0bf13cef02cf592364aeb815f33c1a9c462ee9f0a6f0f77380e30b1e65ae",
                                Catalog.Source.Form.MADE)),
                ImportOptions.of("twemoji72")
                        .withColumns("label", "", List.of("group"))
                        .withMedia(MediaForms.USUAL.withImages(ImageForm.SOURCE.withShades(Shades.COLOR)))
                        .withPlan(Catalog.GIVEN)
                        .withLicence("CC BY 4.0 (Twemoji), MIT (Emojibase)"),
                new Importer.Knowledge(
                        List.of("group"), (_, record, _) -> Optional.of(Catalog.tenth(record)), (_, values) -> values));
    }

    private static Catalog.Entry omniglotSmall() {
        return new Catalog.Entry(
                "omniglot_small",
                "4,840 drawings of 242 characters of eight alphabets, 105 x 105 grey; drawer 20 is for the test, 19 for validation",
                "MIT",
                List.of(
                        omniglot(1, "f38eb80f801274ac2b4dff5b24289016bfaba4a7d5bb50deebf27104ad6cb8a4"),
                        omniglot(2, "3ccaa407515a8778e5d0861875af38b17e418f301ad5bb3b5a6b65d901a41c7f")),
                ImportOptions.of("omniglot_small")
                        .withColumns("", "label", List.of())
                        .withPlan(Catalog.GIVEN)
                        .withLicence("MIT"),
                new Importer.Knowledge(
                        List.of("label", "alphabet"),
                        (file, _, _) -> Optional.of(drawer(file)),
                        (_, values) -> with(values, "alphabet", alphabet(values)),
                        // Greek and Latin are in both files, with the same drawings.
                        (file, values) -> !file.contains("_small2")
                                || !List.of("Greek", "Latin").contains(alphabet(values))));
    }

    private static Catalog.Source omniglot(int number, String sha256) {
        String name = "images_background_small%d.zip".formatted(number);
        return new Catalog.Source(Catalog.github("brendenlake/omniglot", OMNIGLOT, "python/" + name), name, sha256);
    }

    private static String alphabet(SequencedMap<String, String> values) {
        return values.get("label").split("/")[0];
    }

    /// A file is called by character and drawer: `0394_17.png`.
    private static Split drawer(String file) {
        if (file.endsWith("_20.png")) {
            return Split.TEST;
        }
        return file.endsWith("_19.png") ? Split.VALIDATION : Split.TRAIN;
    }

    private static SequencedMap<String, String> with(SequencedMap<String, String> values, String field, String value) {
        SequencedMap<String, String> more = new LinkedHashMap<>(values);
        more.put(field, value);
        return more;
    }
}
