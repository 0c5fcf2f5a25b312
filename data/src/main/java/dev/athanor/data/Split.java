package dev.athanor.data;

import java.util.Locale;
import java.util.Optional;

/// What a sample is for: to learn from, to choose by, or to judge with.
public enum Split {
    TRAIN,
    VALIDATION,
    TEST;

    /// The name in files and on the command line: `train`, `validation` or `test`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The split that a file's name says: `train…`, `validation…`, `valid…`, `dev…`, `test…`, and `t10k…` as
    /// MNIST calls its test.
    static Optional<Split> named(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        if (file.startsWith("test") || file.startsWith("t10k")) {
            return Optional.of(TEST);
        }
        if (file.startsWith("valid") || file.startsWith("dev")) {
            return Optional.of(VALIDATION);
        }
        return file.startsWith("train") ? Optional.of(TRAIN) : Optional.empty();
    }

    /// The split that a file's name says, or that of a spreadsheet's sheet, or else the name of its folder.
    static Optional<Split> ofPath(String path) {
        int sheet = path.lastIndexOf(SpreadsheetFormat.SHEET);
        if (sheet >= 0) {
            String book = path.substring(0, sheet);
            return of(path.substring(sheet + SpreadsheetFormat.SHEET.length())).or(() -> ofPath(book));
        }
        String folder = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        return named(path).or(() -> inside(path)).or(() -> of(folder.substring(folder.lastIndexOf('/') + 1)));
    }

    /// The split that stands in front of the end of a file's name, as RecBole has it: `events.train.inter`.
    private static Optional<Split> inside(String path) {
        String[] parts = path.substring(path.lastIndexOf('/') + 1)
                .replaceFirst("\\.gz$", "")
                .split("\\.");
        return parts.length > 2 ? of(parts[parts.length - 2]) : Optional.empty();
    }

    /// The split whose name this word is, as a folder or in a column.
    static Optional<Split> of(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "train", "training" -> Optional.of(TRAIN);
            case "validation", "valid", "val", "dev" -> Optional.of(VALIDATION);
            case "test", "testing" -> Optional.of(TEST);
            default -> Optional.empty();
        };
    }
}
