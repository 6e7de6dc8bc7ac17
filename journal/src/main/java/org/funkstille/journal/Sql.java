package org.funkstille.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The little that is needed between JDBC and records. Keeps statements prepared; not for several threads. */
final class Sql implements AutoCloseable {

    /** Makes a record of a row. */
    @FunctionalInterface
    interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** Takes what it wants from a row. */
    @FunctionalInterface
    interface Taker {
        void take(ResultSet row) throws SQLException;
    }

    /** Several statements that hold together. */
    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Sql(Connection connection) {
        this.connection = connection;
    }

    /** Instants go in as milliseconds since 1970, absent values as NULL. */
    PreparedStatement prepare(String text, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(text);
        if (statement == null) {
            statement = connection.prepareStatement(text);
            prepared.put(text, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, column(values[i]));
        }
        return statement;
    }

    private static @Nullable Object column(@Nullable Object value) {
        return switch (value) {
            case Instant instant -> TimedId.millis(instant);
            case Optional<?> optional -> column(optional.orElse(null));
            case Boolean yes -> yes ? 1 : 0;
            case null, default -> value;
        };
    }

    <T> List<T> query(String text, Mapper<T> mapper, @Nullable Object... values) throws SQLException {
        List<T> found = new ArrayList<>();
        each(text, row -> found.add(mapper.map(row)), values);
        return found;
    }

    /** For rows that are too many to keep. */
    void each(String text, Taker taker, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = prepare(text, values).executeQuery()) {
            while (rows.next()) {
                taker.take(rows);
            }
        }
    }

    <T> Optional<T> first(String text, Mapper<T> mapper, @Nullable Object... values) throws SQLException {
        return query(text, mapper, values).stream().findFirst();
    }

    /** The first column of the first row; 0 where there is none or it is NULL. */
    long number(String text, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = prepare(text, values).executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /** @return how many rows it touched */
    int update(String text, @Nullable Object... values) throws SQLException {
        return prepare(text, values).executeUpdate();
    }

    /** Runs a statement to its end, whatever rows it yields; a pragma such as incremental_vacuum needs that. */
    void execute(String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(text);
        }
    }

    /** All of it or nothing. */
    void transaction(Work work) throws SQLException {
        try {
            connection.setAutoCommit(false);
            work.run();
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException | RuntimeException failure) {
            // Either may fail, as the transaction may never have begun; after both there is none.
            attempt(connection::rollback, failure);
            attempt(() -> connection.setAutoCommit(true), failure);
            throw failure;
        }
    }

    private static void attempt(Work work, Exception failure) {
        try {
            work.run();
        } catch (SQLException second) {
            failure.addSuppressed(second);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    static Optional<Instant> optionalInstant(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    static Optional<String> optionalText(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }
}
