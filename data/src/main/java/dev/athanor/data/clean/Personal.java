package dev.athanor.data.clean;

import dev.athanor.data.Kind;
import dev.athanor.data.Sample;
import dev.athanor.data.personal.Found;
import dev.athanor.data.personal.PersonalFinder;
import dev.athanor.data.personal.PersonalKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/// Replaces personal data by placeholders such as `<EMAIL_7QK2M4TD>`: the same value has the same one in all
/// versions of a dataset, made with the dataset's secret, so it says who is who and not who it is.
@About("replace personal data by placeholders, the same for the same value; it is counted by kind")
record Personal(
        @About(
                "email, phone, ip, card, id; also name (王先生, Mr Smith, only with such words beside) and address (of a house)")
        List<PersonalKind> kinds,

        @About("named: <EMAIL_7QK2M4TD>, the same for the same value; plain: <EMAIL>")
        Mark mark,

        @About("everywhere: in all fields but the label; text: in the text alone")
        Where where)
        implements Step {
    static final Personal USUAL = new Personal(
            List.of(PersonalKind.EMAIL, PersonalKind.PHONE, PersonalKind.IP, PersonalKind.CARD, PersonalKind.ID),
            Mark.NAMED,
            Where.EVERYWHERE);

    /// What makes data plain, each as thorough as it can be.
    private static final List<Step> PLAINER =
            List.of(Control.USUAL, new Html(Html.Frame.KEEP), new Unicode(Unicode.Form.NFKC, Unicode.Width.ALL));

    enum Mark {
        NAMED,
        PLAIN
    }

    enum Where {
        EVERYWHERE,
        TEXT
    }

    Personal {
        kinds = List.copyOf(kinds);
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException(
                    "kinds is empty: expected some of email, phone, ip, card, id, name, address");
        }
    }

    @Override
    public boolean suits(Kind kind) {
        return kind.hasText() || where == Where.EVERYWHERE;
    }

    @Override
    public Treatment open(Surroundings around) {
        return new Replacement(this, around);
    }

    /// The same for texts that no sample has, such as examples in a report; nothing is counted. An example may be
    /// from before the steps that make data plain (138&#49;2345678): where one of these leads to more data, the
    /// example is what it makes of the text.
    UnaryOperator<String> hiding(Surroundings around) {
        Replacement replacement = new Replacement(this, around);
        List<Treatment> plainer =
                PLAINER.stream().map(step -> step.open(around)).toList();
        return text -> {
            String hidden = replacement.replaced(text);
            for (Treatment treatment : plainer) {
                String plain = Personal.plain(treatment, hidden);
                String again = replacement.replaced(plain);
                hidden = again.equals(plain) ? hidden : again;
            }
            return hidden;
        };
    }

    private static String plain(Treatment treatment, String text) {
        Sample sample = new Sample("", text, new LinkedHashMap<>(), "");
        return treatment.of(sample) instanceof Outcome.Kept(Sample plain) ? plain.text() : text;
    }

    private static final class Replacement implements Treatment {
        private final PersonalFinder finder;
        private final Personal step;
        private final Surroundings around;
        private final Counter found = new Counter();

        Replacement(Personal step, Surroundings around) {
            this.step = step;
            this.around = around;
            this.finder = new PersonalFinder(step.kinds());
        }

        @Override
        public Outcome of(Sample sample) {
            String text = replaced(sample.text());
            SequencedMap<String, String> fields = sample.fields();
            if (step.where() == Where.EVERYWHERE) {
                SequencedMap<String, String> changed = new LinkedHashMap<>(fields);
                changed.replaceAll((field, value) -> field.equals(around.label()) ? value : replaced(value));
                fields = changed;
            }
            boolean same = text.equals(sample.text()) && fields.equals(sample.fields());
            return new Outcome.Kept(
                    same ? sample : new Sample(sample.id(), text, sample.media(), fields, sample.origin()));
        }

        @Override
        public SequencedMap<String, Long> drainFound() {
            return found.drain();
        }

        private String replaced(String text) {
            List<Found> places = finder.find(text);
            if (places.isEmpty()) {
                return text;
            }
            StringBuilder replaced = new StringBuilder(text.length());
            int from = 0;
            for (Found place : places) {
                found.add(place.kind().name().toLowerCase(Locale.ROOT));
                replaced.append(text, from, place.begin()).append(placeholder(place));
                from = place.end();
            }
            return replaced.append(text, from, text.length()).toString();
        }

        private String placeholder(Found place) {
            return switch (step.mark()) {
                case PLAIN -> "<%s>".formatted(place.kind());
                case NAMED -> "<%s_%s>".formatted(place.kind(), around.salt().name(place.kind() + " " + place.value()));
            };
        }
    }
}
