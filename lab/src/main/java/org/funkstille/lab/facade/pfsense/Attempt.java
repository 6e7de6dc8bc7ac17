package org.funkstille.lab.facade.pfsense;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Does what may fail with the operating system where nobody can handle that. */
final class Attempt {

    private Attempt() {}

    interface Step<T> {
        T run() throws IOException, InterruptedException;
    }

    interface Action {
        void run() throws IOException, InterruptedException;
    }

    static <T> T of(Step<T> step) {
        try {
            return step.run();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    static void to(Action action) {
        of(() -> {
            action.run();
            return action;
        });
    }
}
