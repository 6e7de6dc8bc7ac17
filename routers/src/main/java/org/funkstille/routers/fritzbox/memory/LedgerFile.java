package org.funkstille.routers.fritzbox.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.funkstille.routers.RouterException;

/**
 * Where the {@link Ledger} is kept. It is read anew each time: the guard and the commands are processes of their own,
 * and whoever changes something holds the lock for changes.
 */
public final class LedgerFile {

    private final DurableFile file;

    public LedgerFile(Path path) {
        this.file = new DurableFile(path);
    }

    /**
     * A ledger that cannot be read is set aside, and a new one begun. Then what we locked before counts as the owner's
     * and stays locked, and windows are closed.
     */
    public Ledger read() throws RouterException {
        try {
            Optional<String> text = file.read();
            return text.isEmpty() ? Ledger.EMPTY : parsed(text.get());
        } catch (IOException unreadable) {
            throw new RouterException.Refused(
                    "cannot read " + file.path() + ", where it stands what is ours on the FRITZ!Box: " + unreadable);
        }
    }

    private Ledger parsed(String text) throws IOException {
        try {
            return LedgerText.read(text);
        } catch (IllegalArgumentException damaged) {
            file.setAside();
            return Ledger.EMPTY;
        }
    }

    /** Where a damaged one lies; nothing where none was found. */
    public Optional<Path> damaged() {
        return Optional.of(file.aside()).filter(Files::exists);
    }

    /**
     * Changes it. When this returns, the change survives a power failure.
     *
     * @return what it is now
     */
    public Ledger change(UnaryOperator<Ledger> change) throws RouterException {
        Ledger before = read();
        Ledger after = change.apply(before);
        if (after.equals(before)) {
            return before;
        }
        try {
            file.write(LedgerText.write(after));
            return after;
        } catch (IOException unwritable) {
            throw new RouterException.Refused("cannot write " + file.path()
                    + ", without which it would be forgotten what is ours on the FRITZ!Box; nothing more was changed: "
                    + unwritable);
        }
    }

    /** Forgets everything. */
    public void delete() throws RouterException {
        try {
            file.delete();
        } catch (IOException failed) {
            throw new RouterException.Refused("cannot delete " + file.path() + ": " + failed);
        }
    }
}
