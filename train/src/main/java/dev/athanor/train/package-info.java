/// Training in the open. In: a recipe and a dataset. Out: a run with its metrics and checkpoints, and a model's
/// folder.
///
/// Open [TrainingLoop] first: every step is visible there. [Recipe] is what a person writes, [TokenBatches]
/// what the loop feeds, [TextObjective] what it makes small, [Checkpoint] what a run continues from, [Trainer]
/// puts them together. Nothing here draws text from a model.
package dev.athanor.train;
