package org.funkstille.core.config;

import java.util.Optional;

/**
 * Something wrong in a configuration file.
 *
 * @param line from 1
 * @param column from 1
 * @param message what is wrong and what was expected
 * @param suggestion what to write instead, where something is near
 */
public record Fault(String file, int line, int column, String message, Optional<String> suggestion) {

    /** {@code funkstille.yaml:12:9: unknown key "adress"; did you mean "address"?} */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message
                + suggestion.map(text -> "; did you mean \"" + text + "\"?").orElse("");
    }
}
