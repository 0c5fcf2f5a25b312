package dev.athanor.data;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/// What was given to one import. Each path was meant: one that adds nothing to the dataset is refused, not passed over.
///
/// @param places all files that lie there
record GivenPaths(List<Path> paths, List<String> places) {
    /// Files of a kind.
    ///
    /// @param word for people
    /// @param remedy what else could be done with them; empty: nothing
    /// @param holds whether a place is that of one
    record Things(String word, String remedy, Predicate<String> holds) {
        Things(String word, Predicate<String> holds) {
            this(word, "", holds);
        }
    }

    /// @throws DataException naming a path that holds none of the things that are taken, and some others
    void requireAll(Things taken, List<Things> others) {
        for (Path path : paths) {
            if (taken.holds().test(path.toString()) || holds(path, taken)) {
                continue;
            }
            for (Things other : others) {
                if (holds(path, other)) {
                    throw refused(path, taken, other);
                }
            }
        }
    }

    private DataException refused(Path path, Things taken, Things other) {
        String giving = paths.stream()
                .filter(one -> holds(one, taken))
                .findFirst()
                .map(Path::toString)
                .orElse("the rest");
        return new DataException(
                "%s holds %s, and %s %s: a dataset holds one kind; import each as a dataset of its own%s"
                        .formatted(path, other.word(), giving, taken.word(), other.remedy()));
    }

    private boolean holds(Path path, Things things) {
        String given = path.toString().replace('\\', '/');
        return places.stream()
                .filter(place -> {
                    String plain = place.replace('\\', '/');
                    return plain.equals(given) || plain.startsWith(given + "/");
                })
                .anyMatch(things.holds());
    }
}
