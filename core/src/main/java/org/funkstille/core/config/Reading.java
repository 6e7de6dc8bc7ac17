package org.funkstille.core.config;

import java.util.List;

/** What came of reading a configuration file: a value, or everything that is wrong with the file. */
public sealed interface Reading<T> {

    record Good<T>(T value) implements Reading<T> {}

    /** @param faults at least one, in the order of the file */
    record Bad<T>(List<Fault> faults) implements Reading<T> {

        public Bad {
            faults = List.copyOf(faults);
        }
    }
}
