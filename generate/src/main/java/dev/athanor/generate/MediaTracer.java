package dev.athanor.generate;

import dev.athanor.data.DataException;
import dev.athanor.data.Unusable;
import dev.athanor.data.image.Decoder;
import dev.athanor.data.image.Format;
import dev.athanor.data.image.Rgb;
import dev.athanor.data.sound.SoundFormat;
import dev.athanor.data.sound.SoundReader;
import dev.athanor.generate.mark.Carrier;
import dev.athanor.generate.mark.HiddenMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Leads from the bytes of a picture or sound back to where it came from.
record MediaTracer(Ledger ledger) {

    /// What a file shows or plays, apart from its marks.
    ///
    /// @param noun what is compared
    /// @param sha256 of it; empty where it cannot be decoded
    /// @param failure why not; empty where it can
    private record Substance(String noun, String sha256, String failure) {}

    static boolean isMedia(byte[] file) {
        return Carrier.of(file).isPresent()
                || Format.of(file).isPresent()
                || SoundFormat.of(file).isPresent();
    }

    /// @param name what to call the file
    /// @throws DataException where the file is broken before its mark, or neither it nor the ledger knows of it
    Tracer.Trace trace(byte[] file, String name) {
        Optional<HiddenMark> mark = Carrier.of(file).flatMap(carrier -> carrier.read(file, name));
        Substance substance = substance(file, name);
        Optional<AiMark> fields = mark.map(found -> AiMark.read(found.fields()));
        Optional<Content> entered = fields.map(AiMark::produceId)
                .filter(AiMark::isId)
                .flatMap(ledger::byId)
                .or(() -> substance.sha256().isEmpty() ? Optional.empty() : ledger.bySha256(substance.sha256()));
        Content content = entered.or(() -> mark.flatMap(found -> carried(found, name)))
                .orElseThrow(() -> unknown(name, fields, substance));
        List<String> missing = new ArrayList<>();
        if (mark.isEmpty()) {
            missing.add("the mark: the file carries none, and was found by its " + substance.noun());
        }
        if (!substance.failure().isEmpty()) {
            missing.add("the %s, so whether they changed is not known: %s"
                    .formatted(substance.noun(), substance.failure()));
        }
        missing.addAll(entered.isPresent() ? Tracer.missing(content) : outside(content));
        return new Tracer.Trace(content, state(content, substance), missing);
    }

    private static Tracer.State state(Content content, Substance substance) {
        if (substance.sha256().isEmpty()) {
            return Tracer.State.UNCHECKED;
        }
        return content.sha256().equals(substance.sha256()) ? Tracer.State.INTACT : Tracer.State.CHANGED;
    }

    /// What is missing where only the file speaks.
    private List<String> outside(Content content) {
        List<String> missing = new ArrayList<>();
        missing.add("no line in " + ledger.file() + ": what stands here is what the file itself says");
        Tracer.missingFromCard(missing, content.origin());
        missing.add("the source files of the dataset: they stand in the ledger of the workspace that made it");
        return missing;
    }

    private static Optional<Content> carried(HiddenMark mark, String name) {
        if (mark.lineage().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Content.read(mark.lineage()));
        } catch (IllegalArgumentException broken) {
            throw new DataException("%s holds a broken lineage: %s".formatted(name, broken.getMessage()), broken);
        }
    }

    private DataException unknown(String name, Optional<AiMark> fields, Substance substance) {
        if (fields.isPresent()) {
            AiMark mark = fields.get();
            return new DataException(
                    "%s is marked as AI content (Label %s) by \"%s\" under the id \"%s\", but carries no lineage and %s does not know it: ask the producer, or trace it in the workspace that made it"
                            .formatted(name, mark.label(), mark.contentProducer(), mark.produceId(), ledger.file()));
        }
        return new DataException(
                substance.failure().isEmpty()
                        ? "%s carries no mark and its %s stand in no line of %s: it was not generated here, or was changed"
                                .formatted(name, substance.noun(), ledger.file())
                        : "%s carries no mark, and its %s cannot be compared with those in %s: %s"
                                .formatted(name, substance.noun(), ledger.file(), substance.failure()));
    }

    private static Substance substance(byte[] file, String name) {
        boolean picture = Format.of(file).isPresent();
        String noun = picture ? "pixels" : "samples";
        try {
            return new Substance(noun, picture ? pixels(file, name) : samples(file, name), "");
        } catch (Unusable broken) {
            return new Substance(noun, "", name + " " + broken.getMessage());
        } catch (DataException broken) {
            return new Substance(noun, "", broken.getMessage());
        }
    }

    private static String pixels(byte[] file, String name) throws Unusable {
        return Carrier.GIF.begins(file)
                ? Content.hashOfFrames(file, name)
                : Content.hash(Decoder.decode(file, Rgb.WHITE));
    }

    private static String samples(byte[] file, String name) {
        return Content.hash(SoundReader.read(name, file).sound());
    }
}
