package dev.athanor.data;

import dev.athanor.data.label.Agreement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What people said about the samples of a dataset version: of each person the last word on each sample.
/// An answer counts for the version it was given for and for those made from it, and wherever id and text
/// are the same.
public final class Answers {
    private final String field;
    private final Set<String> lineage;
    private final Map<String, SequencedMap<String, Answer>> bySample = new HashMap<>();

    private Answers(String field, Set<String> lineage) {
        this.field = field;
        this.lineage = lineage;
    }

    static Answers of(Datasets datasets, Dataset dataset, String field, List<Answer> journal) {
        Answers answers = new Answers(field, lineage(datasets, dataset));
        journal.forEach(answers::add);
        return answers;
    }

    /// The version and all that it was made from, as far as they are still there.
    private static Set<String> lineage(Datasets datasets, Dataset dataset) {
        Map<String, List<String>> parents = new HashMap<>();
        datasets.versions(dataset.name())
                .forEach(version ->
                        parents.put(version.reference(), version.manifest().parents()));
        Set<String> lineage = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(dataset.reference()));
        while (!open.isEmpty()) {
            String reference = open.pop();
            if (lineage.add(reference)) {
                open.addAll(parents.getOrDefault(reference, List.of()));
            }
        }
        return lineage;
    }

    void add(Answer answer) {
        if (answer.field().equals(field)) {
            SequencedMap<String, Answer> said = bySample.computeIfAbsent(answer.sample(), _ -> new LinkedHashMap<>());
            // One who decides keeps what he said before he saw the others'; the last word is also the latest in order.
            String key = answer.act() == Answer.Act.DECIDE ? answer.annotator() + "\n" : answer.annotator();
            said.remove(key);
            said.put(key, answer);
        }
    }

    /// The last word of each person on a sample, skips included, the oldest first.
    List<Answer> about(Sample sample) {
        SequencedMap<String, Answer> said = bySample.get(sample.id());
        if (said == null) {
            return List.of();
        }
        String content = Answer.content(sample);
        return said.values().stream()
                .filter(answer ->
                        lineage.contains(answer.dataset()) || answer.content().equals(content))
                .toList();
    }

    /// The labels that people gave a sample, by person.
    SequencedMap<String, String> labels(Sample sample) {
        SequencedMap<String, String> labels = new LinkedHashMap<>();
        about(sample).stream()
                .filter(answer -> answer.act() != Answer.Act.SKIP)
                .forEach(answer -> labels.put(answer.annotator(), answer.label()));
        return labels;
    }

    /// What counts: the latest word of one who decides, else what more people say than say anything else;
    /// empty where no one said anything, or there are as many for another.
    Optional<String> decided(Sample sample) {
        List<Answer> said = about(sample);
        Optional<String> decision = said.stream()
                .filter(answer -> answer.act() == Answer.Act.DECIDE)
                .map(Answer::label)
                .reduce((_, later) -> later);
        return decision.isPresent() ? decision : majority(labels(sample).values());
    }

    private static Optional<String> majority(Collection<String> labels) {
        Map<String, Integer> votes = new TreeMap<>();
        labels.forEach(label -> votes.merge(label, 1, Integer::sum));
        int most = votes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        List<String> first = votes.keySet().stream()
                .filter(label -> votes.get(label) == most)
                .toList();
        return first.size() == 1 ? Optional.of(first.getFirst()) : Optional.empty();
    }

    /// Whether people differ on a sample and no one has decided.
    boolean isDisputed(Sample sample) {
        return about(sample).stream().noneMatch(answer -> answer.act() == Answer.Act.DECIDE)
                && new HashSet<>(labels(sample).values()).size() > 1;
    }

    /// How far people agree over some samples; those who decide on what others said are left out.
    ///
    /// @param kappas of each two people who share samples, as `ann, ben`
    /// @param shared samples that at least two people labelled
    /// @param disputed of those, the samples on which they differ
    public record Concord(
            SequencedMap<String, Double> kappas, double alpha, long shared, long disputed, List<String> people) {
        /// What cannot be said is left out.
        public ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            people.forEach(json.putArray("people")::add);
            json.put("shared", shared);
            json.put("disputed", disputed);
            if (!Double.isNaN(alpha)) {
                json.put("alpha", alpha);
            }
            ObjectNode pairs = json.putObject("kappa");
            kappas.forEach(pairs::put);
            return json;
        }
    }

    /// @param samples whose answers are compared
    Concord concord(Iterable<Sample> samples) {
        List<Map<String, String>> said = new ArrayList<>();
        Set<String> people = new TreeSet<>();
        Map<String, Integer> numbers = new HashMap<>();
        for (Sample sample : samples) {
            Map<String, String> labels = new HashMap<>();
            about(sample).stream()
                    .filter(answer -> answer.act() == Answer.Act.LABEL)
                    .forEach(answer -> labels.put(answer.annotator(), answer.label()));
            if (!labels.isEmpty()) {
                people.addAll(labels.keySet());
                labels.values().forEach(label -> numbers.putIfAbsent(label, numbers.size()));
                said.add(labels);
            }
        }
        return concord(said, List.copyOf(people), numbers);
    }

    private static Concord concord(List<Map<String, String>> said, List<String> people, Map<String, Integer> numbers) {
        List<int[]> table = said.stream()
                .map(labels -> people.stream()
                        .mapToInt(who -> Optional.ofNullable(labels.get(who))
                                .map(numbers::get)
                                .orElse(Agreement.NONE))
                        .toArray())
                .toList();
        SequencedMap<String, Double> kappas = new LinkedHashMap<>();
        for (int first = 0; first < people.size(); first++) {
            for (int second = first + 1; second < people.size(); second++) {
                double kappa = Agreement.kappa(column(table, first), column(table, second), numbers.size());
                if (!Double.isNaN(kappa)) {
                    kappas.put(people.get(first) + ", " + people.get(second), kappa);
                }
            }
        }
        return new Concord(
                kappas,
                Agreement.alpha(table, numbers.size()),
                said.stream().filter(labels -> labels.size() > 1).count(),
                said.stream()
                        .filter(labels -> new HashSet<>(labels.values()).size() > 1)
                        .count(),
                people);
    }

    private static int[] column(List<int[]> table, int person) {
        return table.stream().mapToInt(row -> row[person]).toArray();
    }
}
