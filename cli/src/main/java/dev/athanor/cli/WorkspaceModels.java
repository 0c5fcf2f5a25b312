package dev.athanor.cli;

import dev.athanor.data.Workspace;
import dev.athanor.data.clean.LanguageModels;
import dev.athanor.data.clean.Scorer;
import dev.athanor.generate.TextScorer;
import dev.athanor.model.ModelException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The language models of a workspace. Each is opened once, whoever asks.
final class WorkspaceModels implements LanguageModels {
    private final Workspace workspace;
    private final Map<String, Scorer> open = new ConcurrentHashMap<>();

    WorkspaceModels(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Scorer open(String name) {
        return open.computeIfAbsent(name, this::read);
    }

    private Scorer read(String name) {
        try {
            return TextScorer.open(ModelsCommand.find(workspace, name));
        } catch (ModelException unusable) {
            throw new IllegalArgumentException(
                    "the model %s cannot be asked: %s".formatted(name, unusable.getMessage()), unusable);
        }
    }
}
