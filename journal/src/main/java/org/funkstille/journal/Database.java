package org.funkstille.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/** Opens the file, with little memory: it shares a small computer with the router's own work. */
final class Database {

    private static final int BUSY_MILLIS = 5_000;
    private static final int CACHE_KIB = 2_048;
    private static final int ALL_CONNECTIONS_BYTES = 16 * 1024 * 1024;
    private static final int LOG_BYTES = 4 * 1024 * 1024;

    private Database() {}

    /** Opens, creates where there is none, and brings to the present layout. */
    static Sql forWriting(Path file) {
        try {
            create(file);
        } catch (IOException failure) {
            throw JournalException.of(file, failure);
        }
        return open(file, config(), sql -> {
            // First, as it cannot be changed once something is written.
            sql.execute("PRAGMA auto_vacuum = INCREMENTAL");
            sql.number("PRAGMA journal_mode = WAL");
            sql.number("PRAGMA journal_size_limit = " + LOG_BYTES);
            Schema.CURRENT.migrate(file, sql);
        });
    }

    static Sql forReading(Path file) {
        if (!Files.exists(file)) {
            throw JournalException.missing(file);
        }
        SQLiteConfig config = config();
        config.setReadOnly(true);
        return open(file, config, sql -> Schema.CURRENT.check(file, sql));
    }

    /** Owner and group only: who talks to whom is nobody else's business. The database's side files follow suit. */
    private static void create(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
        }
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        // A transaction that begins by reading could not be upgraded once another process has written.
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        return config;
    }

    /** The first to do with a connection. */
    @FunctionalInterface
    private interface Preparation {
        void prepare(Sql sql) throws SQLException;
    }

    private static Sql open(Path file, SQLiteConfig config, Preparation preparation) {
        Path absolute = file.toAbsolutePath();
        NativeLibrary.prepare(absolute.getParent() == null ? absolute : absolute.getParent());
        try {
            Connection connection = config.createConnection("jdbc:sqlite:" + absolute);
            Sql sql = new Sql(connection);
            try {
                // A commit survives the end of the process; a power cut may take the last ones, never the file.
                sql.execute("PRAGMA synchronous = NORMAL");
                sql.execute("PRAGMA cache_size = -" + CACHE_KIB);
                // Sorting in memory would take hundreds of megabytes.
                sql.execute("PRAGMA temp_store = FILE");
                sql.number("PRAGMA soft_heap_limit = " + ALL_CONNECTIONS_BYTES);
                preparation.prepare(sql);
                return sql;
            } catch (SQLException | RuntimeException failure) {
                closeAfter(failure, sql);
                throw failure;
            }
        } catch (SQLException failure) {
            throw JournalException.of(file, failure);
        } catch (LinkageError failure) {
            throw JournalException.of(file, new SQLException("cannot load the database", failure));
        }
    }

    private static void closeAfter(Exception failure, Sql sql) {
        try {
            sql.close();
        } catch (SQLException second) {
            failure.addSuppressed(second);
        }
    }
}
