package dev.athanor.data.label;

/// A rule with the name that reports call it by.
public record LabellingFunction(String name, Rule rule) {}
