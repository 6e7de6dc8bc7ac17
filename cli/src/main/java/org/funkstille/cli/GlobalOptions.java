package org.funkstille.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that every command takes. */
final class GlobalOptions {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "the configuration (default: ./funkstille.yaml, then /etc/funkstille/funkstille.yaml)")
    Optional<Path> config = Optional.empty();

    @Option(names = "--json", description = "one JSON document on standard output, nothing else there")
    boolean json;

    @Option(names = "--no-color", description = "no colours")
    boolean noColor;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    boolean help;
}
