/// How good a model is, in numbers a person can read. In: a [dev.athanor.model.ModelFolder] and the
/// [dev.athanor.data.Dataset] it is judged on. Out: a [ReportCard], as Markdown and JSON. Open [Evaluator] first, then the
/// measure in question: [HeldOutLoss], [Diversity], [Copying], [Bleu], [Coverage], [VerseForm]; each is one file and
/// needs none of the others. Nothing here trains, and nothing here judges the numbers.
package dev.athanor.evaluate;
