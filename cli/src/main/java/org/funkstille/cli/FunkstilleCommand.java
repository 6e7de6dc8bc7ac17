package org.funkstille.cli;

import io.avaje.json.node.JsonObject;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.funkstille.guard.FileLock;
import org.funkstille.guard.Windows;
import org.funkstille.journal.JournalException;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.Secrets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParentCommand;

/** What all commands share: the global options, and how failures are told. */
abstract class FunkstilleCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable Object parent;

    /** As given before the command's name or after it. */
    GlobalOptions options() {
        return switch (parent) {
            case Main main -> main.options();
            case FunkstilleCommand command -> command.options();
            case null, default -> throw new IllegalStateException("a command stands under the main one");
        };
    }

    /** @return the exit code */
    abstract int run(Output output) throws Exception;

    @Override
    public final Integer call() throws Exception {
        Output output = Output.of(options());
        try {
            return run(output);
        } catch (Failure
                | RouterException
                | FileLock.Taken
                | Windows.NotPossible
                | JournalException
                | Secrets.Unreadable
                | IOException failure) {
            String message = String.valueOf(failure.getMessage());
            output.message(message);
            output.document(JsonObject.create().add("error", message));
            return Exit.ERROR;
        }
    }
}
