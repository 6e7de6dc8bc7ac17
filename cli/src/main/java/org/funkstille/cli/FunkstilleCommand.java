package org.funkstille.cli;

import io.avaje.json.node.JsonObject;
import java.util.concurrent.Callable;
import org.funkstille.guard.FileLock;
import org.funkstille.guard.Windows;
import org.funkstille.journal.JournalException;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.Secrets;
import picocli.CommandLine.Mixin;

/** What all commands share: the global options, and how failures are told. */
abstract class FunkstilleCommand implements Callable<Integer> {

    @Mixin
    GlobalOptions options = new GlobalOptions();

    /** @return the exit code */
    abstract int run(Output output) throws Exception;

    @Override
    public final Integer call() throws Exception {
        Output output = Output.of(options);
        try {
            return run(output);
        } catch (Failure
                | RouterException
                | FileLock.Taken
                | Windows.NotPossible
                | JournalException
                | Secrets.Unreadable failure) {
            String message = String.valueOf(failure.getMessage());
            output.message(message);
            output.document(JsonObject.create().add("error", message));
            return Exit.ERROR;
        }
    }
}
