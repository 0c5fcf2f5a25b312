/// Measures what a model is worth. In: a model's folder and a dataset. Out: a report card.
///
/// Open [Evaluator] first: it says what is measured. Each measure is one class of plain functions over texts:
/// [Diversity], [Copying], [Bleu], [Coverage]; [HeldOut] is the loss in its usual forms. Nothing here trains.
package dev.athanor.evaluate;
