package org.funkstille.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.funkstille.core.config.Fault;
import org.funkstille.core.config.HomeReader;
import org.funkstille.core.config.Reading;
import org.funkstille.core.model.Home;

/** Finds and reads {@code funkstille.yaml}. */
final class HomeFile {

    /** A home with 10,000 devices has about 1 MB. */
    private static final int LARGEST = 4 * 1024 * 1024;

    private static final List<Path> PLACES =
            List.of(Path.of("funkstille.yaml"), Path.of("/etc/funkstille/funkstille.yaml"));

    private final Path path;

    private HomeFile(Path path) {
        this.path = path;
    }

    /** @throws Failure where no file was named and none is in the usual places */
    static HomeFile find(Optional<Path> named) {
        return find(named, PLACES);
    }

    static HomeFile find(Optional<Path> named, List<Path> places) {
        if (named.isPresent()) {
            return new HomeFile(named.get());
        }
        return places.stream()
                .filter(Files::exists)
                .findFirst()
                .map(HomeFile::new)
                .orElseThrow(
                        () -> new Failure("there is no funkstille.yaml here and no /etc/funkstille/funkstille.yaml;"
                                + " name one with -c FILE, or draft one: funkstille init"));
    }

    Path path() {
        return path;
    }

    /** @throws Failure with all that is wrong, a line each */
    Home read() {
        Reading<Home> reading = HomeReader.read(
                path.toString(), text(), ProfileFolder.besides(path).profiles());
        return switch (reading) {
            case Reading.Good<Home>(Home home) -> home;
            case Reading.Bad<Home>(List<Fault> faults) ->
                throw new Failure(faults.stream().map(Fault::toString).collect(Collectors.joining("\n"))
                        + "\nNothing was touched.");
        };
    }

    private String text() {
        // Not by its size: that of a pipe or a device is not known before.
        try (InputStream stream = Files.newInputStream(path)) {
            byte[] octets = stream.readNBytes(LARGEST + 1);
            if (octets.length > LARGEST) {
                throw new Failure(path + ":1:1: the file is larger than " + LARGEST / (1024 * 1024)
                        + " MB, the most that a configuration has. Is it the right file?");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new Failure(path + ":1:1: the file is not text in UTF-8", notText);
        } catch (AccessDeniedException denied) {
            throw new Failure(path + ": may not be read by this user; look at its permissions: ls -l " + path, denied);
        } catch (IOException unreadable) {
            String why = Files.exists(path) ? unreadable.toString() : "there is no such file";
            throw new Failure(path + ": cannot be read: " + why, unreadable);
        }
    }
}
