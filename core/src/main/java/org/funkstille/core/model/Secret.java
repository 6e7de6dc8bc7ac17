package org.funkstille.core.model;

/** Where a secret is to be found. The secret itself never stands in the configuration. */
public sealed interface Secret {

    /** {@code ${NAME}}: an environment variable. */
    record Environment(String variable) implements Secret {}

    /** {@code secret: FILE}: a file that only its owner may read (mode 0600). */
    record File(String path) implements Secret {}
}
