package dev.athanor.data.personal;

import java.util.List;

/// Looks for personal data of some kinds.
interface Finder {
    /// Adds what it finds, in any order; pieces may overlap.
    void find(String text, List<Found> found);
}
