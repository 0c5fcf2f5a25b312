package dev.athanor.generate;

/// One text that a model wrote.
///
/// @param text without the prompt, and without the stop sequence that may have ended it
/// @param ending why it ends
/// @param promptTokens how many tokens were read before it
/// @param tokens how many tokens it took
public record WrittenText(String text, Ending ending, int promptTokens, int tokens) {

    public enum Ending {
        /// The model ended it.
        END,
        /// A stop sequence appeared.
        STOP,
        /// It reached the maximum that was asked for.
        LENGTH
    }
}
