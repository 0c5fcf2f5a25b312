package dev.athanor.data.personal;

/// One piece of personal data in a text.
///
/// @param begin of its first character
/// @param end behind its last
/// @param value in one way of writing: the same for `138 1234 5678` and `+86-138-1234-5678`
public record Found(PersonalKind kind, int begin, int end, String value) {}
