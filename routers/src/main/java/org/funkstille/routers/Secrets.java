package org.funkstille.routers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.model.Secret;

/** Reads secrets where the configuration says they are. Their text goes nowhere but to the caller. */
public final class Secrets {

    private final Map<String, String> environment;

    public Secrets(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** A secret could not be read; the message names where it should have been, never what it is. */
    public static final class Unreadable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    /** @throws Unreadable where it is not there, or others may read it */
    public String read(Secret secret) {
        return switch (secret) {
            case Secret.Environment(String variable) ->
                Optional.ofNullable(environment.get(variable))
                        .filter(text -> !text.isEmpty())
                        .orElseThrow(() -> new Unreadable("the environment variable " + variable + " is not set"));
            case Secret.File(String path) -> file(Path.of(path));
        };
    }

    private static String file(Path path) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            boolean open = permissions.stream()
                    .anyMatch(permission -> !permission.name().startsWith("OWNER_"));
            if (open) {
                throw new Unreadable("others may read the secret in " + path + "; change that: chmod 600 " + path);
            }
            return Files.readString(path).strip();
        } catch (IOException unreadable) {
            throw new Unreadable("cannot read the secret in " + path + ": " + unreadable);
        }
    }
}
