package dev.athanor.data.shop;

import dev.athanor.data.sound.Fade;
import dev.athanor.data.sound.Sound;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// A jingle of the shop: a few notes of a pentatonic scale, in a mood, on an instrument.
///
/// @param key frequency of the scale's first note in hertz
/// @param notes steps of the scale, one behind the other
record Jingle(Mood mood, Instrument instrument, double key, int[] notes) {
    static final int RATE = 8000;
    private static final double[] SCALE = {0, 2, 4, 7, 9, 12, 14, 16}; // semitones

    enum Mood {
        /// Slow and falling.
        CALM(3, 0.3),
        /// Quick and rising.
        BRIGHT(4, 0.2),
        /// Quick, up and down.
        FESTIVE(6, 0.13);

        private final int notes;
        private final double seconds; // of a note

        Mood(int notes, double seconds) {
            this.notes = notes;
            this.seconds = seconds;
        }
    }

    enum Instrument {
        BELL,
        FLUTE,
        ZITHER;

        /// The wave of a note, `t` seconds after it began.
        double at(double frequency, double t) {
            double turn = 2 * Math.PI * frequency * t;
            return switch (this) {
                case BELL -> Math.exp(-5 * t) * (Math.sin(turn) + 0.5 * Math.sin(2.76 * turn) * Math.exp(-6 * t));
                case FLUTE ->
                    Math.min(1, t / 0.04)
                            * (Math.sin(turn + 0.15 * Math.sin(2 * Math.PI * 5 * t)) + 0.2 * Math.sin(2 * turn));
                case ZITHER -> {
                    double sum = 0;
                    for (int partial = 1; partial <= 6; partial++) {
                        sum += Math.sin(partial * turn) / partial * Math.exp(-(2 + 2 * partial) * t);
                    }
                    yield sum;
                }
            };
        }
    }

    static Jingle any(Mood mood, Instrument instrument, RandomGenerator random) {
        int[] notes = new int[mood.notes];
        int start = random.nextInt(3);
        for (int i = 0; i < notes.length; i++) {
            notes[i] = switch (mood) {
                case CALM -> 4 + start - 2 * i;
                case BRIGHT -> start + i;
                case FESTIVE -> start + (i % 2 == 0 ? 3 : i / 2);
            };
        }
        return new Jingle(mood, instrument, 330 * Math.pow(2, random.nextInt(5) / 12.0), notes);
    }

    Sound play() {
        int note = (int) (mood.seconds * RATE);
        float[] samples = new float[note * notes.length + RATE / 5]; // the last one fades away
        for (int number = 0; number < notes.length; number++) {
            double frequency = key * Math.pow(2, SCALE[Math.clamp(notes[number], 0, SCALE.length - 1)] / 12);
            int end = instrument == Instrument.FLUTE ? (number + 1) * note : samples.length;
            for (int i = number * note; i < end; i++) {
                samples[i] += (float) (0.3 * instrument.at(frequency, (i - number * note) / (double) RATE));
            }
        }
        return Fade.soft().apply(new Sound(RATE, samples));
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
