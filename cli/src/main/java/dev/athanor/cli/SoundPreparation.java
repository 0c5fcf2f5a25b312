package dev.athanor.cli;

import dev.athanor.data.sound.Preparation;
import picocli.CommandLine.Option;

/// What sounds are made into, as words of the command line.
final class SoundPreparation {
    @Option(
            names = "--rate",
            paramLabel = "HERTZ",
            description =
                    "Samples a second of all sounds: a number, or auto, the highest of 8000, 16000 and 22050 that the first has. Default: auto.")
    private String rate = "auto";

    @Option(
            names = "--loudness",
            paramLabel = "LUFS",
            description = "How loud sounds become: a number, or keep. Default: -23.")
    private String loudness = "-23";

    @Option(
            names = "--trim",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Cut silence off both ends of sounds, or not. Default: --trim.")
    private boolean trim;

    Preparation form() {
        Preparation usual = Preparation.USUAL.withRate(rate()).withLevel(level());
        return trim ? usual : usual.withEnds(new Preparation.Ends.Own());
    }

    private int rate() {
        return rate.equals("auto") ? Preparation.AUTOMATIC : (int) number("--rate", rate, "auto, or 16000");
    }

    private Preparation.Level level() {
        return loudness.equals("keep")
                ? new Preparation.Level.Own()
                : new Preparation.Level.Target(number("--loudness", loudness, "keep, or -23"));
    }

    private static double number(String option, String given, String expected) {
        try {
            return Double.parseDouble(given);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("%s %s: expected %s for example".formatted(option, given, expected));
        }
    }
}
