/// The command `athanor`: reads the words of the command line, calls one module, says what came of it.
///
/// Open [Main] first: it lists every command. Each command is one class; what several share is [Terminal] (what
/// is said, and how) and [Place] (which workspace). Nothing here computes: a command longer than a page belongs
/// elsewhere.
package dev.athanor.cli;
