package org.funkstille.cli;

import io.avaje.json.node.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.funkstille.lab.LabControl;
import org.funkstille.lab.LabPlan;
import org.funkstille.lab.LabStatus;
import org.funkstille.lab.network.HostName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code funkstille lab}. */
@Command(
        name = "lab",
        description = "The virtual home, to play with.",
        subcommands = {LabCommand.Up.class, LabCommand.Down.class, LabCommand.Status.class, LabCommand.Exec.class})
final class LabCommand extends FunkstilleCommand {

    @Override
    int run(Output output) {
        throw new Failure("name one of: up, down, status, exec");
    }

    /** What the commands of the lab share. */
    abstract static class InLab extends FunkstilleCommand {

        @Option(names = "--name", paramLabel = "LAB", description = "which lab (default: ${DEFAULT-VALUE})")
        private String name = LabPlan.USUAL_NAME;

        LabControl control() {
            try {
                return new LabControl(name);
            } catch (IllegalArgumentException unusable) {
                throw new Failure(String.valueOf(unusable.getMessage()), unusable);
            }
        }

        static JsonObject document(LabStatus status) {
            JsonObject json = JsonObject.create()
                    .add("lab", status.name())
                    .add("phase", status.phase().name().toLowerCase(Locale.ROOT));
            status.details().ifPresent(details -> json.add("details", details));
            return json;
        }

        static void say(LabStatus status, Output output) {
            output.line("lab " + status.name() + ": " + status.phase().name().toLowerCase(Locale.ROOT));
            status.details()
                    .ifPresent(details -> details.elements()
                            .forEach((key, value) -> output.line("    %-12s %s".formatted(key, value.text()))));
        }
    }

    /** {@code funkstille lab up}. */
    @Command(name = "up", description = "Build the virtual home. It stays until \"lab down\".")
    static final class Up extends InLab {

        @Override
        int run(Output output) throws Exception {
            LabControl control = control();
            output.progress("Building the virtual home …");
            LabStatus status = control.up();
            say(status, output);
            output.line("Try: ./funkstille lab exec gateway -- ping -c 1 ot.io.mi.com");
            output.document(document(status));
            return Exit.OK;
        }
    }

    /** {@code funkstille lab down}. */
    @Command(name = "down", description = "Take the virtual home away; nothing stays behind.")
    static final class Down extends InLab {

        @Override
        int run(Output output) throws Exception {
            boolean was = control().down();
            output.line(was ? "The virtual home is gone." : "There was no virtual home.");
            output.document(JsonObject.create().add("down", was));
            return Exit.OK;
        }
    }

    /** {@code funkstille lab status}. */
    @Command(name = "status", description = "Whether it is up, and what its hosts do.")
    static final class Status extends InLab {

        @Override
        int run(Output output) throws Exception {
            LabStatus status = control().status();
            say(status, output);
            output.document(document(status));
            return Exit.OK;
        }
    }

    /** {@code funkstille lab exec HOST -- CMD…}. */
    @Command(name = "exec", description = "Run a command on a host of the virtual home.")
    static final class Exec extends InLab {

        @Parameters(index = "0", paramLabel = "HOST", description = "router gateway vacuum hub phone cloud")
        private String host = "";

        @Parameters(index = "1..*", arity = "1..*", paramLabel = "CMD", description = "after --")
        private List<String> command = new ArrayList<>();

        @Override
        int run(Output output) throws Exception {
            boolean known =
                    HostName.visible().stream().anyMatch(name -> name.text().equals(host));
            if (!known) {
                throw new Failure("there is no host \"" + host + "\" in the lab; it has "
                        + String.join(
                                " ",
                                HostName.visible().stream().map(HostName::text).toList()));
            }
            return control().exec(host, command);
        }
    }
}
