package dev.athanor.data;

import java.util.stream.Collectors;

/// The `README.md` of a dataset's folder as Hugging Face reads it: a head in YAML that says which files are which
/// split, and what people want to know.
final class DatasetCard {
    private DatasetCard() {}

    static String of(Dataset dataset) {
        Manifest manifest = dataset.manifest();
        StringBuilder card = new StringBuilder("---\n");
        card.append("license: other\nlicense_name: ").append(inQuotes(manifest.licence()));
        card.append("\nconfigs:\n- config_name: default\n  data_files:\n");
        for (Split split : Split.values()) {
            if (dataset.count(split) > 0) {
                card.append("  - split: %1$s\n    path: data/%1$s-*.parquet\n".formatted(split.word()));
            }
        }
        card.append("---\n\n# ").append(manifest.name()).append("\n\n");
        card.append("Version %d, made %s, divided %s.\n\n"
                .formatted(manifest.version(), manifest.created(), manifest.splits()));
        card.append("| split | samples |\n| --- | --- |\n");
        for (Split split : Split.values()) {
            card.append("| %s | %d |\n".formatted(split.word(), dataset.count(split)));
        }
        card.append("\nSources: ")
                .append(manifest.sources().stream()
                        .map(source -> source.path() + " (sha-256 " + source.sha256() + ")")
                        .collect(Collectors.joining(", ")))
                .append(".\n");
        return card.toString();
    }

    private static String inQuotes(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ") + '"';
    }
}
