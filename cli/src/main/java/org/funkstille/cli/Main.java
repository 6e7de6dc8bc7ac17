package org.funkstille.cli;

import java.util.Objects;
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
            WindowCommand.class,
            AttemptsCommand.class,
            DevicesCommand.class,
            RoutersCommand.class,
            RunCommand.class,
            UninstallCommand.class,
            SchemaCommand.class
        })
public final class Main implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @SuppressWarnings("UnusedVariable") // picocli looks for it
    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    private boolean help;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** Usage errors exit with 1: 2 means something else here. */
    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main());
        wrongUsageExitsWithError(commandLine);
        commandLine.setExecutionExceptionHandler((failure, line, result) -> {
            line.getErr().println("funkstille: unexpected: " + failure);
            failure.printStackTrace(line.getErr());
            return Exit.ERROR;
        });
        return commandLine;
    }

    private static void wrongUsageExitsWithError(CommandLine commandLine) {
        commandLine.getCommandSpec().exitCodeOnInvalidInput(Exit.ERROR);
        commandLine.getSubcommands().values().forEach(Main::wrongUsageExitsWithError);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(Objects.requireNonNull(spec).commandLine(), "name a command");
    }
}
