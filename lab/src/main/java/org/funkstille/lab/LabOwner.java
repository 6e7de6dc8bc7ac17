package org.funkstille.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.funkstille.lab.network.LabName;
import org.funkstille.lab.network.RunningProcess;

/**
 * The process whose threads are the simulated hosts of a lab.
 *
 * @param kind whether ending a lab may end the process
 */
record LabOwner(RunningProcess process, Kind kind) {

    private static final String FILE = "owner";

    enum Kind {
        /** Runs for the lab alone. */
        DAEMON,
        /** A demonstration, or a test: has more to do, and takes its lab down itself. */
        GUEST
    }

    static LabOwner self(Kind kind) {
        return new LabOwner(RunningProcess.self(), kind);
    }

    static Optional<LabOwner> of(LabName lab) throws IOException {
        try {
            String[] lines = Files.readString(file(lab)).split("\n");
            if (lines.length < 2) {
                return Optional.empty(); // It is just being written: the lab is not up yet.
            }
            return Optional.of(
                    new LabOwner(RunningProcess.parse(lines[0]), Kind.valueOf(lines[1].toUpperCase(Locale.ROOT))));
        } catch (NoSuchFileException noLab) {
            return Optional.empty();
        }
    }

    /** The owner, where it still runs. */
    static Optional<LabOwner> alive(LabName lab) throws IOException {
        return of(lab).filter(owner -> owner.process().alive());
    }

    boolean isThisProcess() {
        return process.pid() == ProcessHandle.current().pid();
    }

    void write(LabName lab) throws IOException {
        Files.writeString(file(lab), process + "\n" + kind.name().toLowerCase(Locale.ROOT) + "\n");
    }

    private static Path file(LabName lab) {
        return lab.directory().resolve(FILE);
    }
}
