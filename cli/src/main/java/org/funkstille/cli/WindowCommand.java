package org.funkstille.cli;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonObject;
import java.time.Duration;
import java.util.List;
import org.funkstille.core.config.Quantities;
import org.funkstille.core.model.Device;
import org.funkstille.guard.Windows;
import org.funkstille.journal.WindowRecord;
import org.funkstille.routers.RouterIdentity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code funkstille window}. */
@Command(
        name = "window",
        description = "Let a silenced device out for a while, for a firmware update.",
        subcommands = {
            WindowCommand.Open.class,
            WindowCommand.Close.class,
            WindowCommand.ListAll.class,
            WindowCommand.Report.class
        })
final class WindowCommand extends FunkstilleCommand {

    @Override
    int run(Output output) {
        throw new Failure("name one of: open, close, list, report");
    }

    private static Windows windows(Session session) {
        return new Windows(session.home(), session.driver(), session.state(), session.clock());
    }

    /** {@code funkstille window open DEVICE --for 15m}. */
    @Command(name = "open", description = "Open a window. The router itself closes it.")
    static final class Open extends FunkstilleCommand {

        @Parameters(paramLabel = "DEVICE")
        private String device = "";

        @Option(names = "--for", required = true, paramLabel = "DURATION", description = "for how long: 90s, 15m, 2h")
        private String length = "";

        @Option(names = "--reason", paramLabel = "TEXT", description = "why; it stands in the journal")
        private String reason = "";

        @Override
        int run(Output output) throws Exception {
            Duration duration = Quantities.duration(length)
                    .orElseThrow(() -> new Failure("\"" + length + "\" is not a duration; write 90s, 15m or 2h"));
            try (Session session = Session.open(options())) {
                Device found = session.device(device);
                RouterIdentity identity = session.driver().identity();
                String closing = identity.windows();
                if (!identity.closesWindows()) {
                    output.message("note: closed by " + closing);
                }
                Windows.Opened opened = windows(session).open(found, duration, reason);
                output.line(found.name() + ": open until " + opened.window().until() + "; closed by " + closing);
                opened.window()
                        .routerCloses()
                        .filter(last -> !last.equals(opened.window().until()))
                        .ifPresent(last -> output.line("should nobody close it before, the router does at " + last));
                found.profile().stream()
                        .flatMap(profile -> profile.advice().stream())
                        .forEach(advice -> output.line("note: " + advice));
                if (opened.record().isEmpty()) {
                    output.message("the journal could not be written, so there will be no report of this window");
                }
                JsonObject document = JsonObject.create()
                        .add("device", found.name())
                        .add("until", opened.window().until().toString())
                        .add("closedBy", closing);
                opened.window().routerCloses().ifPresent(last -> document.add("routerCloses", last.toString()));
                opened.record().ifPresent(record -> document.add("id", record.id()));
                output.document(document);
                return Exit.OK;
            }
        }
    }

    /** {@code funkstille window close DEVICE}. */
    @Command(name = "close", description = "Close a window now, and cut the flows that it let through.")
    static final class Close extends FunkstilleCommand {

        @Parameters(paramLabel = "DEVICE")
        private String device = "";

        @Override
        int run(Output output) throws Exception {
            try (Session session = Session.open(options())) {
                Device found = session.device(device);
                int cut = windows(session).close(found);
                output.line(found.name() + ": closed; " + cut + " open flows were cut");
                output.document(JsonObject.create().add("device", found.name()).add("cut", cut));
                return Exit.OK;
            }
        }
    }

    /** {@code funkstille window list}. */
    @Command(name = "list", description = "Windows, newest first.")
    static final class ListAll extends FunkstilleCommand {

        @Override
        int run(Output output) throws Exception {
            try (Session session = Session.open(options())) {
                List<WindowRecord> records = windows(session).list();
                if (records.isEmpty()) {
                    output.line("No window was opened yet.");
                }
                JsonArray array = JsonArray.create();
                for (WindowRecord record : records) {
                    output.line(Texts.window(record, session.clock().instant()));
                    array.add(Documents.window(record));
                }
                output.document(JsonObject.create().add("windows", array));
                return Exit.OK;
            }
        }
    }

    /** {@code funkstille window report ID}. */
    @Command(name = "report", description = "What a device did in a window.")
    static final class Report extends FunkstilleCommand {

        @Parameters(paramLabel = "ID")
        private long id;

        @Override
        int run(Output output) throws Exception {
            try (Session session = Session.open(options())) {
                Windows.Report report = windows(session).report(id);
                Texts.report(report, session.clock().instant()).forEach(output::line);
                output.document(Documents.report(report));
                return Exit.OK;
            }
        }
    }
}
