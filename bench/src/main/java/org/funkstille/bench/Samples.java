package org.funkstille.bench;

import java.util.Arrays;
import java.util.concurrent.Callable;

/** Numbers of repeated measurements. */
public final class Samples {

    private double[] values = new double[0];

    public void add(double value) {
        values = Arrays.copyOf(values, values.length + 1);
        values[values.length - 1] = value;
    }

    /** Does something and adds the milliseconds that it took. */
    public <T> T time(Callable<T> action) throws Exception {
        long began = System.nanoTime();
        T result = action.call();
        add((System.nanoTime() - began) / 1e6);
        return result;
    }

    public double median() {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public double best() {
        return Arrays.stream(values).min().orElse(Double.NaN);
    }

    public double worst() {
        return Arrays.stream(values).max().orElse(Double.NaN);
    }
}
