package dev.athanor.generate;

/// A picture or sound that has its line in the ledger, and the bytes of its file, with the mark inside.
///
/// @param file not copied, so do not change it
public record MarkedMedia(Content content, byte[] file) {}
