/// AI-content marks in the bytes of picture and sound files, and the marks that people see and hear. In: the
/// bytes of a PNG, GIF, WAV or FLAC file and a [HiddenMark]. Out: the same file with the mark, or the mark that
/// it carries. Open [Carrier] first. Nothing here knows what the content is or where it is entered.
package dev.athanor.generate.mark;
