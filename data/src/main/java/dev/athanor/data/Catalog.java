package dev.athanor.data;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// Public data sets that are known by name: where they are published, under which licence, with which
/// checksum, and how they are read and divided. Nothing of them comes with the program.
public record Catalog(List<Entry> entries) {

    /// One published file.
    ///
    /// @param published where it is, at a fixed commit
    /// @param name what it is called here; a copy may also be packed as `name.gz`
    /// @param sha256 of the unpacked content
    /// @param form whether it is there as it is here
    record Source(URI published, String name, String sha256, Form form) {
        enum Form {
            FILE,
            /// Put together from what is published there: only a copy can be read.
            MADE
        }

        Source(URI published, String name, String sha256) {
            this(published, name, sha256, Form.FILE);
        }
    }

    /// @param about one line for people
    public record Entry(
            String name,
            String about,
            String licence,
            List<Source> sources,
            ImportOptions options,
            Importer.Knowledge knowledge) {}

    static final SplitPlan GIVEN = new SplitPlan.Given();
    private static final String POETRY = "99ebbef7e1345c0985c44b9fd96a3f9e776f117b";
    private static final String E2E = "ab0d967dd5729ce455ef14ba9ffafc456a335264";

    /// The anthology Three Hundred Tang Poems.
    private static final Source TANG = new Source(
            github("chinese-poetry/chinese-poetry", POETRY, "全唐诗/唐诗三百首.json"),
            "tang300.json",
            "d77a145f7470da2ed2f79515944563c062ffc43fceda07f195a36ead66b7e5c7");

    private static final Importer.Knowledge POEMS =
            new Importer.Knowledge(List.of("form"), Catalog::poem, (text, values) -> {
                SequencedMap<String, String> form = new LinkedHashMap<>();
                form.put("form", VerseForm.of(text).orElse(values.getOrDefault("rhythmic", "古诗")));
                return form;
            });

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// Those that the built-in recipes are made for.
    public static Catalog known() {
        List<Entry> entries = new ArrayList<>(List.of(tinyShakespeare(), names(), chinesePoetry(), tang300(), e2e()));
        entries.addAll(PictureCatalog.ENTRIES);
        entries.addAll(SoundCatalog.ENTRIES);
        return new Catalog(entries);
    }

    /// A file of a repository at a fixed commit.
    static URI github(String repository, String commit, String path) {
        String address = "https://raw.githubusercontent.com/%s/%s/%s".formatted(repository, commit, path);
        return URI.create(URI.create(address).toASCIIString());
    }

    private static Entry tinyShakespeare() {
        return new Entry(
                "tinyshakespeare",
                "plays, English, one text of 1.1 million characters; the last tenth is for validation",
                "public domain",
                List.of(new Source(
                        github(
                                "karpathy/char-rnn",
                                "6f9487a6fe5b420b7ca9afb0d7c078e37c1d1b4e",
                                "data/tinyshakespeare/input.txt"),
                        "input.txt",
                        "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed")),
                ImportOptions.of("tinyshakespeare")
                        .withUnit(ImportOptions.Unit.FILE)
                        .withPlan(new SplitPlan.Sequential(new SplitPlan.Shares(0.9, 0.1, 0)))
                        .withLicence("public domain"),
                Importer.Knowledge.NONE);
    }

    private static Entry names() {
        return new Entry(
                "names",
                "32,033 given names, English; each tenth line is for the test, the one before it for validation",
                "MIT; the list derives from public domain",
                List.of(new Source(
                        github("karpathy/makemore", "988aa59e4d8fefa526d06f3b453ad116258398d4", "names.txt"),
                        "names.txt",
                        "0a30b5557f192f32ab962680889aac5f6fda0f4cecf40a6d0b5694f58ea8cc4d")),
                ImportOptions.of("names")
                        .withUnit(ImportOptions.Unit.LINE)
                        .withPlan(GIVEN)
                        .withLicence("MIT"),
                new Importer.Knowledge(List.of(), (_, line, _) -> Optional.of(tenth(line)), (_, values) -> values));
    }

    private static Entry chinesePoetry() {
        List<String> sums = List.of(
                "7761bc5ef50305753ea3dcea9e1ef3164e153e3ee366169e9c5a9a7d85b21b22",
                "5f79a2d9011e6d414f04e51176c5d4f4c762fd784dce98b035968367b6f2ef4e",
                "f700d8e14df62d371dfba7ce18bf1641c304540907b26b68d356c4b6b256fe8d",
                "1791391a8a2ca855e133f7ea48bf0c104b3890d628ae2929f9378960a66c1427",
                "48c3e33bab920e17929ea08300c4c5ca72b246669ed5767e5cb985d894514150",
                "1e10ee4be18e225c2efa0bb8d58691ebb6d40cd83588f308d9635a37392bdadd",
                "8ff2b21b4e92a435f72da04fcb935a6a3498e839cde5c837ea418871f133c248",
                "8fe3f7ac40ab7d6c80cdd42305e848c1dc51cff26bc42b335ddfdfaccd48d1ba",
                "8d9c26a4aa62264d2eea853944e47a1420dd94e7465bee7c3e52cec2cf8bd653",
                "bd6a4d90b17ef195f32e38dfa483b0d39d671db3cdd5b462b292aac6916f26a6");
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < sums.size(); i++) {
            String name = "ci.song.%d.json".formatted(i * 1000);
            sources.add(new Source(github("chinese-poetry/chinese-poetry", POETRY, "宋词/" + name), name, sums.get(i)));
        }
        sources.add(TANG);
        return new Entry(
                "chinese_poetry",
                "10,366 poems of Tang and Song, Chinese, with their form: 五言绝句, 七言律诗, or the tune",
                "MIT; the poems are in the public domain",
                sources,
                ImportOptions.of("chinese_poetry")
                        .withColumns("paragraphs", "", List.of())
                        .withPlan(GIVEN)
                        .withLicence("MIT"),
                POEMS);
    }

    private static Entry tang300() {
        return new Entry(
                "tang300",
                "366 poems of Tang, Chinese, with their form: 五言绝句, 七言绝句, 五言律诗, 七言律诗, 古诗",
                "MIT; the poems are in the public domain",
                List.of(TANG),
                ImportOptions.of("tang300")
                        .withColumns("paragraphs", "", List.of())
                        .withPlan(GIVEN)
                        .withLicence("MIT"),
                POEMS);
    }

    private static Optional<Split> poem(String file, long record, SequencedMap<String, String> values) {
        if (file.contains("ci.song.")) {
            return Optional.of(
                    file.contains("ci.song.8000")
                            ? Split.VALIDATION
                            : file.contains("ci.song.9000") ? Split.TEST : Split.TRAIN);
        }
        return Optional.of(tenth(record));
    }

    private static Entry e2e() {
        Seed groups = new Seed(1);
        return new Entry(
                "e2e_nlg",
                "9,365 descriptions of restaurants from attributes, English; descriptions of one restaurant stay together",
                "CC BY-SA 4.0",
                List.of(
                        new Source(
                                github("tuetschek/e2e-dataset", E2E, "devset.csv"),
                                "devset.csv",
                                "fc26b78cdb849c80545f513b223d1e051138b43882eeb79e3eb153e689c864f9"),
                        new Source(
                                github("tuetschek/e2e-dataset", E2E, "testset_w_refs.csv"),
                                "testset_w_refs.csv",
                                "edc8db685e39bb9824d5bd70c18b1c9b0412d14b527aa960e2d1c8251ee15ccd")),
                ImportOptions.of("e2e_nlg")
                        .withColumns("ref", "", List.of())
                        .withAttributesFrom("mr")
                        .withPlan(GIVEN)
                        .withLicence("CC BY-SA 4.0"),
                new Importer.Knowledge(
                        List.of(
                                "name",
                                "eatType",
                                "food",
                                "priceRange",
                                "customer rating",
                                "area",
                                "familyFriendly",
                                "near"),
                        (file, _, values) -> Optional.of(
                                file.contains("testset")
                                        ? Split.TEST
                                        : Math.floorMod(
                                                                groups.branch(values.getOrDefault("mr", ""))
                                                                        .value(),
                                                                10)
                                                        == 9
                                                ? Split.VALIDATION
                                                : Split.TRAIN),
                        (_, values) -> values));
    }

    static Split tenth(long record) {
        return switch ((int) (record % 10)) {
            case 9 -> Split.TEST;
            case 8 -> Split.VALIDATION;
            default -> Split.TRAIN;
        };
    }

    /// The entry of a name.
    ///
    /// @throws IllegalArgumentException for one that is not there, with those that are
    public Entry entry(String name) {
        List<String> names = entries.stream().map(Entry::name).toList();
        return entries.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the catalog has no \"%s\"%s; it has %s"
                        .formatted(name, Nearest.hint(name, names), String.join(", ", names))));
    }

    /// Imports a data set from where it is published; the files stay beside its versions.
    public static Dataset fetch(Datasets datasets, Entry entry) {
        Path folder = datasets.workspace().datasets().resolve(entry.name()).resolve("source");
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            Files.createDirectories(folder);
            for (Source source : entry.sources()) {
                Path target = folder.resolve(source.name());
                if (Files.exists(target)) {
                    continue; // checked below like any copy
                }
                if (source.form() == Source.Form.MADE) {
                    throw new DataException(
                            "%s is not published as one file: it is put together from what is at %s. Give a folder with a copy:  athanor data get %s --from DIR"
                                    .formatted(source.name(), source.published(), entry.name()));
                }
                HttpResponse<byte[]> answer = client.send(
                        HttpRequest.newBuilder(source.published())
                                .timeout(PATIENCE.multipliedBy(6))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
                if (answer.statusCode() != 200) {
                    throw unreachable(entry, source, "the server answered " + answer.statusCode(), null);
                }
                Durable.file(target, answer.body());
            }
        } catch (IOException refused) {
            throw unreachable(
                    entry,
                    entry.sources().getFirst(),
                    Optional.ofNullable(refused.getMessage())
                            .orElse(refused.getClass().getSimpleName()),
                    refused);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new DataException("fetching %s was interrupted".formatted(entry.name()), stopped);
        }
        return read(datasets, entry, folder);
    }

    private static DataException unreachable(Entry entry, Source source, String why, Throwable cause) {
        return new DataException(
                "%s could not be fetched from %s (%s): look at the network, or give a folder with a copy:  athanor data get %s --from DIR"
                        .formatted(source.name(), source.published(), why, entry.name()),
                cause);
    }

    /// Imports a data set from a folder with a copy of its files, plain or packed as gz.
    ///
    /// @throws DataException where one is missing or is not what was published
    public static Dataset read(Datasets datasets, Entry entry, Path folder) {
        List<Path> files = new ArrayList<>();
        for (Source source : entry.sources()) {
            String plain = source.name().replaceFirst("\\.gz$", "");
            Path file = Stream.of(plain, plain + ".gz")
                    .map(folder::resolve)
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseThrow(() ->
                            new DataException("%s holds neither %s nor %s.gz, which %s needs: it is published at %s"
                                    .formatted(folder, plain, plain, entry.name(), source.published())));
            String sum = sum(file);
            if (!sum.equals(source.sha256())) {
                throw new DataException(
                        "%s is not the published file: its SHA-256 is %s, expected %s. Delete it and fetch it again"
                                .formatted(file, sum, source.sha256()));
            }
            files.add(file);
        }
        return Importer.run(datasets, entry.options(), entry.knowledge(), files);
    }

    private static String sum(Path file) {
        try (InputStream in = file.toString().endsWith(".gz")
                ? new GZIPInputStream(Files.newInputStream(file))
                : Files.newInputStream(file)) {
            return Hashes.sha256(in);
        } catch (IOException unreadable) {
            throw new DataException("%s cannot be read: %s".formatted(file, unreadable.getMessage()), unreadable);
        }
    }
}
