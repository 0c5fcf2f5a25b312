/// Measures what a model is worth. In: a model's folder and a dataset. Out: a report card.
///
/// Open [Evaluator] first: it says what is measured. Each measure is one class of plain functions: over texts
/// [Diversity], [Copying], [Bleu], [Coverage], with [HeldOut], the loss in its usual forms; over [Features]
/// of pictures and sounds [FrechetDistance], [KernelDistance], [PrecisionRecall], [NearestSample], [Variety],
/// which [Fidelity] and [SampleQuality] gather, with [Recognition] (of samples and real ones: [Judgement]),
/// [Reconstruction] (of a model and of the mean picture: [Rebuilding]) and [LogSpectralDistance]. Nothing here
/// trains.
package dev.athanor.evaluate;
