package dev.athanor.cli;

import dev.athanor.data.Counted;
import dev.athanor.data.LabelQueue;
import dev.athanor.data.LabelQueue.Question;
import dev.athanor.data.LabelQueue.Suggestion;
import dev.athanor.data.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// Asks a person for labels on a terminal, line by line, until no sample waits or the person leaves.
final class LabelTalk {
    private static final int SHOWN_CHARACTERS = 2_000;

    /// Labels that are all listed below a question; of more only the likeliest.
    private static final int ALL_LISTED = 9;

    private static final int LIKELIEST_LISTED = 5;

    private final Terminal terminal;
    private final BufferedReader in;
    private final LabelQueue queue;
    private final Showing shown;
    private int given;

    /// Shows a picture or sound to the person.
    @FunctionalInterface
    interface Showing {
        void of(Sample sample);
    }

    LabelTalk(Terminal terminal, BufferedReader in, LabelQueue queue, Showing shown) {
        this.shown = shown;
        this.terminal = terminal;
        this.in = in;
        this.queue = queue;
    }

    /// What a line of the person did.
    private enum Turn {
        DONE,
        AGAIN,
        LEAVE
    }

    /// @return how many answers were given
    int hold() throws IOException {
        terminal.note("Enter takes what is suggested; else a number, or the beginning of a label. +LABEL adds one.");
        terminal.note("/s skips, /b goes back, /l lists all labels, /q leaves; every answer is kept at once.");
        for (Optional<Question> next = queue.next(); next.isPresent(); next = queue.next()) {
            ask(next.get());
            Turn turn = Turn.AGAIN;
            while (turn == Turn.AGAIN) {
                terminal.piece("> ");
                String line = in.readLine();
                turn = line == null ? Turn.LEAVE : take(next.get(), line.strip());
            }
            if (turn == Turn.LEAVE) {
                break;
            }
        }
        return given;
    }

    // ------------------------------------------------------------------------------------------------------ asking

    private void ask(Question question) {
        terminal.result("");
        terminal.result("%s  (%s, %s)"
                .formatted(
                        question.sample().origin(),
                        Counted.of(queue.known(), "label known", "labels known"),
                        Counted.of(queue.left(), "sample waits", "samples wait")));
        String text = printable(question.sample().text());
        if (!question.sample().media().isEmpty()) {
            shown.of(question.sample());
        }
        terminal.result(text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + " ..." : text);
        question.others().forEach((who, label) -> terminal.result("    %s says %s".formatted(who, label)));
        List<String> choices = queue.choices();
        if (choices.size() <= ALL_LISTED) {
            IntStream.range(0, choices.size()).forEach(choice -> list(choice, question));
        } else {
            question.suggestions().stream()
                    .limit(LIKELIEST_LISTED)
                    .forEach(suggestion -> list(choices.indexOf(suggestion.label()), question));
            terminal.result("    %d labels in all, /l lists them".formatted(choices.size()));
        }
    }

    /// Without what would steer the terminal: escape sequences from a text must not.
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cc}&&[^\\n\\t]]", "\uFFFD");
    }

    private void list(int choice, Question question) {
        String label = queue.choices().get(choice);
        String chance = question.suggestions().stream()
                .filter(suggestion -> suggestion.label().equals(label))
                .findFirst()
                .map(suggestion -> String.format(Locale.ROOT, "  %.0f %%", 100 * suggestion.chance()))
                .orElse("");
        String mark = suggested(question).filter(label::equals).isPresent() ? "*" : " ";
        terminal.result("  %s %s%s%s".formatted(mark, numbered() ? choice + 1 + " " : "", printable(label), chance));
    }

    /// Where labels are numbers themselves, others beside them would confuse.
    private boolean numbered() {
        return queue.choices().stream().noneMatch(label -> label.chars().allMatch(Character::isDigit));
    }

    private static Optional<String> suggested(Question question) {
        return question.suggestions().stream().findFirst().map(Suggestion::label);
    }

    // --------------------------------------------------------------------------------------------------- answering

    private Turn take(Question question, String line) {
        return switch (line) {
            case "/q" -> Turn.LEAVE;
            case "/s" -> {
                queue.skip(question);
                yield Turn.DONE;
            }
            case "/b" -> {
                boolean went = queue.back().isPresent();
                terminal.result(went ? "Once more:" : "There is no earlier question in this sitting");
                yield went ? Turn.DONE : Turn.AGAIN;
            }
            case "/l" -> {
                IntStream.range(0, queue.choices().size()).forEach(choice -> list(choice, question));
                yield Turn.AGAIN;
            }
            case "" ->
                suggested(question).map(label -> answer(question, label)).orElseGet(() -> {
                    terminal.result("Nothing is suggested yet: type a label, its beginning or its number");
                    return Turn.AGAIN;
                });
            default -> label(question, line);
        };
    }

    private Turn label(Question question, String line) {
        if (line.startsWith("+") && line.length() > 1) {
            String label = line.substring(1).strip();
            queue.add(label);
            return answer(question, label);
        }
        List<String> meant = meant(line);
        if (meant.size() > 1) {
            terminal.result("\"%s\" may be %s: type more of it".formatted(line, String.join(", ", meant)));
            return Turn.AGAIN;
        }
        return answer(question, meant.isEmpty() ? line : meant.getFirst());
    }

    private Turn answer(Question question, String label) {
        try {
            queue.answer(question, label);
        } catch (IllegalArgumentException unknown) {
            terminal.result(unknown.getMessage());
            return Turn.AGAIN;
        }
        given++;
        return Turn.DONE;
    }

    /// The labels that a word may stand for: the one that it is, that its number is, or those that begin
    /// with it.
    private List<String> meant(String word) {
        List<String> choices = queue.choices();
        if (choices.contains(word)) {
            return List.of(word);
        }
        if (numbered() && word.matches("\\d{1,4}")) {
            int number = Integer.parseInt(word);
            return number >= 1 && number <= choices.size() ? List.of(choices.get(number - 1)) : List.of();
        }
        String lower = word.toLowerCase(Locale.ROOT);
        List<String> beginning = new ArrayList<>(choices.stream()
                .filter(label -> label.toLowerCase(Locale.ROOT).startsWith(lower))
                .toList());
        beginning.sort(Comparator.comparingInt(String::length));
        return beginning;
    }
}
