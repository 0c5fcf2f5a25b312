/// Finds what is in a dataset twice, word for word or nearly. In: samples, one after the other. Out: verified
/// pairs by their numbers. Open [dev.athanor.data.duplicate.DuplicateSearch] first, which is the same for all
/// kinds; [dev.athanor.data.duplicate.Likeness] says what makes two texts, pictures or sounds alike. What
/// millions of samples need lies in files meanwhile. Which of a pair stays is not decided here: that is
/// [dev.athanor.data.Deduplicator]'s.
package dev.athanor.data.duplicate;
