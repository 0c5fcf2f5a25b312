package dev.athanor.data;

/// A split of a version of a dataset.
public record Section(Dataset dataset, Split split) {}
