/// Labels for samples: from functions that people write, from people themselves, and doubts about those
/// that are there. In: samples and votes or answers. Out: labels with a confidence, an order in which to
/// ask people, a measure of how far they agree, and a list of labels that are likely wrong. Open
/// [dev.athanor.data.label.LabelModel] for combining votes, [dev.athanor.data.label.TextClassifier] for
/// suggestions, [dev.athanor.data.label.Agreement] for several people and
/// [dev.athanor.data.label.ConfidentLearning] for errors. Nothing here writes datasets: that is
/// [dev.athanor.data.Labeller] and [dev.athanor.data.LabelQueue].
package dev.athanor.data.label;
