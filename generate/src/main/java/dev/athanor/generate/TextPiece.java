package dev.athanor.generate;

/// A piece of a text that is being written: whole characters, never part of a stop sequence.
///
/// @param index which of the texts asked for, from 0
public record TextPiece(int index, String text) {}
