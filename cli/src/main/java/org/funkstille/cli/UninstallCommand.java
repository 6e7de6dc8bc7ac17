package org.funkstille.cli;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code funkstille uninstall}. */
@Command(name = "uninstall", description = "Take everything of ours away from the router.")
final class UninstallCommand extends FunkstilleCommand {

    @Override
    int run(Output output) throws Exception {
        try (Session session = Session.open(options())) {
            List<String> removed = session.driver().uninstall();
            removed.forEach(line -> output.line("removed: " + line));
            if (removed.isEmpty()) {
                output.line("There was nothing of ours on the router.");
            }
            JsonArray array = JsonArray.create();
            removed.forEach(array::add);
            output.document(JsonObject.create().add("removed", array));
            return Exit.OK;
        }
    }
}
