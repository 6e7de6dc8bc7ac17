package org.funkstille.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.funkstille.core.config.Fault;
import org.funkstille.core.config.ProfileReader;
import org.funkstille.core.config.Profiles;
import org.funkstille.core.config.Reading;
import org.funkstille.core.model.Profile;

/**
 * The profiles that come with Funkstille, and the owner's own in a folder {@code profiles} beside the configuration,
 * which win.
 */
final class ProfileFolder {

    private static final String ENDING = ".yaml";

    private final Path own;

    private ProfileFolder(Path own) {
        this.own = own;
    }

    static ProfileFolder besides(Path configuration) {
        return new ProfileFolder(configuration.toAbsolutePath().resolveSibling("profiles"));
    }

    Profiles profiles() {
        return new Profiles(models(), this::find);
    }

    private List<String> models() {
        TreeSet<String> models =
                new TreeSet<>(resource("/profiles/INDEX").orElse("").lines().toList());
        if (Files.isDirectory(own)) {
            try (Stream<Path> files = Files.list(own)) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(ENDING))
                        .forEach(name -> models.add(name.substring(0, name.length() - ENDING.length())));
            } catch (IOException unreadable) {
                throw new Failure("cannot read the folder of profiles " + own + ": " + unreadable, unreadable);
            }
        }
        return List.copyOf(models);
    }

    private Optional<Profile> find(String model) {
        if (!model.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            return Optional.empty();
        }
        Path file = own.resolve(model + ENDING);
        if (Files.exists(file)) {
            return Optional.of(parse(file.toString(), read(file)));
        }
        return resource("/profiles/" + model + ENDING).map(text -> parse(model + ENDING, text));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new Failure("cannot read the profile " + file + ": " + unreadable, unreadable);
        }
    }

    private static Profile parse(String file, String text) {
        return switch (ProfileReader.read(file, text)) {
            case Reading.Good<Profile>(Profile profile) -> profile;
            case Reading.Bad<Profile>(List<Fault> faults) ->
                throw new Failure(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
        };
    }

    private static Optional<String> resource(String name) {
        try (InputStream stream = ProfileFolder.class.getResourceAsStream(name)) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new IllegalStateException("reading " + name, broken);
        }
    }
}
