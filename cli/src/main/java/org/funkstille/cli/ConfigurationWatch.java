package org.funkstille.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import org.funkstille.core.model.Home;

/** Notices when the configuration changes while the guard runs. A faulty file changes nothing. */
final class ConfigurationWatch {

    private final HomeFile file;
    private Home current;
    private FileTime seen;

    ConfigurationWatch(HomeFile file, Home current) {
        this.file = file;
        this.current = current;
        this.seen = modified();
    }

    /** @return the home as the file says it now, or as it was where the file cannot be read */
    Home look(Output output) {
        FileTime now = modified();
        if (now.equals(seen)) {
            return current;
        }
        seen = now;
        try {
            current = file.read();
        } catch (Failure faulty) {
            output.message("the configuration was changed and cannot be used; guarding what it said before.\n"
                    + faulty.getMessage());
        }
        return current;
    }

    private FileTime modified() {
        try {
            return Files.getLastModifiedTime(file.path());
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }
}
