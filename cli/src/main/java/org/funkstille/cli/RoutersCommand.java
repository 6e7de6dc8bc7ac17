package org.funkstille.cli;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonObject;
import org.funkstille.core.model.Router;
import org.funkstille.core.router.Observation;
import org.funkstille.routers.RouterIdentity;
import picocli.CommandLine.Command;

/** {@code funkstille routers}. */
@Command(name = "routers", description = "The routers, what they run, and what they cannot do.")
final class RoutersCommand extends FunkstilleCommand {

    @Override
    int run(Output output) throws Exception {
        try (Session session = Session.open(options())) {
            Router router = session.home().routers().getFirst();
            RouterIdentity identity = session.driver().identity();
            Observation observation = session.driver().observe();
            output.line(
                    "%-12s %s  %s  %s".formatted(router.name(), router.type().word(), router.via(), identity.system()));
            output.line("    a window is closed by " + identity.windows());
            observation.caveats().forEach(caveat -> output.line("    note: " + caveat.text()));
            JsonObject json = JsonObject.create()
                    .add("name", router.name())
                    .add("type", router.type().word())
                    .add("via", router.via().toString())
                    .add("system", identity.system())
                    .add("windows", identity.windows())
                    .add("notes", Documents.notes(observation));
            output.document(
                    JsonObject.create().add("routers", JsonArray.create().add(json)));
            return Exit.OK;
        }
    }
}
