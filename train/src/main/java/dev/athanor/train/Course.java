package dev.athanor.train;

import dev.athanor.data.text.Tokenizer;
import dev.athanor.model.Form;
import dev.athanor.model.ModelConfig;
import dev.athanor.model.Network;
import dev.athanor.torch.Engine;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What is learnt from what in one run: a dataset in the form that the recipe's model takes, ready before the
/// first step.
sealed interface Course<B extends Batch> permits TextCourse, ImageCourse, SoundCourse {

    ModelConfig config();

    Form form();

    /// The one that the model reads or writes texts with.
    Optional<Tokenizer> tokenizer();

    Batches<B> learning();

    /// The validation split in order; empty where there is none.
    List<B> looking();

    /// What is counted when sizes and speeds are told, and what the loss is a mean over.
    Unit unit();

    /// @param counted in the plural, for example `tokens`
    /// @param loss what the loss is, for example `nats a token`
    record Unit(String counted, String loss) {}

    /// How many of the unit there are to learn from, and to look at.
    Sizes sizes();

    record Sizes(long learning, long looking) {}

    Objective<B> objective(Network model, Engine engine);

    Learner<B> learner(Learner.Subject<B> subject, Engine engine);

    /// What people should hear of the data before they wait for what is learnt from it.
    List<String> warnings();

    /// What people should hear of the model as it is now, while it is trained.
    List<String> remarks(Network model, Engine engine);

    /// Adds to the card what is known of the data.
    void describe(ObjectNode card);

    /// Adds to the card's metrics what is known of the trained model besides its loss.
    void measure(Network model, Engine engine, ObjectNode metrics);

    /// The model card for people, Markdown with YAML front matter.
    String readme(ObjectNode card);
}
