package dev.athanor.data;

import dev.athanor.data.clean.CleaningReport;
import dev.athanor.data.clean.LanguageModels;
import dev.athanor.data.clean.Rounds;
import dev.athanor.data.clean.Salt;
import dev.athanor.data.clean.Step;
import dev.athanor.data.clean.Steps;
import dev.athanor.data.clean.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Makes a cleaner version of a dataset by the steps of a pipeline. What each step did is in `report.json`.
public final class Cleaner {
    /// The file with the secret that placeholders are made with, beside the versions of a dataset.
    public static final String SALT = ".salt";

    private static final int SALT_BYTES = 32;

    private Cleaner() {}

    /// The next version of the same name by the usual steps: control characters and needless blanks go, and
    /// what is empty or there already.
    public static Dataset run(Datasets datasets, Dataset dataset) {
        return run(datasets, dataset, Steps.usual(dataset.kind()));
    }

    /// The next version of the same name, made on all processors of this machine.
    ///
    /// @throws IllegalArgumentException for a step that is not for samples of this kind
    /// @throws DataException where nothing is left
    public static Dataset run(Datasets datasets, Dataset dataset, List<Step> steps) {
        return run(datasets, dataset, steps, Processors.all());
    }

    /// The same where an engine is.
    public static Dataset run(Datasets datasets, Dataset dataset, List<Step> steps, Engine engine) {
        return run(datasets, dataset, new Plan(steps, LanguageModels.none()), engine);
    }

    /// What is done.
    ///
    /// @param models that steps may ask
    public record Plan(List<Step> steps, LanguageModels models) {
        public Plan {
            steps = List.copyOf(steps);
        }
    }

    /// The next version of the same name; each sample stays in its split.
    ///
    /// @throws IllegalArgumentException for a step that is not for samples of this kind
    /// @throws DataException where nothing is left
    public static Dataset run(Datasets datasets, Dataset dataset, Plan plan, Engine engine) {
        Manifest old = dataset.manifest();
        Rounds rounds = rounds(dataset, plan.steps(), surroundings(dataset, engine.within(plan.models())));
        return VersionWriter.write(datasets, VersionWriter.Schema.of(old), new SplitPlan.Given(), writer -> {
            CleaningReport report =
                    engine.clean(dataset, rounds, (split, sample) -> writer.add(sample, Optional.of(split)));
            if (report.kept() == 0) {
                throw nothingLeft(old.reference(), report.toJson());
            }
            return new VersionWriter.Description(
                    old.sources(), List.of(old.reference()), old.licence(), report.toJson());
        });
    }

    private static Rounds rounds(Dataset dataset, List<Step> steps, Surroundings around) {
        try {
            return new Rounds(steps, around, System::nanoTime);
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(
                    "%s cannot be cleaned so: %s".formatted(dataset.reference(), refused.getMessage()), refused);
        }
    }

    /// What steps may know of a dataset where no model can be asked.
    public static Surroundings surroundings(Dataset dataset) {
        return surroundings(dataset, LanguageModels.none());
    }

    /// What steps may know of a dataset. Its secret is made where there is none yet.
    public static Surroundings surroundings(Dataset dataset, LanguageModels models) {
        Manifest manifest = dataset.manifest();
        return new Surroundings(
                manifest.kind(),
                manifest.fields(),
                manifest.label(),
                salt(dataset.folder().getParent()),
                models);
    }

    private static DataException nothingLeft(String reference, JsonNode report) {
        String reasons = report.path("dropped")
                .propertyStream()
                .map(reason ->
                        "%s %d".formatted(reason.getKey(), reason.getValue().asLong()))
                .collect(Collectors.joining(", "));
        return new DataException(
                "nothing is left of %s: all samples were dropped (%s). Loosen the step that drops them, or leave it out"
                        .formatted(reference, reasons));
    }

    /// The secret of a dataset, beside its versions and in none of them, so that none which is given away has
    /// it.
    private static Salt salt(Path folder) {
        Path file = folder.resolve(SALT);
        synchronized (Cleaner.class) {
            if (Files.notExists(file)) {
                byte[] secret = new byte[SALT_BYTES];
                new SecureRandom().nextBytes(secret);
                Durable.file(file, HexFormat.of().formatHex(secret));
            }
            try {
                return new Salt(Files.readString(file).strip());
            } catch (IOException unreadable) {
                throw Reason.unreadable(file, unreadable);
            } catch (IllegalArgumentException broken) {
                throw new DataException(
                        "%s is damaged: %s. Restore it from a backup; without it, placeholders of older versions are other than new ones: delete it to begin anew"
                                .formatted(file, broken.getMessage()),
                        broken);
            }
        }
    }
}
