package org.funkstille.lab.kernelproof;

import java.util.List;
import java.util.SplittableRandom;

/** Random choices that a seed repeats. */
final class Chance {

    private final SplittableRandom random;

    Chance(long seed) {
        this.random = new SplittableRandom(seed);
    }

    boolean percent(int probability) {
        return random.nextInt(100) < probability;
    }

    /** From 0, without the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Both ends may come. */
    int between(int first, int last) {
        return random.nextInt(first, last + 1);
    }

    <T> T of(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    @SafeVarargs
    final <T> T among(T... values) {
        return values[random.nextInt(values.length)];
    }
}
