package dev.athanor.cli;

/// What `athanor --version` prints.
final class Version {
    static final String LINE = "athanor 0.1.0";

    private Version() {}
}
