package org.funkstille.journal;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The journal could not be read or written. The message says what, where, and what to do. */
public abstract sealed class JournalException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** With less than this free, an I/O error means that the disk is full: the write-ahead index alone needs 32 KiB. */
    private static final long FULL_BELOW_BYTES = 64 * 1024;

    private JournalException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What, where, and what to do. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** No space is left on the disk, or a quota is reached. */
    public static final class DiskFull extends JournalException {
        private DiskFull(Path file, Throwable cause) {
            super("No space is left for the journal " + file + ". Free some space on its disk.", cause);
        }
    }

    /** The file is no journal, or parts of it were overwritten. */
    public static final class Damaged extends JournalException {
        private final String detail;

        private Damaged(Path file, SQLException cause) {
            super("The journal " + file + " is damaged. Stop the guard, move the file away, start the guard.", cause);
            this.detail = wording(cause);
        }

        /** What the database says about it. */
        public String detail() {
            return detail;
        }
    }

    /** A newer Funkstille wrote the file. */
    public static final class Newer extends JournalException {
        Newer(Path file, int found, int known) {
            super(
                    "The journal " + file + " has layout " + found + ", this program knows layouts up to " + known
                            + ". Update this program, or name another file for its journal.",
                    new SQLException("layout " + found));
        }
    }

    /** The file or its directory is missing, or may not be read or written. */
    public static final class Inaccessible extends JournalException {
        private Inaccessible(Path file, String detail, Throwable cause) {
            super(
                    "The journal " + file + " cannot be opened: " + detail
                            + ". Check the path and who may read and write it; the guard's journal needs its user.",
                    cause);
        }
    }

    /** Another process held the file locked for too long. */
    public static final class Busy extends JournalException {
        private Busy(Path file, Throwable cause) {
            super("Another program keeps the journal " + file + " locked. See who has it open: fuser " + file, cause);
        }
    }

    /** The disk failed, or the database could not be loaded. */
    public static final class Failed extends JournalException {
        private Failed(Path file, String detail, Throwable cause) {
            super("The journal " + file + " cannot be used: " + detail, cause);
        }
    }

    /** The database refused a value; trying again would not help. */
    public static final class Refused extends JournalException {
        private Refused(Path file, Throwable cause) {
            super(
                    "The journal " + file + " refused an entry (" + cause.getMessage()
                            + "). Please report this as a bug.",
                    cause);
        }
    }

    static JournalException missing(Path file) {
        return new Inaccessible(
                file, "there is none yet (the guard begins it: funkstille run)", new IOException("no such file"));
    }

    static JournalException older(Path file, int found) {
        return new Inaccessible(
                file,
                "an older Funkstille wrote it (layout " + found + "); start this version's guard once",
                new IOException("layout " + found));
    }

    static JournalException of(Path file, IOException cause) {
        return isFull(file) ? new DiskFull(file, cause) : new Inaccessible(file, String.valueOf(cause), cause);
    }

    static JournalException refused(Path file, RuntimeException cause) {
        return new Refused(file, cause);
    }

    static JournalException unexpected(Path file, RuntimeException cause) {
        return new Failed(file, cause + ". Please report this as a bug.", cause);
    }

    static JournalException of(Path file, SQLException cause) {
        if (!(cause instanceof SQLiteException sqlite)) {
            return new Failed(file, loadingFailure(cause), cause);
        }
        // The low octet is the kind of error; the others say more about it.
        int kind = sqlite.getResultCode().code & 0xff;
        if (kind == SQLiteErrorCode.SQLITE_FULL.code) {
            return new DiskFull(file, cause);
        } else if (kind == SQLiteErrorCode.SQLITE_CORRUPT.code || kind == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return new Damaged(file, cause);
        } else if (kind == SQLiteErrorCode.SQLITE_BUSY.code || kind == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return new Busy(file, cause);
        } else if (isFull(file)) {
            return new DiskFull(file, cause);
        } else if (kind == SQLiteErrorCode.SQLITE_CANTOPEN.code
                || kind == SQLiteErrorCode.SQLITE_READONLY.code
                || kind == SQLiteErrorCode.SQLITE_PERM.code) {
            return new Inaccessible(file, wording(cause), cause);
        } else if (kind == SQLiteErrorCode.SQLITE_CONSTRAINT.code
                || kind == SQLiteErrorCode.SQLITE_MISMATCH.code
                || kind == SQLiteErrorCode.SQLITE_TOOBIG.code) {
            return new Refused(file, cause);
        }
        return new Failed(file, wording(cause) + ". Check the disk or card: dmesg.", cause);
    }

    private static boolean isFull(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        try {
            return directory != null && Files.getFileStore(directory).getUsableSpace() < FULL_BELOW_BYTES;
        } catch (IOException unknown) {
            return false;
        }
    }

    private static String loadingFailure(SQLException cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof NativeLibraryNotFoundException || at instanceof LinkageError) {
                return "its native library cannot be loaded (" + at.getMessage()
                        + "). Start Java with -Dorg.sqlite.tmpdir=DIR, a directory from which programs may run.";
            }
        }
        return wording(cause) + ".";
    }

    private static String wording(SQLException cause) {
        return String.valueOf(cause.getMessage());
    }
}
