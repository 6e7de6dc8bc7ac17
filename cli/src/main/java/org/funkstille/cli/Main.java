package org.funkstille.cli;

import io.avaje.json.node.JsonObject;
import java.util.List;
import java.util.Objects;
import org.funkstille.guard.JsonText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code funkstille}. */
@Command(
        name = "funkstille",
        description = "Keeps smart-home devices from phoning home, on the router that you already have.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            LabCommand.class,
            PlanCommand.class,
            ApplyCommand.class,
            VerifyCommand.class,
            ProveCommand.class,
            WindowCommand.class,
            AttemptsCommand.class,
            InitCommand.class,
            DevicesCommand.class,
            RoutersCommand.class,
            RunCommand.class,
            UninstallCommand.class,
            SchemaCommand.class
        })
public final class Main implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @CommandLine.Mixin
    private final GlobalOptions options = new GlobalOptions();

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** Usage errors exit with 1: 2 means something else here. */
    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.setParameterExceptionHandler(Main::wrongUsage);
        commandLine.setExecutionExceptionHandler((failure, line, result) -> {
            line.getErr().println("funkstille: unexpected: " + failure);
            failure.printStackTrace(line.getErr());
            return Exit.ERROR;
        });
        return commandLine;
    }

    private static int wrongUsage(CommandLine.ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        String message = String.valueOf(wrong.getMessage());
        command.getErr().println("funkstille: " + message);
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
        command.getErr().print(command.getUsageMessage());
        command.getErr().flush();
        if (List.of(arguments).contains("--json")) {
            command.getOut().println(JsonText.of(JsonObject.create().add("error", message)));
            command.getOut().flush();
        }
        return Exit.ERROR;
    }

    GlobalOptions options() {
        return options;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(Objects.requireNonNull(spec).commandLine(), "name a command");
    }
}
