package dev.athanor.data;

import dev.athanor.data.label.SampleFeatures;
import dev.athanor.data.label.TextClassifier;
import dev.athanor.data.label.TextFeatures;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// Questions to a person about the samples of a dataset, one after the other, each with what a classifier
/// trained on all answers so far suggests. Every answer is on disk before the next question; a queue that
/// is opened again goes on where the last one ended. At most 10,000 samples wait at a time, fewer of
/// long texts and large media, chosen by chance, so memory does not grow with the dataset; open the queue again for the
/// others.
public final class LabelQueue {
    private static final int WAITING = 10_000;
    static final int LEARNT_FROM = 20_000;

    /// Answers after which the classifier learns anew, at least; later it waits for a tenth of what it
    /// knows.
    private static final int FEWEST_NEW = 10;

    private static final Seed SEED = new Seed(1);

    /// A sample that waits, with the number from 0 to 1 that decides where chance does.
    private record Waiting(Sample sample, TextFeatures features, double chance) implements Drawn {
        @Override
        public int size() {
            return sample.text().length() + sample.media().bytes().length;
        }
    }

    /// What is learnt of a sample, without its text.
    private record Learnt(String id, TextFeatures features, double chance) implements Drawn {
        @Override
        public int size() {
            return 0;
        }
    }

    private sealed interface Drawn {
        double chance();

        /// Characters, and bytes of media, that memory holds.
        int size();
    }

    /// Those of the lowest numbers: so many at most, and of long texts as many as are as long as one may be.
    private static final class Lowest<T extends Drawn> {
        private final PriorityQueue<T> kept =
                new PriorityQueue<>(Comparator.comparingDouble(Drawn::chance).reversed());
        private final int most;
        private long size;

        Lowest(int most) {
            this.most = most;
        }

        void keep(T one) {
            kept.add(one);
            size += one.size();
            while (kept.size() > most || kept.size() > 1 && size > TextLimit.CHARACTERS) {
                size -= kept.remove().size();
            }
        }

        List<T> inOrder() {
            return kept.stream()
                    .sorted(Comparator.comparingDouble(Drawn::chance))
                    .toList();
        }
    }

    /// A label with how likely the classifier thinks it.
    public record Suggestion(String label, double chance) {}

    /// @param suggestions the likeliest first; empty while there is nothing to learn from, and where they
    ///     would lead
    /// @param others what others said, by person, where the question is who is right
    public record Question(
            Sample sample, List<Suggestion> suggestions, SequencedMap<String, String> others, double chance) {
        public Question {
            suggestions = List.copyOf(suggestions);
        }
    }

    private final LabelTask task;
    private final Dataset dataset;
    private final LabelJournal journal;
    private final Answers answers;
    private final SequencedSet<String> choices;
    private final List<Integer> cut;
    private final List<Waiting> waiting = new ArrayList<>();
    private final SequencedMap<String, String> known = new LinkedHashMap<>(); // labels by sample
    private final Map<String, TextFeatures> features = new HashMap<>();
    private final List<Question> asked = new ArrayList<>();
    private Optional<TextClassifier> classifier = Optional.empty();
    private List<String> classifierLabels = List.of();
    private int sinceLearning;

    private LabelQueue(Datasets datasets, Dataset dataset, LabelTask task, InstantSource clock) {
        this.task = task;
        this.dataset = dataset;
        journal = new LabelJournal(datasets, dataset.name(), clock);
        LabelJournal.Content content = journal.read();
        cut = List.copyOf(content.cut());
        answers = Answers.of(datasets, dataset, task.field(), content.answers());
        choices = choices(dataset, task, content);
    }

    /// Opens the queue of a task.
    ///
    /// @throws IllegalArgumentException for rows of a table, and where no label is known to choose
    ///     from
    public static LabelQueue open(Datasets datasets, Dataset dataset, LabelTask task, InstantSource clock) {
        if (dataset.kind() == Kind.TABLE) {
            throw new IllegalArgumentException(
                    "%s holds rows of a table, and questions are about texts, pictures and sounds: label it by functions that look at its fields"
                            .formatted(dataset.reference()));
        }
        Labeller.schema(dataset.manifest(), task.field()); // refuses the field now, not when all is labelled
        LabelQueue queue = new LabelQueue(datasets, dataset, task, clock);
        if (queue.choices.isEmpty()) {
            throw new IllegalArgumentException(
                    "no label of \"%s\" is known in %s yet: name those to choose from, for example --choices good,bad"
                            .formatted(task.field(), dataset.reference()));
        }
        if (!task.choices().isEmpty()) {
            queue.journal.choices(task.field(), task.choices());
        }
        queue.fill();
        queue.learn();
        return queue;
    }

    /// Those named, now or before, and those that samples have.
    private static SequencedSet<String> choices(Dataset dataset, LabelTask task, LabelJournal.Content content) {
        SequencedSet<String> choices = new LinkedHashSet<>();
        content.choices().stream()
                .filter(choice -> choice.field().equals(task.field()))
                .forEach(choice -> choices.add(choice.label()));
        choices.addAll(task.choices());
        content.answers().stream()
                .filter(answer -> answer.field().equals(task.field()) && answer.act() != Answer.Act.SKIP)
                .forEach(answer -> choices.add(answer.label()));
        if (dataset.manifest().fields().contains(task.field())) {
            dataset.values(task.field()).keySet().stream()
                    .filter(label -> !label.isBlank())
                    .sorted()
                    .forEach(choices::add);
        }
        return choices;
    }

    // ------------------------------------------------------------------------------------ what waits and is known

    private void fill() {
        Lowest<Waiting> drawn = new Lowest<>(WAITING);
        Lowest<Learnt> learnt = new Lowest<>(LEARNT_FROM);
        Map<String, String> labels = new HashMap<>();
        for (Split split : Split.values()) {
            try (Stream<Sample> samples = dataset.samples(split)) {
                for (Sample sample : (Iterable<Sample>) samples::iterator) {
                    Optional<String> label = label(sample);
                    if (label.isPresent() && split == Split.TRAIN) {
                        labels.put(sample.id(), label.get());
                        learnt.keep(new Learnt(sample.id(), features(sample), chance(sample)));
                    }
                    if (split == task.split() && isAskedAbout(sample, label)) {
                        drawn.keep(waiting(sample));
                    }
                }
            }
        }
        learnt.inOrder().forEach(one -> {
            known.put(one.id(), labels.get(one.id()));
            features.put(one.id(), one.features());
        });
        waiting.addAll(drawn.inOrder());
    }

    private Waiting waiting(Sample sample) {
        return new Waiting(sample, features(sample), chance(sample));
    }

    private static double chance(Sample sample) {
        return new SplittableRandom(SEED.branch(sample.id()).value()).nextDouble();
    }

    private TextFeatures features(Sample sample) {
        return SampleFeatures.of(dataset.kind(), sample);
    }

    private Optional<String> label(Sample sample) {
        return answers.decided(sample).or(() -> Labeller.given(sample, task.field()));
    }

    private boolean isAskedAbout(Sample sample, Optional<String> label) {
        boolean answeredByMe = answers.about(sample).stream()
                .anyMatch(answer -> answer.annotator().equals(task.annotator()));
        return switch (task.order()) {
            case DOUBTFUL, RANDOM -> label.isEmpty() && answers.labels(sample).isEmpty() && !answeredByMe;
            case ANSWERED -> !answeredByMe && !answers.labels(sample).isEmpty();
            case DISPUTED -> answers.isDisputed(sample);
        };
    }

    // ----------------------------------------------------------------------------------------- learning and order

    private void learn() {
        sinceLearning = 0;
        classifierLabels = known.values().stream().distinct().sorted().toList();
        if (classifierLabels.size() < 2) {
            return;
        }
        Map<String, Integer> numbers = new HashMap<>();
        classifierLabels.forEach(label -> numbers.put(label, numbers.size()));
        List<TextFeatures> texts = known.keySet().stream().map(features::get).toList();
        int[] labels = known.values().stream().mapToInt(numbers::get).toArray();
        TextClassifier learnt = TextClassifier.train(new TextClassifier.Examples(texts, labels, numbers.size()), SEED);
        classifier = Optional.of(learnt);
        if (task.order() == LabelTask.Order.DOUBTFUL) {
            Map<Waiting, Float> margins = new HashMap<>();
            waiting.forEach(one -> margins.put(one, TextClassifier.margin(learnt.chances(one.features()))));
            waiting.sort(Comparator.<Waiting>comparingDouble(margins::get).thenComparingDouble(Waiting::chance));
        }
    }

    // ----------------------------------------------------------------------------------------- questions, answers

    /// The next question; empty where no sample waits any more.
    public Optional<Question> next() {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(question(waiting.getFirst()));
    }

    private Question question(Waiting one) {
        boolean disputed = task.order() == LabelTask.Order.DISPUTED;
        return new Question(
                one.sample(),
                task.order() == LabelTask.Order.ANSWERED ? List.of() : suggestions(one.features()),
                disputed ? answers.labels(one.sample()) : new LinkedHashMap<>(),
                one.chance());
    }

    private List<Suggestion> suggestions(TextFeatures text) {
        if (classifier.isEmpty()) {
            return List.of();
        }
        float[] chances = classifier.get().chances(text);
        List<Suggestion> suggestions = new ArrayList<>();
        for (int label = 0; label < chances.length; label++) {
            suggestions.add(new Suggestion(classifierLabels.get(label), chances[label]));
        }
        suggestions.sort(
                Comparator.comparingDouble(Suggestion::chance).reversed().thenComparing(Suggestion::label));
        return suggestions;
    }

    /// Keeps an answer; on disk when this returns.
    ///
    /// @throws IllegalArgumentException for a label that is none of the choices, naming the nearest
    public void answer(Question question, String label) {
        if (!choices.contains(label)) {
            throw new IllegalArgumentException("there is no label \"%s\"%s; add it with +%s if it is a new one"
                    .formatted(label, Nearest.hint(label, choices), label));
        }
        boolean decides = task.order() == LabelTask.Order.DISPUTED;
        keep(question, label, decides ? Answer.Act.DECIDE : Answer.Act.LABEL);
        if (task.split() != Split.TRAIN) {
            return;
        }
        known.put(question.sample().id(), label);
        features.put(question.sample().id(), features(question.sample()));
        if (++sinceLearning >= Math.max(FEWEST_NEW, known.size() / 10)) {
            learn();
        }
    }

    /// Leaves a question to others.
    public void skip(Question question) {
        keep(question, "", Answer.Act.SKIP);
        known.remove(question.sample().id());
    }

    private void keep(Question question, String label, Answer.Act act) {
        Sample sample = question.sample();
        Answer answer = new Answer(
                task.field(),
                sample.id(),
                label,
                task.annotator(),
                act,
                dataset.reference(),
                Answer.content(sample),
                journal.time());
        journal.add(answer);
        answers.add(answer);
        waiting.removeIf(one -> one.sample().id().equals(sample.id()));
        asked.add(question);
    }

    /// Asks the last question again: its new answer takes the place of the old one.
    public Optional<Question> back() {
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        Question last = asked.removeLast();
        waiting.addFirst(new Waiting(last.sample(), features(last.sample()), last.chance()));
        return Optional.of(last);
    }

    /// Adds a label to choose from.
    public void add(String label) {
        LabelTask checked = new LabelTask(task.field(), List.of(label), task.annotator(), task.split(), task.order());
        if (choices.add(label)) {
            journal.choices(task.field(), checked.choices());
        }
    }

    /// All labels to choose from, in the order they were named.
    public List<String> choices() {
        return List.copyOf(choices);
    }

    /// How many samples wait.
    public int left() {
        return waiting.size();
    }

    /// How many labels of the training split are known.
    public int known() {
        return known.size();
    }

    /// Lines of the journal that a crash cut off: they were never answered for.
    public List<Integer> cut() {
        return cut;
    }

    /// Where answers are kept.
    public String journal() {
        return journal.file().toString();
    }
}
