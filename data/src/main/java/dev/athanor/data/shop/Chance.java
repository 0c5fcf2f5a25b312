package dev.athanor.data.shop;

import java.util.List;
import java.util.random.RandomGenerator;

/// What falls to chance, drawn with arithmetic that is the same on every machine.
record Chance(RandomGenerator random) {

    <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /// One of the choices, each as likely as its weight says.
    <T> T any(List<T> choices, double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double at = random.nextDouble() * sum;
        int choice = 0;
        while (choice < weights.length - 1 && at >= weights[choice]) {
            at -= weights[choice];
            choice++;
        }
        return choices.get(choice);
    }

    boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    /// How many times in `trials` something happens.
    int binomial(int trials, double probability) {
        int happened = 0;
        for (int trial = 0; trial < trials; trial++) {
            if (happens(probability)) {
                happened++;
            }
        }
        return happened;
    }

    /// How many of what happens `mean` times on average, independently of each other: the arrivals of one
    /// unit of time.
    int poisson(double mean) {
        int arrivals = -1;
        for (double time = 0; time < mean; arrivals++) {
            time += exponential(1);
        }
        return Math.max(0, arrivals);
    }

    /// A time to wait.
    double exponential(double mean) {
        return -mean * StrictMath.log(1 - random.nextDouble());
    }

    /// A number of exactly so many digits, as text, the first perhaps zero.
    String digits(int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        return digits.toString();
    }
}
